import type { BillMonth } from '../../../domain/access/spoken-bill.ts';
import type { Rating } from '../../../domain/access/voice-call.ts';
import { ok, refused } from '../../../domain/result.ts';
import type { Contact } from '../../floor/contact.ts';
import type { AccessParts } from '../access-parts.ts';
import { type AccessSettings, usualAccessSettings } from '../access-settings.ts';
import type { KeptEnding } from '../contact-keeper.ts';

/** What callers leave, on paper, and lines on paper; a test says when records fail. */
export interface PaperAccess extends AccessParts {
  readonly callbacks: { readonly contact: Contact; readonly number: string }[];
  readonly faults: { readonly line: string; readonly kind: string }[];
  readonly messages: { readonly number: string; readonly how: KeptEnding; readonly files: number }[];
  readonly ratings: { readonly contact: Contact; readonly outcome: Rating }[];
  readonly dropped: string[];
  readonly lines: Map<string, { readonly password: string; readonly months: readonly BillMonth[] }>;
  recordsFail: boolean;
  /** They do not answer. */
  recordsHang: boolean;
  lineRecordsFail: boolean;
  freeDiskMiB: number;
}

export const createPaperAccess = (settings: Partial<AccessSettings> = {}): PaperAccess => {
  const keep = async <Kept>(list: Kept[], kept: Kept): Promise<void> => {
    if (paper.recordsHang) await new Promise(() => undefined);
    if (paper.recordsFail) throw new Error('the records fail');
    list.push(kept);
  };
  const paper: PaperAccess = {
    callbacks: [],
    faults: [],
    messages: [],
    ratings: [],
    dropped: [],
    lines: new Map(),
    recordsFail: false,
    recordsHang: false,
    lineRecordsFail: false,
    freeDiskMiB: 10_000,
    settings: { ...usualAccessSettings, ...settings },
    keeper: {
      keepCallback: (contact, number) => keep(paper.callbacks, { contact, number }),
      bookFault: async (_contact, line, kind) => {
        await keep(paper.faults, { line, kind });
        return `261124-0001-${String(paper.faults.length).padStart(3, '0')}-1`;
      },
      keepMessage: async () => undefined,
      keepRating: (contact, outcome) => keep(paper.ratings, { contact, outcome }),
    },
    spool: {
      folder: 'paper',
      begin: (_contact, number) => {
        let files = 0;
        return {
          nextFile: () => {
            files += 1;
            return `paper/${files}.wav`;
          },
          files: () => Array.from({ length: files }, (_, file) => `paper/${file + 1}.wav`),
          file: async (how) => {
            if (paper.recordsFail) return false;
            paper.messages.push({ number, how, files });
            return true;
          },
          drop: () => paper.dropped.push(number),
        };
      },
      recover: async () => undefined,
      retry: async () => undefined,
    },
    lineRecords: {
      findLine: async (line) =>
        paper.lineRecordsFail ? refused('on strike') : ok(paper.lines.has(line) ? 'found' : 'unknown'),
      readBill: async (line, password) => {
        if (paper.lineRecordsFail) return refused('on strike');
        const found = paper.lines.get(line);
        return ok(found?.password === password ? { months: found.months } : 'refused');
      },
    },
    freeMiB: async () => paper.freeDiskMiB,
  };
  return paper;
};

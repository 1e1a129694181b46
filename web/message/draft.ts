import { z } from 'zod';
import type { TypedMessage } from '../../domain/intake/web-message.ts';

/** What was typed, kept in the tab until it has been sent, with the key that makes sending it again safe. */
const draft = z.object({
  key: z.uuidv7(),
  kind: z.string(),
  name: z.string(),
  contactBy: z.string(),
  contact: z.string(),
  text: z.string(),
  /** Files are not kept: only whether there were any. */
  hadFiles: z.boolean(),
});
export type Draft = z.infer<typeof draft>;

type Box = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const name = 'zuoxi.draft';

export interface Drafts {
  readonly read: () => Draft | undefined;
  readonly keep: (given: Draft) => void;
  readonly clear: () => void;
}

/** A box that can not be written to (private mode, storage off, full) keeps nothing, and hinders nothing. */
export const createDrafts = (box: Box | undefined): Drafts => ({
  read: () => {
    try {
      const kept = draft.safeParse(JSON.parse(box?.getItem(name) ?? 'null'));
      return kept.success ? kept.data : undefined;
    } catch {
      return undefined;
    }
  },
  keep: (given) => {
    try {
      box?.setItem(name, JSON.stringify(given));
    } catch {
      return;
    }
  },
  clear: () => box?.removeItem(name),
});

export const blankMessage: TypedMessage = { kind: 'complaint', name: '', contactBy: 'phone', contact: '', text: '' };

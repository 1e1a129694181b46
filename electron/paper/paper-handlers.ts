import { writeFile } from 'node:fs/promises';
import type { WebContents } from 'electron';
import type { z } from 'zod';
import type { Paper, paperAsked, paperFailure } from '../../contract/paper.ts';
import type { Language } from '../../domain/access/language.ts';
import { ok, type Result, refused } from '../../domain/result.ts';
import { readView } from '../cache/form-views.ts';
import { seenView } from '../cache/masked-views.ts';
import { readProcedureRules } from '../cache/meta.ts';
import type { HandlersOf } from '../ipc/register.ts';
import type { Sessions } from '../session/sessions.ts';
import type { AskWhereTo } from './ask-where-to.ts';
import type { PaperWindow } from './paper-window.ts';

type Failure = z.output<typeof paperFailure>;

/** Forms and orders onto paper and into PDF files, with or without the network, masked as they stand on the screen. */
export const paperHandlers = (parts: {
  readonly sessions: Sessions;
  readonly window: PaperWindow;
  readonly language: () => Language;
  readonly askWhereTo: AskWhereTo;
  readonly warn: (message: string) => void;
}): HandlersOf<'form.print' | 'form.save-pdf' | 'paper.read' | 'paper.ready'> => {
  const { sessions, window } = parts;
  const paperOf = ({ form: id, order }: z.output<typeof paperAsked>): Result<Paper, Failure> => {
    const workplace = sessions.current();
    if (!workplace) return refused({ code: 'not-signed-in' });
    const { database } = workplace.cache;
    const view = database.read((reads) => readView(reads, id));
    if (!view) return refused({ code: 'not-found' });
    const { form, masked } = seenView(view, workplace.sight());
    if (order !== null && !form.procedure.orders.some((one) => one.id === order)) return refused({ code: 'not-found' });
    const { staffNumber: printedBy, now: printedAt } = workplace.author();
    const procedureRules = database.read(readProcedureRules);
    return ok({ form, order, masked, language: parts.language(), printedBy, printedAt, procedureRules });
  };
  return {
    'form.print': async (asked) => {
      const paper = paperOf(asked);
      if (!paper.ok) return paper;
      const printed = await window.layOut(paper.value, print);
      if (!printed.ok) return printed;
      if (printed.value !== '') parts.warn(`not printed: ${printed.value}`);
      return ok(printed.value === '' ? 'done' : 'given-up');
    },
    'form.save-pdf': async (asked) => {
      const paper = paperOf(asked);
      if (!paper.ok) return paper;
      const file = await parts.askWhereTo(`${paper.value.form.number}.pdf`, { name: 'PDF', extensions: ['pdf'] });
      if (file === undefined) return ok('given-up');
      const made = await window.layOut(paper.value, (contents) =>
        contents.printToPDF({
          pageSize: 'A4',
          printBackground: true,
          preferCSSPageSize: true,
          generateTaggedPDF: true,
        }),
      );
      if (!made.ok) return made;
      return writeFile(file, made.value).then(
        () => ok('done' as const),
        (error: unknown) => {
          parts.warn(`a PDF was not written: ${String(error)}`);
          return refused({ code: 'not-written' });
        },
      );
    },
    'paper.read': () => window.paper(),
    'paper.ready': () => {
      window.ready();
    },
  };
};

/** Asks the agent for printer and copies. Resolves to why nothing was printed, in Chromium's words; empty: it was. */
const print = (contents: WebContents): Promise<string> =>
  new Promise((resolve) => {
    contents.print({ silent: false, printBackground: true, pageSize: 'A4' }, (printed, reason) =>
      resolve(printed ? '' : reason || 'unknown'),
    );
  });

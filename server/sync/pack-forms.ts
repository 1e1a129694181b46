import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Form } from '../../domain/forms/form.ts';
import { type FormRules, formRow } from '../../domain/forms/form-row.ts';
import type { KeptForm } from './kept-forms.ts';

const pack = promisify(gzip);

/** One member of a gzip. What is sent once is packed fast, what is kept is packed small. */
export const packLines = (lines: readonly string[], level: 1 | 6 = 1): Promise<Buffer> =>
  pack(lines.map((line) => `${line}\n`).join(''), { level });

/** Forms as a fill has them (contract/sync.ts, `sentRow`), two lines each. */
export const packForms = (forms: readonly KeptForm[], rules: FormRules, level: 1 | 6 = 1): Promise<Buffer> =>
  packLines(
    forms.flatMap(({ cursor, form }) => {
      // As the records keep it: what was written there was a form.
      const kept: Form = JSON.parse(form);
      return [JSON.stringify([cursor, ...Object.values(formRow(kept, rules))]), form];
    }),
    level,
  );

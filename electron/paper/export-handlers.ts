import { writeFile } from 'node:fs/promises';
import { routes } from '../../contract/http.ts';
import type { FormSummary } from '../../contract/ipc.ts';
import type { Language } from '../../domain/access/language.ts';
import { mayDo } from '../../domain/people/roles.ts';
import { ok, refused } from '../../domain/result.ts';
import { listForms } from '../cache/form-list.ts';
import { seenSummary } from '../cache/masked-views.ts';
import type { HandlersOf } from '../ipc/register.ts';
import type { Sessions } from '../session/sessions.ts';
import type { Workplace } from '../session/workplace.ts';
import { authorized } from '../sync/authorized.ts';
import type { AskWhereTo } from './ask-where-to.ts';
import { formsCsv } from './forms-csv.ts';

const pageSize = 200;
const mostExported = 10_000;

interface Narrowed {
  readonly search: string;
  readonly status: FormSummary['status'] | null;
}

/** A list of forms into a file, for those who may; the centre has noted it before the file is written. */
export const exportHandlers = (parts: {
  readonly sessions: Sessions;
  readonly language: () => Language;
  readonly askWhereTo: AskWhereTo;
  readonly warn: (message: string) => void;
}): HandlersOf<'form.export'> => ({
  'form.export': async ({ search, status }) => {
    const workplace = parts.sessions.current();
    if (!workplace) return refused({ code: 'not-signed-in' });
    if (!mayDo(workplace.person().roles, 'form.export')) return refused({ code: 'not-allowed' });
    const file = await parts.askWhereTo('forms.csv', { name: 'CSV', extensions: ['csv'] });
    if (file === undefined) return ok('given-up');
    const forms = allListed(workplace, { search, status });
    const body = { count: forms.length, query: { search, status } };
    const noted = await authorized(workplace.tokens, (accessToken) =>
      workplace.api.call(routes.noteExport, { accessToken, body }),
    );
    if (!noted.ok) return refused({ code: noted.error.code === 'not-allowed' ? 'not-allowed' : 'unreachable' });
    return writeFile(file, formsCsv(forms, parts.language())).then(
      () => ok('done' as const),
      (error: unknown) => {
        parts.warn(`an export was not written: ${String(error)}`);
        return refused({ code: 'not-written' });
      },
    );
  },
});

const allListed = (workplace: Workplace, narrowed: Narrowed): readonly FormSummary[] => {
  const sight = workplace.sight();
  const forms: FormSummary[] = [];
  for (;;) {
    const query = { ...narrowed, inbox: null, desk: null, part: null, limit: pageSize, offset: forms.length };
    const page = workplace.cache.database.read((reads) => listForms(reads, query, workplace.author())).forms;
    forms.push(...page.map((form) => seenSummary(form, sight)));
    if (page.length < pageSize || forms.length >= mostExported) return forms;
  }
};

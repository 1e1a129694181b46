import { v4 as uuidV4, v7 as uuidV7 } from 'uuid';
import type { FormView } from '../../../contract/ipc.ts';
import type { Form } from '../../../domain/forms/form.ts';
import type { PublishedArticle } from '../../../domain/knowledge/article.ts';
import { hardCaseContent } from '../../../domain/knowledge/hard-case.ts';
import { centreStaffNumber } from '../../../domain/people/roles.ts';
import { ok, type Result, refused } from '../../../domain/result.ts';
import type { ArticleFailure } from './articles-slice.ts';
import { performOnForm } from './edit-form.ts';
import type { FormFailure } from './editor-slice.ts';
import { methodHandedIn } from './knowledge-slice.ts';
import type { DeskThunk } from './store.ts';

/** What somebody thinks of an article they used; both empty: used, no more said. */
export interface Verdict {
  readonly helped: boolean | null;
  readonly text: string;
}

/** D1: writes on the form that this article was used for it, with or without the network. */
export const noteArticleUse =
  (form: string, article: PublishedArticle, verdict: Verdict): DeskThunk<Promise<Result<FormView, FormFailure>>> =>
  (dispatch) =>
    dispatch(
      performOnForm({
        form,
        kind: 'form.use-article',
        payload: { article: article.id, version: article.version, ...verdict },
      }),
    );

/** Refused by the rules of the form, or by those of the knowledge base. */
export type MethodRefused =
  | { readonly on: 'form'; readonly failure: FormFailure }
  | { readonly on: 'article'; readonly failure: ArticleFailure };

/**
 * S2: the method for a hard case goes to the data admin as a draft. With whoever worked the form before it
 * is an assessment of theirs, and works offline; where nobody else has, it is a draft alone.
 */
export const handInMethod =
  (form: Form, method: string): DeskThunk<Promise<Result<undefined, MethodRefused>>> =>
  async (dispatch, getState) => {
    const agent = workedBefore(form, getState().desk.session?.person.staffNumber);
    const done = await dispatch(agent === undefined ? propose(form, method) : assess(form, method, agent));
    if (done.ok) dispatch(methodHandedIn(form.id));
    return done;
  };

const assess =
  (form: Form, method: string, agent: string): DeskThunk<Promise<Result<undefined, MethodRefused>>> =>
  async (dispatch) => {
    const payload = { id: uuidV4(), agent, finding: 'hard-case', clause: '', weight: 0, text: method } as const;
    const done = await dispatch(performOnForm({ form: form.id, kind: 'form.assess', payload }));
    return done.ok ? ok(undefined) : refused({ on: 'form', failure: done.error });
  };

const propose =
  (form: Form, method: string): DeskThunk<Promise<Result<undefined, MethodRefused>>> =>
  async (_dispatch, _getState, { bridge }) => {
    const source = { form: form.id, number: form.number };
    const content = hardCaseContent(form, method);
    const done = await bridge
      .request('knowledge.act', { kind: 'propose', article: uuidV7(), content, source })
      .catch(() => refused({ code: 'unanswered' as const }));
    return done.ok ? ok(undefined) : refused({ on: 'article', failure: done.error });
  };

/** The last one besides oneself who has worked a form. */
const workedBefore = ({ history }: Form, self: string | undefined): string | undefined =>
  history.findLast(({ by }) => by !== self && by !== centreStaffNumber)?.by;

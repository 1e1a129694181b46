import type { Form } from '../../../domain/forms/form.ts';
import type { FormName, GuideFacts } from '../../../domain/forms/procedure/guide-state.ts';
import { mayDo } from '../../../domain/people/roles.ts';
import { liveCalls } from '../../desk/call/calls.ts';
import { emptyDraft, shownFields } from '../../desk/forms/form-diff.ts';
import type { GuideTalk } from './guide-slice.ts';
import type { DeskState } from './store.ts';

type Sources = Pick<DeskState, 'desk' | 'editor' | 'phone'>;

/** What the guide of a talk goes by now. `now`: the server's time. */
export const guideFacts = (state: Sources, talk: GuideTalk, now: number): GuideFacts => {
  const { desk, editor } = state;
  const draft = draftOf(state, talk);
  const call = callOfTalk(state, talk);
  return {
    keyAccount: talk.keyAccount,
    earlier: earlierComplaints(talk, editor),
    known: talk.likely.filter(({ status }) => status === 'submitted'),
    draft,
    words: talk.words,
    caller: {
      name: draft?.fields.callerName ?? '',
      number: draft?.fields.contactNumber || call?.remote.slice(0, 40) || '',
    },
    contactId: talk.contactId,
    inCall: call !== undefined,
    sends: mayDo(desk.session?.person.roles ?? [], 'order.audit'),
    rules: desk.sync.procedureRules,
    now,
  };
};

/** The call of this talk, while somebody is on the line. */
export const callOfTalk = ({ phone }: Pick<Sources, 'phone'>, { contactId }: GuideTalk) =>
  liveCalls(phone.snapshot.calls).find(
    (call) => contactId !== null && call.contactId === contactId && call.answeredAt !== null,
  );

/** The form that the question is about: of a suggestion its own, of all else the complaint. */
export const formAsked = ({ state }: GuideTalk): FormName | null =>
  state.step === 'suggestion' || state.step === 'record' ? state.suggestion : state.complaint;

const draftOf = ({ editor }: Sources, talk: GuideTalk): GuideFacts['draft'] => {
  const view = editor.views[formAsked(talk)?.id ?? ''];
  if (view?.form.status !== 'draft') return null;
  const { kind, id, fields } = view.form;
  return { kind, fields: shownFields(fields, editor.drafts[id] ?? emptyDraft) };
};

/** What the agent has on the screen counts as the caller's too: a number read out may be anybody's. */
const earlierComplaints = ({ earlier }: GuideTalk, { views, openForm }: DeskState['editor']): readonly Form[] => {
  const shown = openForm === null ? undefined : views[openForm]?.form;
  const here = shown && !earlier.some(({ id }) => id === shown.id) ? [shown] : [];
  return [...here, ...earlier.map((form) => views[form.id]?.form ?? form)].filter(
    ({ kind, status }) => kind === 'complaint' && status !== 'draft',
  );
};

import type { FormView, RequestOutput } from '../../contract/ipc.ts';
import type { SeededChoice } from '../../domain/forms/procedure/testing/seeded-choice.ts';
import type { Handlers } from '../../electron/ipc/register.ts';
import type { Acknowledged } from './desk-words.ts';

/** What edits go through: the requests that the screen makes too. */
export type EditRequests = Pick<
  Handlers,
  'form.list' | 'form.read' | 'form.open' | 'form.perform' | 'attachment.add' | CardNames
>;
type CardNames = 'attention.list' | 'attention.settle' | 'attention.offer-again';
/** Writes down what an agent was told, before anything else happens. */
export type Tell = (told: Acknowledged) => unknown;
type Failure = Extract<RequestOutput<'form.perform'>, { ok: false }>['error'];
export type Edited =
  | { readonly outcome: 'acknowledged'; readonly told: Acknowledged }
  /** A rule of the hotline's said no: nothing was made. */
  | { readonly outcome: 'refused'; readonly code: Failure['code'] };

/**
 * One edit as a busy agent makes it, on a form of one's own or of another's: opens, writes, notes, attaches, submits.
 * `unique` is in what it writes and was in nothing before.
 */
export const editBySeed = async (
  requests: EditRequests,
  choice: SeededChoice,
  staffNumber: string,
  unique: string,
): Promise<Edited> => {
  const form = choice.chance(opensPercent) ? undefined : await formToEdit(requests, choice, staffNumber);
  if (!form)
    return performed(await requests['form.open']({ kind: 'complaint', fields: openingFields(choice, unique) }));
  const { id } = form.form;
  if (choice.chance(attachPercent)) {
    const bytes = new TextEncoder().encode(`${unique}\n`.repeat(1 + choice.below(60)));
    const added = await requests['attachment.add']({ form: id, name: `${unique}.txt`, mediaType: 'text/plain', bytes });
    if (!added.ok) return { outcome: 'refused', code: added.error.code };
    const told = { what: 'attachment', id: added.value.id, form: id, sha256: added.value.sha256 } as const;
    return { outcome: 'acknowledged', told };
  }
  if (choice.chance(submitPercent))
    return performed(await requests['form.perform']({ form: id, kind: 'form.submit', payload: {} }));
  if (choice.chance(notePercent)) {
    const payload = { text: `记录 ${unique}` };
    return performed(await requests['form.perform']({ form: id, kind: 'form.note', payload }));
  }
  const field = choice.pick(['text', 'happenedWhere'] as const);
  const payload = { from: { [field]: form.form.fields[field] }, to: { [field]: `${field} ${unique}` } };
  return performed(await requests['form.perform']({ form: id, kind: 'form.edit', payload }));
};

const opensPercent = 9;
const attachPercent = 8;
const submitPercent = 4;
const notePercent = 55;

/** A form's whole history goes to every desk at each change: a form that has seen much is left alone. */
const fullHistory = 30;

const formToEdit = async (
  requests: EditRequests,
  choice: SeededChoice,
  staffNumber: string,
): Promise<FormView | undefined> => {
  const query = { search: '', status: null, inbox: null, desk: null, part: null, limit: 40, offset: 0 } as const;
  const { forms } = await requests['form.list'](query);
  const own = forms.filter(({ openedBy }) => openedBy === staffNumber);
  const among = own.length > 0 && choice.chance(60) ? own : forms;
  if (among.length === 0) return undefined;
  const view = await requests['form.read']({ form: choice.pick(among).id });
  return view && view.form.history.length < fullHistory ? view : undefined;
};

const openingFields = (choice: SeededChoice, unique: string) => ({
  callerName: '张三',
  contactNumber: `139${String(choice.below(100_000_000)).padStart(8, '0')}`,
  complaintType: choice.pick(['product-quality', 'billing-tariff', 'other'] as const),
  text: `投诉 ${unique}`,
});

const performed = (answer: RequestOutput<'form.perform'>): Edited => {
  if (!answer.ok) return { outcome: 'refused', code: answer.error.code };
  const { id, history } = answer.value.form;
  // The screen's form is the centre's with what is pending here on top: what was made now is the last.
  const operation = history.at(-1)?.operation;
  if (operation === undefined) throw new Error('an edit left no trace in the history');
  return { outcome: 'acknowledged', told: { what: 'operation', id: operation, form: id } };
};

import type { FormSummary } from '../../../contract/ipc.ts';
import type { CallView } from '../../../contract/phone.ts';
import { isKept } from '../../../domain/forms/callback.ts';
import { maskPhone } from '../../../domain/people/mask.ts';
import type { DeskThunk } from './store.ts';

/** A form of the caller's that is not done yet. */
export interface CallerForm extends Pick<FormSummary, 'id' | 'number' | 'status' | 'excerpt'> {
  /** A callback promised and not kept yet (A6). */
  readonly owed: boolean;
}

const mostShown = 3;
const mostRead = 20;
const excerptLength = 60;

const isOpen = ({ status, work }: FormSummary): boolean =>
  work.state === 'waiting' || work.state === 'claimed' || (work.state === 'none' && status === 'draft');

/** A form that is masked here was found by the whole number, and shows no other number than this one would. */
const belongsTo = (form: FormSummary, number: string): boolean => {
  const { origin } = form;
  const told = 'caller' in origin ? [origin.caller, 'number' in origin ? origin.number : ''] : [];
  return [form.contactNumber, ...told].includes(form.masked ? maskPhone(number) : number);
};

const isOwed = ({ origin, nextTryAt, problem }: FormSummary): boolean =>
  origin.via === 'callback' && (nextTryAt !== null || problem);

/**
 * Forms of the caller that are not done yet, as far as this desk's cache knows; callbacks first, before
 * them the one that the floor named: it knows of it however the number is written.
 */
export const openFormsOfCaller =
  ({ remote, callback }: Pick<CallView, 'remote' | 'callback'>): DeskThunk<Promise<readonly CallerForm[]>> =>
  async (dispatch, _getState, { bridge }) => {
    const named = callback === null ? null : await dispatch(formNamed(callback));
    if (!remote) return named ? [named] : [];
    const { forms } = await bridge.request('form.list', {
      search: remote,
      status: null,
      inbox: null,
      desk: null,
      part: null,
      limit: mostRead,
      offset: 0,
    });
    const open = forms
      .filter((form) => form.id !== named?.id && isOpen(form) && belongsTo(form, remote))
      .map((form) => ({ ...form, owed: isOwed(form) }));
    const owed = open.filter((form) => form.owed);
    return [...(named ? [named] : []), ...owed, ...open.filter((form) => !form.owed)].slice(0, mostShown);
  };

/** Null where the form has not come to this desk yet. */
const formNamed =
  (id: string): DeskThunk<Promise<CallerForm | null>> =>
  async (_dispatch, _getState, { bridge }) => {
    const form = (await bridge.request('form.read', { form: id }))?.form;
    if (!form) return null;
    const { number, status, fields } = form;
    return { id, number, status, excerpt: [...fields.text].slice(0, excerptLength).join(''), owed: !isKept(form) };
  };

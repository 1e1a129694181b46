import { mayDo, type Role } from '../../people/roles.ts';
import type { Form } from '../form.ts';
import type { FormAction } from '../operations.ts';
import type { HandOverCause } from './procedure.ts';
import { deskOf, stageTables } from './stages.ts';

export interface HandOver {
  readonly to: 'senior' | 'manager';
  readonly cause: HandOverCause;
  readonly text: string;
}

/**
 * What is done to a form whose talk is handed on: it goes to the same desk where the table of its stage lets it. A form
 * that lies there already, or cannot go, keeps what was said as a note; null where nothing was.
 */
export const handOverAction = (
  form: Form,
  { to, cause, text }: HandOver,
  roles: readonly Role[],
): FormAction | null => {
  const { kind, procedure } = form;
  const move = stageTables[kind][procedure.stage]?.moves[to === 'senior' ? 'hand-to-senior' : 'hand-to-manager'];
  const isThere = deskOf(kind, procedure.stage) === to;
  if (move && !isThere && mayDo(roles, move.right))
    return { form: form.id, kind: 'form.hand-over', payload: { to, cause, text } };
  return text.trim() === '' ? null : { form: form.id, kind: 'form.note', payload: { text } };
};

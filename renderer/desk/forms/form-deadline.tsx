import type { Form } from '../../../domain/forms/form.ts';
import { firstDue } from '../../../domain/forms/procedure/standing-deadline.ts';
import { useNow } from '../../app/parts/use-now.ts';
import { useDeskSelector } from '../../app/store/store.ts';
import { DeadlinePill } from './deadline-pill.tsx';

/** What is told in minutes. */
const tickMs = 10_000;

/** S3, S4: the countdown of the order that must be through first, ticking; nothing where none is awaited. */
export const FormDeadline = ({ form }: { readonly form: Form }) => {
  const { clockOffsetMs, procedureRules } = useDeskSelector((state) => state.desk.sync);
  const deadline = firstDue(form)?.deadline;
  const now = useNow(deadline !== undefined, tickMs) + clockOffsetMs;
  return deadline && <DeadlinePill deadline={deadline} rules={procedureRules.deadlines} now={now} />;
};

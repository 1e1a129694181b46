import type { Result } from '../../result.ts';
import { type ComplaintFields, emptyComplaint } from '../complaint.ts';
import type { Form, Refusal } from '../form.ts';
import type { FormKind } from '../form-kind.ts';
import type { Operation, OperationKind } from '../operations.ts';
import { perform } from '../perform.ts';
import type { Author } from './author.ts';
import type { Order } from './orders.ts';
import { usualProcedureRules } from './procedure-rules.ts';

type Payload<Kind extends OperationKind> = Extract<Operation, { kind: Kind }>['payload'];

/** An operation and in whose name it is done. */
interface Step {
  readonly operation: Operation;
  readonly author: Author;
}

/** A Monday, 10:30 in China. */
export const monday = Date.parse('2026-11-23T10:30:00+08:00');

/** Form of the fixture by its place. */
export const formId = (place: number): string => `019ab000-0000-7000-8000-0000000000${String(place).padStart(2, '0')}`;
/** An id of anything else, an order say, by its place. */
export const id = (place: number): string => `019ab000-0000-4000-8000-0000000000${String(place).padStart(2, '0')}`;

let counted = 0;

const by =
  (number: string, author: Author) =>
  /** Made a second after the step before, or `at` a time of its own. */
  <Kind extends OperationKind>(kind: Kind, payload: Payload<Kind>, at?: number): Step => {
    counted += 1;
    const operationId = `019ab000-0000-7000-8000-${String(counted).padStart(12, '0')}`;
    const device = '11111111-1111-4111-8111-111111111111';
    const envelope = { id: operationId, device, seq: counted, form: formId(1), by: number };
    // The kinds and their payloads are tied by the signature; TypeScript cannot follow through the union.
    return { operation: { ...envelope, madeAt: at ?? monday + counted * 1_000, kind, payload } as Operation, author };
  };

export const junior = by('1001', { roles: ['junior-agent'] });
export const otherJunior = by('1002', { roles: ['junior-agent'] });
export const senior = by('8806', { roles: ['senior-agent'] });
export const otherSenior = by('8807', { roles: ['senior-agent'] });
export const manager = by('8001', { roles: ['manager-hotline'] });
export const dataAdmin = by('5001', { roles: ['data-admin'] });
export const otherDataAdmin = by('5002', { roles: ['data-admin'] });
export const shops = by('7001', { roles: ['department'], department: 'shops' });
export const billing = by('7002', { roles: ['department'], department: 'billing' });
export const centre = by('CENTRE', { roles: ['centre'] });

const full = {
  callerName: '赵敏',
  contactNumber: '13900001111',
  complaintType: 'staff-conduct',
  text: '态度差',
} as const;

/** Opened by 1001 in a talk, recorded in full unless the fields say otherwise. */
export const opened = (kind: FormKind = 'complaint', fields: Partial<ComplaintFields> = {}): Form => {
  const payload: Payload<'form.open'> = {
    ...{ number: '261123-0017-001-0', kind, attachments: [] },
    origin: { via: 'desk', channel: 'voice' },
    fields: { ...emptyComplaint, ...full, ...fields },
  };
  return value(tried(undefined, junior('form.open', payload, monday)));
};

const tried = (form: Form | undefined, { operation, author }: Step): Result<Form, Refusal> =>
  perform(form, operation, author, usualProcedureRules);

const value = (result: Result<Form, Refusal>): Form => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

/** The form after each of the steps was applied; a refusal throws. */
export const after = (form: Form, ...steps: readonly Step[]): Form =>
  steps.reduce((standing, step) => value(tried(standing, step)), form);

/** Why a step is refused; `undefined`: it is not. */
export const refusal = (form: Form, step: Step): Refusal | undefined => {
  const result = tried(form, step);
  return result.ok ? undefined : result.error;
};

export const stageOf = ({ procedure }: Form): string => procedure.stage;

/** An order of a form, which it must have. */
export const orderOf = ({ procedure }: Form, orderId: string): Order => {
  const order = procedure.orders.find((one) => one.id === orderId);
  if (!order) throw new Error(`no order ${orderId}`);
  return order;
};

/** A dispatch, by default order 1 to the shops. */
export const dispatch = (order = id(1), department = 'shops'): Payload<'form.order'> => ({
  ...{ order, type: 'dispatch', department, text: '请核实', follows: null },
});

/** A chase or a return of order 1 by default. */
export const followUp = (type: 'chase' | 'return', order = id(2), follows = id(1)): Payload<'form.order'> => ({
  ...{ order, type, department: 'shops', text: '请尽快', follows },
});

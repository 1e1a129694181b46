import type { Form } from '../../form.ts';
import type { Operation, OperationKind } from '../../operations.ts';
import { isOpen, type Order, type OrderState } from '../orders.ts';
import {
  assessmentFindings,
  attitudes,
  callBackOutcomes,
  handOverCauses,
  suggestionEnds,
  supplementNeeds,
} from '../procedure.ts';
import type { SeededChoice } from './seeded-choice.ts';

type Payload<Kind extends OperationKind> = Extract<Operation, { kind: Kind }>['payload'];

/** From what a payload is made up. */
export interface PayloadParts {
  readonly form: Form;
  readonly by: string;
  readonly random: SeededChoice;
  /** A UUID that was not used before. */
  readonly fresh: () => string;
}

type Maker<Kind extends OperationKind> = (parts: PayloadParts) => Payload<Kind>;

/** `no-such` stands in no list of the centre's. */
const departments = ['network', 'billing', 'shops', 'network', 'billing', 'shops', 'network', 'billing', 'no-such'];
const otherForms = ['019ab000-0000-7000-8000-00000000aaaa', '019ab000-0000-7000-8000-00000000bbbb'] as const;
const contacts = ['c1', 'c2', 'c3', null] as const;
const reasons = ['by-the-terms', 'no-facts', 'not-our-business', 'no-such'] as const;

/** Mostly an order that the operation may be about, now and then any, seldom none. */
const orderOf = ({ form, random, fresh }: PayloadParts, ...fit: readonly OrderState[]): string => {
  const { orders } = form.procedure;
  const fitting = orders.filter(({ state }) => fit.includes(state));
  if (fitting.length > 0 && random.chance(90)) return random.pick(fitting).id;
  return orders.length > 0 && random.chance(90) ? random.pick(orders).id : fresh();
};

const orderPayload: Maker<'form.order'> = (parts) => {
  const { form, random, fresh } = parts;
  const open: readonly Order[] = form.procedure.orders.filter(isOpen);
  const known = form.procedure.orders[0]?.id;
  const type = open.length > 0 && random.chance(50) ? random.pick(['chase', 'return'] as const) : 'dispatch';
  return {
    order: known && random.chance(2) ? known : fresh(),
    type,
    department: random.pick(departments),
    text: '请核实',
    follows: random.chance(3) ? fresh() : type === 'dispatch' ? null : orderOf(parts, 'sent', 'asked'),
  };
};

const auditPayload: Maker<'form.audit-order'> = (parts) => {
  const { random } = parts;
  const order = orderOf(parts, 'proposed');
  const verdict = random.pick(['approve', 'approve', 'change', 'refuse'] as const);
  if (verdict === 'approve') return { order, verdict };
  if (verdict === 'refuse') return { order, verdict, reason: '应自行答复' };
  return { order, verdict, department: random.pick(departments), text: '改派', reason: '部门有误' };
};

const supplementOf = ({ form, random, fresh }: PayloadParts): string => {
  const { supplements } = form.procedure;
  const open = supplements.filter(({ settled }) => !settled);
  if (open.length > 0 && random.chance(90)) return random.pick(open).operation;
  return supplements.length > 0 ? random.pick(supplements).operation : fresh();
};

const assessmentPayload: Maker<'form.assess'> = ({ form, random, fresh }) => {
  const known = form.procedure.assessments[0]?.id;
  return {
    id: known && random.chance(5) ? known : fresh(),
    agent: random.chance(90) ? random.pick(form.history).by : '1099',
    finding: random.pick(assessmentFindings),
    clause: random.pick(['own-competence', 'wrong-facts', 'no-such']),
    weight: random.below(4),
    text: '',
  };
};

const answeredAssessment: Maker<'form.answer-assessment'> = ({ form, by, random, fresh }) => {
  const theirs = form.procedure.assessments.filter(({ agent }) => agent === by || random.chance(10));
  return { id: theirs.length > 0 ? random.pick(theirs).id : fresh(), text: '已知悉' };
};

const makers: { readonly [Kind in OperationKind]?: Maker<Kind> } = {
  'form.submit': () => ({}),
  'form.note': () => ({ text: '备注' }),
  'form.edit': ({ form: { fields }, random }) => {
    const from = { contactNumber: fields.contactNumber, complaintType: fields.complaintType, text: fields.text };
    return {
      from: random.chance(90) ? from : { text: '别的' },
      to: {
        contactNumber: random.pick(['13800138000', '13800138000', '13800138000', '']),
        complaintType: random.pick(['billing-tariff', 'staff-conduct', 'product-quality', 'other', null]),
        text: random.pick(['多收费', '态度差', '断网']),
      },
    };
  },
  'form.claim': () => ({}),
  'form.release': () => ({}),
  'form.set-aside': () => ({ reason: '无内容' }),
  'form.answer': () => ({ text: '已答复' }),
  'form.decline': ({ random }) => ({ reason: random.pick(reasons), text: '' }),
  'form.hand-over': ({ random }) => ({
    to: random.pick(['senior', 'manager']),
    cause: random.pick(handOverCauses),
    text: '',
  }),
  'form.order': orderPayload,
  'form.audit-order': auditPayload,
  'form.answer-order': (parts) => ({ order: orderOf(parts, 'sent', 'asked'), text: '已查实' }),
  'form.question-order': (parts) => ({ order: orderOf(parts, 'sent', 'asked'), text: '哪个号码？' }),
  'form.reply-question': (parts) => ({ order: orderOf(parts, 'asked'), text: '如下' }),
  'form.refuse-order': (parts) => ({ order: orderOf(parts, 'sent', 'asked'), reason: '非本部门' }),
  'form.hand-on-order': (parts) => ({
    order: orderOf(parts, 'sent', 'asked'),
    department: parts.random.pick(departments),
    reason: '转派',
  }),
  'form.pause': (parts) => ({ order: orderOf(parts, 'sent', 'asked', 'answered'), reason: '待用户材料' }),
  'form.resume': (parts) => ({ order: orderOf(parts, 'sent', 'asked', 'answered') }),
  'form.warn': (parts) => ({
    order: orderOf(parts, 'sent', 'asked', 'answered'),
    atPercent: parts.random.pick([50, 80]),
  }),
  'form.escalate': (parts) => ({ order: orderOf(parts, 'sent', 'asked', 'answered') }),
  'form.check-reply': (parts) => {
    const order = orderOf(parts, 'answered');
    return parts.random.chance(60) ? { order, verdict: 'accept' } : { order, verdict: 'send-back', reason: '未答全' };
  },
  'form.decide': ({ random }) => ({ end: random.pick(['answered', 'declined']), text: '最终处理' }),
  'form.repeat': ({ random }) => ({ attitude: random.pick([...attitudes, null]), contactId: random.pick(contacts) }),
  'form.supplement': ({ random }) => ({
    text: '另有情况',
    needs: random.pick(supplementNeeds),
    contactId: random.pick(contacts),
  }),
  'form.settle-supplement': (parts) => ({ supplement: supplementOf(parts) }),
  'form.call-back': ({ random }) => ({
    outcome: random.pick(callBackOutcomes),
    source: random.pick(['agent', 'keyed']),
    text: '',
  }),
  'form.assess': assessmentPayload,
  'form.answer-assessment': answeredAssessment,
  'form.count': ({ random }) => ({
    ...{ callerName: '李', contactNumber: '13900139000', text: '' },
    contactId: random.pick(contacts),
  }),
  'form.merge': ({ form, random }) => ({
    into: random.chance(10) ? form.id : random.pick(otherForms),
    number: '261124-0001-002-5',
  }),
  'form.split': () => ({}),
  'form.settle-suggestion': ({ random }) => ({ end: random.pick(suggestionEnds), text: '已采纳' }),
  'form.link': ({ random }) => ({ form: random.pick(otherForms), number: '261124-0001-002-5' }),
  'form.use-article': ({ random }) => ({
    article: '44444444-4444-4444-8444-444444444444',
    version: 1 + random.below(2),
    helped: null,
    text: '',
  }),
  'form.unmask': () => ({ fields: ['contactNumber'], reason: '回访' }),
  'form.take': () => ({}),
  'form.put-back': () => ({}),
};

/** What is tried: the procedures' kinds, and of the others those that change where a form lies or what it says. */
export const triedKinds = Object.keys(makers) as readonly OperationKind[];

export const randomPayload = (kind: OperationKind, parts: PayloadParts): unknown => makers[kind]?.(parts);

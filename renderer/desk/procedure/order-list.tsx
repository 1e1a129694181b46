import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  MessageOutlined,
  QuestionCircleOutlined,
  SendOutlined,
  StopOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Form } from '../../../domain/forms/form.ts';
import type { Order, OrderState } from '../../../domain/forms/procedure/orders.ts';
import { isTimed } from '../../../domain/forms/procedure/standing-deadline.ts';
import { useLanguage } from '../../app/parts/use-language.ts';
import { useDeskSelector } from '../../app/store/store.ts';
import { DeadlinePill } from '../forms/deadline-pill.tsx';
import { ActionBox } from './action-box.tsx';
import { BoxButtons } from './box-buttons.tsx';
import { departmentText } from './box-words.ts';
import type { Box } from './boxes.ts';
import { Entry } from './entry.tsx';

const looks: Record<OrderState, { readonly tone: string; readonly icon: ReactNode }> = {
  proposed: { tone: 'pill-warn', icon: <ClockCircleOutlined aria-hidden="true" /> },
  'not-sent': { tone: '', icon: <StopOutlined aria-hidden="true" /> },
  sent: { tone: 'pill-strong', icon: <SendOutlined aria-hidden="true" /> },
  asked: { tone: 'pill-warn', icon: <QuestionCircleOutlined aria-hidden="true" /> },
  answered: { tone: 'pill-warn', icon: <MessageOutlined aria-hidden="true" /> },
  accepted: { tone: 'pill-good', icon: <CheckCircleOutlined aria-hidden="true" /> },
  refused: { tone: 'pill-bad', icon: <StopOutlined aria-hidden="true" /> },
  withdrawn: { tone: '', icon: <StopOutlined aria-hidden="true" /> },
  delivered: { tone: 'pill-good', icon: <CheckCircleOutlined aria-hidden="true" /> },
};

interface OrderListProps {
  readonly form: Form;
  readonly boxes: readonly Box[];
  readonly open: Box | null;
  /** The server's time. */
  readonly now: number;
}

/** The orders to departments, each with its deadline, what was said about it, and what may be done with it. */
export const OrderList = ({ form, boxes, open, now }: OrderListProps) => {
  const { t } = useTranslation();
  const { orders } = form.procedure;
  if (orders.length === 0) return null;
  return (
    <ol className="orders" aria-label={t('standing.orders')}>
      {[...orders].reverse().map((order) => (
        <li key={order.id} className="order" data-testid="order" data-value={order.state}>
          <OrderHead order={order} now={now} />
          <p className="entry-text">{order.text}</p>
          <OrderTalk order={order} />
          <BoxButtons form={form.id} boxes={boxes.filter(({ about }) => about === order.id)} />
          {open?.about === order.id && <ActionBox key={open.name} form={form} box={open} />}
        </li>
      ))}
    </ol>
  );
};

const OrderHead = ({ order, now }: { readonly order: Order; readonly now: number }) => {
  const { t } = useTranslation();
  const language = useLanguage();
  const rules = useDeskSelector((state) => state.desk.sync.procedureRules);
  const { tone, icon } = looks[order.state];
  return (
    <div className="order-head">
      <strong>{t(`orderType.${order.type}`)}</strong>
      <span>{t('standing.toDepartment', { department: departmentText({ language, rules }, order.department) })}</span>
      <span className={`pill ${tone}`} data-testid="order-state" data-value={order.state}>
        {icon} {t(`orderState.${order.state}`)}
      </span>
      {isTimed(order) && <DeadlinePill deadline={order.deadline} rules={rules.deadlines} now={now} short />}
      <span className="quiet digits">{t('standing.proposedBy', { by: order.proposedBy })}</span>
    </div>
  );
};

/** What was said about an order, in the order in which it was said. */
const OrderTalk = ({ order }: { readonly order: Order }) => {
  const { t } = useTranslation();
  const language = useLanguage();
  const rules = useDeskSelector((state) => state.desk.sync.procedureRules);
  const { audit, talk, answer } = order;
  if (!audit && !answer && talk.length === 0) return null;
  const told = [
    ...talk.map((one) => ({ ...one, head: t(`orderTalk.${one.kind}`) })),
    ...(answer ? [{ ...answer, head: t('standing.departmentAnswer'), department: null }] : []),
  ].sort((one, other) => one.at - other.at);
  return (
    <ol className="entries">
      {audit && <Entry head={t(`verdict.${audit.verdict}`)} by={audit.by} at={audit.at} text={audit.reason} />}
      {told.map(({ operation, head, by, at, text, department }) => (
        <Entry
          key={operation}
          head={department === null ? head : `${head} → ${departmentText({ language, rules }, department)}`}
          by={by}
          at={at}
          text={text}
        />
      ))}
    </ol>
  );
};

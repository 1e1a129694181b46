import { useTranslation } from 'react-i18next';
import type { Paper } from '../../contract/paper.ts';
import type { Order } from '../../domain/forms/procedure/orders.ts';
import { dateTimeText } from './date-time-text.ts';
import { Facts, Part } from './sheet.tsx';

/** An order: to whom, until when, what was said about it, and the answer. */
export const OrderPart = ({ order, paper }: { readonly order: Order; readonly paper: Paper }) => {
  const { t } = useTranslation();
  const department = paper.procedureRules.departments.find(({ code }) => code === order.department);
  const moment = (at: number | null | undefined): string => (at === null || at === undefined ? '' : dateTimeText(at));
  return (
    <Part title={t(`paper.order.${order.type}`)}>
      <Facts
        facts={[
          [t('paper.department'), department?.[paper.language] ?? order.department],
          [t('paper.proposed'), `${dateTimeText(order.proposedAt)} · ${order.proposedBy}`],
          [t('paper.sent'), moment(order.sentAt)],
          [t('paper.due'), moment(order.deadline?.dueAt)],
        ]}
      />
      <p className="sheet-text">{order.text}</p>
      {[...order.talk, ...(order.answer ? [order.answer] : [])].map((said) => (
        <p key={said.operation} className="sheet-text">
          <span className="sheet-by">
            {said.by} · {dateTimeText(said.at)}
          </span>{' '}
          {said.text}
        </p>
      ))}
    </Part>
  );
};

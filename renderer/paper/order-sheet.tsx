import { useTranslation } from 'react-i18next';
import type { Paper } from '../../contract/paper.ts';
import type { Order } from '../../domain/forms/procedure/orders.ts';
import { fieldText } from '../desk/forms/field-text.ts';
import { OrderPart } from './order-part.tsx';
import { Facts, Part, Sheet } from './sheet.tsx';

const facts = ['callerName', 'contactNumber', 'account', 'complaintType', 'happenedAt', 'happenedWhere'] as const;

/** One order with the matter it is about, as a department gets it in hand; the rest of the form stays with the hotline. */
export const OrderSheet = ({ paper, order }: { readonly paper: Paper; readonly order: Order }) => {
  const { t } = useTranslation();
  const { fields } = paper.form;
  return (
    <Sheet paper={paper} title={t(`paper.order.${order.type}`)}>
      <OrderPart order={order} paper={paper} />
      <Part title={t('paper.matter')}>
        <Facts
          facts={facts
            .filter((name) => fields[name] !== null && fields[name] !== '')
            .map((name) => [t(`field.${name}`), fieldText(t, name, fields[name])] as const)}
        />
        <p className="sheet-text">{fields.text}</p>
      </Part>
    </Sheet>
  );
};

import { useTranslation } from 'react-i18next';
import type { Paper } from '../../contract/paper.ts';
import type { ComplaintField } from '../../domain/forms/complaint.ts';
import { fieldText } from '../desk/forms/field-text.ts';
import { dateTimeText } from './date-time-text.ts';
import { OrderPart } from './order-part.tsx';
import { Facts, Part, Sheet } from './sheet.tsx';

const factFields = [
  ...(['callerName', 'contactNumber', 'account', 'idNumber', 'complaintType'] as const),
  ...(['channel', 'forwardedBy', 'happenedAt', 'happenedWhere'] as const),
] satisfies readonly ComplaintField[];

/** A form with all that was done about it. */
export const FormSheet = ({ paper }: { readonly paper: Paper }) => {
  const { t } = useTranslation();
  const { form } = paper;
  const { fields, procedure } = form;
  const said = [
    ...(procedure.answer ? [{ title: t('paper.answer'), ...procedure.answer }] : []),
    ...(procedure.declined ? [{ title: t('paper.declined'), ...procedure.declined }] : []),
    ...(procedure.decision ? [{ title: t('paper.decision'), ...procedure.decision }] : []),
  ];
  return (
    <Sheet paper={paper} title={t(`paper.form.${form.kind}`)}>
      <Facts
        facts={[
          [t('paper.stage'), t(`stage.${procedure.stage}`)],
          [t('paper.opened'), `${dateTimeText(form.openedAt)} · ${form.openedBy}`],
          ...factFields
            .filter((name) => fields[name] !== null && fields[name] !== '')
            .map((name) => [t(`field.${name}`), fieldText(t, name, fields[name])] as const),
        ]}
      />
      <Part title={t('field.text')}>
        <p className="sheet-text">{fields.text}</p>
      </Part>
      {form.transcript !== '' && (
        <Part title={t('paper.transcript')}>
          <p className="sheet-text">{form.transcript}</p>
        </Part>
      )}
      {procedure.orders.map((order) => (
        <OrderPart key={order.id} order={order} paper={paper} />
      ))}
      {said.map(({ title, operation, by, at, text }) => (
        <Part key={operation} title={title}>
          <p className="sheet-by">
            {by} · {dateTimeText(at)}
          </p>
          <p className="sheet-text">{text}</p>
        </Part>
      ))}
      {form.notes.length > 0 && (
        <Part title={t('form.notes')}>
          {form.notes.map((note) => (
            <p key={note.operation} className="sheet-text">
              <span className="sheet-by">
                {note.by} · {dateTimeText(note.at)}
              </span>{' '}
              {note.text}
            </p>
          ))}
        </Part>
      )}
      {form.attachments.length > 0 && (
        <Part title={t('form.attachments')}>
          <ul>
            {form.attachments.map(({ id, name }) => (
              <li key={id}>{name}</li>
            ))}
          </ul>
        </Part>
      )}
      <Part title={t('form.history')}>
        <table className="sheet-history">
          <tbody>
            {form.history.map((entry) => (
              <tr key={entry.operation}>
                <td>{dateTimeText(entry.at)}</td>
                <td>{entry.by}</td>
                <td>{t(`history.${entry.kind}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Part>
    </Sheet>
  );
};

import { LoadingOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type DeskPart, deskParts } from '../../../contract/ipc.ts';
import { useNow } from '../../app/parts/use-now.ts';
import { useRowKeys } from '../../app/parts/use-row-keys.ts';
import { type DeskListName, listChosen, readInbox } from '../../app/store/inbox-slice.ts';
import { useDeskDispatch, useDeskSelector } from '../../app/store/store.ts';
import { RefusedNote } from '../inbox/refused-note.tsx';
import { DeskRow } from './desk-row.tsx';

/** What lies at a desk for whoever works there, in the order in which it should be worked. */
export const DeskList = ({ desk }: { readonly desk: DeskListName }) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const { part, forms, total, phase } = useDeskSelector((state) => state.inbox);
  const counts = useDeskSelector(({ inbox }) => (desk === 'overdue' ? undefined : inbox.deskCounts?.[desk]));
  const ownDepartment = useDeskSelector((state) => state.desk.session?.person.department !== undefined);
  const clockOffsetMs = useDeskSelector((state) => state.desk.sync.clockOffsetMs);
  const now = useNow(true) + clockOffsetMs;
  const rows = useRef<HTMLUListElement>(null);
  const move = useRowKeys(rows, phase === 'read', `${desk} ${part}`);
  const choose = (value: string): void => {
    const chosen = deskParts.find((one) => one === value) ?? null;
    dispatch(listChosen({ list: desk, part: chosen }));
  };
  const partLabel = (one: DeskPart | 'all', count: number | undefined) => ({
    value: one,
    label: `${t(`deskPart.${one}`)} ${count ?? 0}`,
  });
  // Departments and data admins have each form to themselves, or none to take up: their parts would say nothing.
  const parted = desk !== 'overdue' && desk !== 'department';
  return (
    <section className="panel list-panel" aria-label={t(`desk.${desk}`)} data-testid="desk-list" data-value={desk}>
      <header className="list-head">
        <div className="list-title">
          <h2>{desk === 'department' && ownDepartment ? t('desk.ownOrders') : t(`desk.${desk}`)}</h2>
          <span className="quiet digits">{t('list.total', { count: total })}</span>
        </div>
        {parted && (
          <Segmented
            block
            aria-label={t('desk.part')}
            value={part ?? 'all'}
            options={[
              partLabel('all', counts?.all),
              partLabel('held', counts?.held),
              ...(desk === 'data-admin' ? [] : [partLabel('overdue', counts?.overdue)]),
            ]}
            onChange={choose}
            data-testid="desk-part"
          />
        )}
        <p className="quiet inbox-hint">{t(parted ? 'desk.keys' : 'desk.keysToLook')}</p>
        <RefusedNote />
      </header>
      {phase === 'failed' && (
        <p className="call-note note-bad" role="alert">
          {t('list.failed')}{' '}
          <Button size="small" onClick={() => void dispatch(readInbox())}>
            {t('list.retry')}
          </Button>
        </p>
      )}
      <ul className="rows" ref={rows} onKeyDown={move} data-testid="desk-rows">
        {forms.map((form) => (
          <DeskRow key={form.id} form={form} now={now} />
        ))}
        {phase === 'first-read' && (
          <li className="empty quiet" role="status">
            <LoadingOutlined aria-hidden="true" /> {t('inbox.reading')}
          </li>
        )}
        {phase === 'read' && forms.length === 0 && (
          <li className="empty quiet" data-testid="desk-empty">
            {t(`deskEmpty.${desk}`)}
          </li>
        )}
      </ul>
      {total > forms.length && phase === 'read' && (
        <p className="quiet inbox-more digits">{t('inbox.more', { count: total - forms.length })}</p>
      )}
    </section>
  );
};

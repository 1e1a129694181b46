import { LoadingOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { inboxParts } from '../../../contract/ipc.ts';
import type { Inbox } from '../../../domain/forms/work.ts';
import { useNow } from '../../app/parts/use-now.ts';
import { useRowKeys } from '../../app/parts/use-row-keys.ts';
import { listChosen, readInbox } from '../../app/store/inbox-slice.ts';
import { useDeskDispatch, useDeskSelector } from '../../app/store/store.ts';
import { InboxRow } from './inbox-row.tsx';
import { NewPaper } from './new-paper.tsx';
import { RefusedNote } from './refused-note.tsx';

/** What waits in an inbox or is being worked on, the longest waiting first. */
export const InboxList = ({ inbox }: { readonly inbox: Inbox }) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const { part: chosen, forms, total, phase } = useDeskSelector((state) => state.inbox);
  const part = inboxParts.find((one) => one === chosen) ?? 'to-do';
  const offline = useDeskSelector((state) => state.desk.sync.link === 'offline');
  const clockOffsetMs = useDeskSelector((state) => state.desk.sync.clockOffsetMs);
  const now = useNow(true) + clockOffsetMs;
  const rows = useRef<HTMLUListElement>(null);
  const move = useRowKeys(rows, phase === 'read', part);
  return (
    <section className="panel list-panel" aria-label={t(`inbox.${inbox}`)} data-testid="inbox-list">
      <header className="list-head">
        <div className="list-title">
          <h2>{t(`inboxPart.${part}`)}</h2>
          <span className="quiet digits">{t('list.total', { count: total })}</span>
          {inbox === 'text' && <NewPaper />}
        </div>
        <p className="quiet inbox-hint">{t('inbox.keys')}</p>
        {offline && (
          <p className="call-note note-warn" role="status" data-testid="inbox-offline">
            {t('inbox.offline')}
          </p>
        )}
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
      <ul className="rows" ref={rows} onKeyDown={move} data-testid="inbox-rows">
        {forms.map((form) => (
          <InboxRow key={form.id} form={form} now={now} />
        ))}
        {phase === 'first-read' && (
          <li className="empty quiet" role="status">
            <LoadingOutlined aria-hidden="true" /> {t('inbox.reading')}
          </li>
        )}
        {phase === 'read' && forms.length === 0 && (
          <li className="empty quiet" data-testid="inbox-empty">
            {t(`inboxEmpty.${part}`)}
          </li>
        )}
      </ul>
      {total > forms.length && phase === 'read' && (
        <p className="quiet inbox-more digits">{t('inbox.more', { count: total - forms.length })}</p>
      )}
      {part !== 'set-aside' && (
        <Button
          type="text"
          size="small"
          onClick={() => dispatch(listChosen({ list: inbox, part: 'set-aside' }))}
          data-testid="inbox-set-aside"
        >
          {t('inboxPart.set-aside')}
        </Button>
      )}
    </section>
  );
};

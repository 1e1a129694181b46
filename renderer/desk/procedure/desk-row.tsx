import { LockOutlined, UserOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { FormSummary } from '../../../contract/ipc.ts';
import { showForm } from '../../app/store/edit-form.ts';
import { useDeskDispatch, useDeskSelector } from '../../app/store/store.ts';
import { DeadlinePill } from '../forms/deadline-pill.tsx';
import { waitedText } from '../inbox/waited-text.ts';
import { StagePill } from './stage-pill.tsx';

/** One form of a desk: whose, about what, how it stands, until when and in whose hand. */
export const DeskRow = ({ form, now }: { readonly form: FormSummary; readonly now: number }) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const current = useDeskSelector((state) => state.editor.openForm === form.id);
  const staffNumber = useDeskSelector((state) => state.desk.session?.person.staffNumber ?? '');
  const deadlines = useDeskSelector((state) => state.desk.sync.procedureRules.deadlines);
  const { holder } = form;
  return (
    <li>
      <button
        type="button"
        className="row"
        aria-current={current}
        onClick={() => void dispatch(showForm(form.id))}
        data-testid="desk-row"
        data-form={form.id}
      >
        <span className="row-top">
          <span className="digits row-number">{form.number}</span>
          <span className="digits row-waited">{t('inbox.waited', { time: waitedText(t, now - form.stageSince) })}</span>
        </span>
        <span className="row-who">
          <strong>{form.callerName || t('list.noName')}</strong>
          {form.kind === 'suggestion' ? (
            <strong className="digits" data-testid="people" data-value={form.people}>
              {t('suggestion.people', { count: form.people })}
            </strong>
          ) : (
            <span className="digits quiet">{form.contactNumber}</span>
          )}
        </span>
        <span className="row-excerpt">{form.excerpt || t('list.noText')}</span>
        <span className="row-tags">
          <StagePill stage={form.stage} />
          {form.deadline && <DeadlinePill deadline={form.deadline} rules={deadlines} now={now} short />}
          {holder !== null && (
            <span className={holder === staffNumber ? 'pill pill-strong' : 'pill'} data-testid="holder">
              {holder === staffNumber ? <UserOutlined aria-hidden="true" /> : <LockOutlined aria-hidden="true" />}{' '}
              {holder === staffNumber ? t('desk.mine') : t('desk.heldBy', { by: holder })}
            </span>
          )}
          {form.pending > 0 && (
            <span className="pill pill-warn">
              {form.pending} {t('list.pendingBadge')}
            </span>
          )}
          {form.attention > 0 && (
            <span className="pill pill-bad">
              {form.attention} {t('list.attentionBadge')}
            </span>
          )}
        </span>
      </button>
    </li>
  );
};

import { Alert, Button, Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isOverdue } from '../../../domain/deadlines/deadline.ts';
import { useNow } from '../../app/parts/use-now.ts';
import { showForm } from '../../app/store/edit-form.ts';
import { useDeskDispatch, useDeskSelector } from '../../app/store/store.ts';
import { DeadlinePill } from './deadline-pill.tsx';

/** S4: the deadlines the agent has been told of, in sight until they are met, and the way to each form. */
export const DeadlineNotice = () => {
  const { t } = useTranslation();
  const { forms, total } = useDeskSelector((state) => state.deadlines);
  const clockOffsetMs = useDeskSelector((state) => state.desk.sync.clockOffsetMs);
  const now = useNow(total > 0, 10_000) + clockOffsetMs;
  const [open, setOpen] = useState(false);
  if (total === 0) return null;
  const overdue = forms.filter(({ deadline }) => deadline && isOverdue(deadline, now)).length;
  return (
    <>
      <Alert
        banner
        type={overdue > 0 ? 'error' : 'warning'}
        title={
          overdue > 0
            ? t('deadlineNotice.overdue', { count: total, overdue })
            : t('deadlineNotice.near', { count: total })
        }
        action={
          <Button size="small" onClick={() => setOpen(true)} data-testid="deadline-notice-open">
            {t('deadlineNotice.show')}
          </Button>
        }
        data-testid="deadline-notice"
      />
      <Drawer open={open} onClose={() => setOpen(false)} title={t('deadlineNotice.title')} size={460} destroyOnHidden>
        <ToldList now={now} onChosen={() => setOpen(false)} />
      </Drawer>
    </>
  );
};

const ToldList = ({ now, onChosen }: { readonly now: number; readonly onChosen: () => void }) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const { forms, total } = useDeskSelector((state) => state.deadlines);
  const { deadlines } = useDeskSelector((state) => state.desk.sync.procedureRules);
  return (
    <>
      <ul className="told-rows" data-testid="deadline-list">
        {forms.map((form) => (
          <li key={form.id}>
            <button
              type="button"
              className="row"
              onClick={() => {
                onChosen();
                void dispatch(showForm(form.id));
              }}
              data-testid="deadline-row"
              data-form={form.id}
            >
              <span className="row-top">
                <span className="digits row-number">{form.number}</span>
                <span className="quiet">{form.callerName || t('list.noName')}</span>
              </span>
              {form.deadline && (
                <span className="row-tags">
                  <DeadlinePill deadline={form.deadline} rules={deadlines} now={now} />
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
      {total > forms.length && <p className="quiet digits">{t('inbox.more', { count: total - forms.length })}</p>}
    </>
  );
};

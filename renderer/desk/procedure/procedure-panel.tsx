import { LockOutlined, RollbackOutlined, UserAddOutlined, UserOutlined } from '@ant-design/icons';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormView } from '../../../contract/ipc.ts';
import { deskOf } from '../../../domain/forms/procedure/stages.ts';
import { type Doable, whatMayBeDone } from '../../../domain/forms/procedure/what-may-be-done.ts';
import { KeyButton } from '../../app/parts/key-button.tsx';
import { useNow } from '../../app/parts/use-now.ts';
import { useDeskDispatch, useDeskSelector } from '../../app/store/store.ts';
import { putFormBack, takeForm } from '../../app/store/work-procedure.ts';
import { waitedText } from '../inbox/waited-text.ts';
import { ActionBox } from './action-box.tsx';
import { BoxButtons } from './box-buttons.tsx';
import { boxesFor } from './boxes.ts';
import { OrderList } from './order-list.tsx';
import { StagePill } from './stage-pill.tsx';
import { StandingFacts } from './standing-facts.tsx';

/** What the one signed in may do to a form now, by the tables of the procedures. */
const useDoable = (view: FormView): readonly Doable[] => {
  const person = useDeskSelector((state) => state.desk.session?.person);
  const { procedureRules, clockOffsetMs } = useDeskSelector((state) => state.desk.sync);
  return useMemo(
    () => (person ? whatMayBeDone(view.form, person, procedureRules, Date.now() + clockOffsetMs) : []),
    [view, person, procedureRules, clockOffsetMs],
  );
};

/** Where the form stands in its procedure, what the one signed in may make of that, and what stands on it. */
export const ProcedurePanel = ({ view }: { readonly view: FormView }) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const { form } = view;
  const { stage, since, holder } = form.procedure;
  const me = useDeskSelector((state) => state.desk.session?.person.staffNumber);
  const clockOffsetMs = useDeskSelector((state) => state.desk.sync.clockOffsetMs);
  const open = useDeskSelector((state) => state.procedure.open[form.id] ?? null);
  const now = useNow(true) + clockOffsetMs;
  const doable = useDoable(view);
  const may = (event: Doable['event']): boolean => doable.some((one) => one.event === event);
  const boxes = doable.flatMap(boxesFor);
  const atEnd = deskOf(form.kind, stage) === 'nobody';
  return (
    <section className="procedure" aria-label={t('procedure.title')} data-testid="procedure" data-value={stage}>
      <div className="procedure-head">
        <StagePill stage={stage} />
        {!atEnd && <span className="quiet digits">{t('desk.since', { time: waitedText(t, now - since) })}</span>}
        {holder !== null && (
          <span className={holder === me ? 'pill pill-strong' : 'pill'} data-testid="form-holder" data-value={holder}>
            {holder === me ? <UserOutlined aria-hidden="true" /> : <LockOutlined aria-hidden="true" />}{' '}
            {holder === me ? t('desk.mine') : t('desk.heldBy', { by: holder })}
          </span>
        )}
        <span className="procedure-hold">
          {may('put-back') && (
            <KeyButton
              hotKey="put-back"
              testId="put-back"
              icon={<RollbackOutlined />}
              onClick={() => void dispatch(putFormBack(form.id))}
            >
              {t('desk.putBack')}
            </KeyButton>
          )}
          {may('take') && holder !== me && (
            <KeyButton
              hotKey="take"
              testId="take"
              type={holder === null ? 'primary' : 'default'}
              icon={<UserAddOutlined />}
              onClick={() => void dispatch(takeForm(form.id))}
            >
              {t('desk.take')}
            </KeyButton>
          )}
        </span>
      </div>
      {holder !== null && holder !== me && !may('take') && (
        <p className="quiet">{t('procedure.heldHint', { by: holder })}</p>
      )}
      {boxes.length === 0 && <p className="quiet">{t('procedure.nothing')}</p>}
      <BoxButtons form={form.id} boxes={boxes.filter(({ about }) => about === null)} />
      {open?.about === null && <ActionBox key={open.name} form={form} box={open} />}
      <OrderList form={form} boxes={boxes} open={open} now={now} />
      <StandingFacts form={form} boxes={boxes} open={open} />
    </section>
  );
};

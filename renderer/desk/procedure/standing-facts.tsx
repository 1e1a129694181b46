import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Form } from '../../../domain/forms/form.ts';
import { satisfactionRecord } from '../../../domain/forms/procedure/repeat.ts';
import { useLanguage } from '../../app/parts/use-language.ts';
import { showForm } from '../../app/store/edit-form.ts';
import { useDeskDispatch, useDeskSelector } from '../../app/store/store.ts';
import { declineText } from './box-words.ts';
import type { Box } from './boxes.ts';
import { Entry } from './entry.tsx';
import { AssessmentEntries, SupplementEntries } from './open-entries.tsx';

interface StandingProps {
  readonly form: Form;
  readonly boxes: readonly Box[];
  readonly open: Box | null;
}

/** What the procedure has made of a form so far, each kind of thing under its name; nothing of what is not there. */
export const StandingFacts = ({ form, boxes, open }: StandingProps) => {
  const { t } = useTranslation();
  const language = useLanguage();
  const dispatch = useDeskDispatch();
  const rules = useDeskSelector((state) => state.desk.sync.procedureRules);
  const { procedure } = form;
  const { answer, declined, decision, settled, mergedInto, handOvers, repeats, callBacks, supporters } = procedure;
  const record = satisfactionRecord(procedure);
  const decided = decision?.operation === answer?.operation;
  const told = (text: string, rest: string): string => (rest ? `${text}：${rest}` : text);
  const toForm = (one: { readonly form: string; readonly number: string }): ReactNode => (
    <button
      key={one.form}
      type="button"
      className="link digits"
      onClick={() => void dispatch(showForm(one.form))}
      data-testid="linked-form"
    >
      {one.number}
    </button>
  );
  return (
    <div className="standing">
      {decision && <Fact name={t('standing.decision')} of={<Entry head="" {...decision} />} testId="decision" />}
      {answer && !decided && <Fact name={t('standing.answer')} of={<Entry head="" {...answer} />} testId="answer" />}
      {declined && (
        <Fact
          name={t('standing.declined')}
          of={<Entry {...declined} head={declineText({ language, rules }, declined.reason)} />}
          testId="declined"
        />
      )}
      {settled && (
        <Fact
          name={t('standing.settled')}
          of={<Entry {...settled} head={t(`choice.${settled.end}`)} />}
          testId="settled"
        />
      )}
      {mergedInto && <Fact name={t('standing.mergedInto')} of={<li>{toForm(mergedInto)}</li>} testId="merged-into" />}
      {(callBacks.length > 0 || repeats.length > 0 || answer) && (
        <Fact
          name={t('standing.record')}
          of={
            <li data-testid="satisfaction" data-value={record ?? 'none'}>
              {record ? t(`choice.${record}`) : t('standing.noRecord')}
            </li>
          }
          testId="record"
        />
      )}
      <Several
        name={t('standing.callBacks')}
        testId="call-backs"
        items={callBacks.map((one) => (
          <Entry
            key={one.operation}
            {...one}
            head={`${t(`choice.${one.outcome}`)} · ${t(one.source === 'keyed' ? 'standing.keyed' : 'standing.agentAsked')}`}
          />
        ))}
      />
      <Several
        name={t('standing.handOvers')}
        testId="hand-overs"
        items={handOvers.map((one) => (
          <Entry key={one.operation} {...one} head={told(t(`standing.to.${one.to}`), t(`cause.${one.cause}`))} />
        ))}
      />
      <Several
        name={t('standing.repeats')}
        testId="repeats"
        items={repeats.map((one) => (
          <Entry
            key={one.operation}
            {...one}
            head={one.attitude ? t(`choice.${one.attitude}`) : ''}
            text={t(`repeatBranch.${one.branch}`)}
          />
        ))}
      />
      <SupplementEntries form={form} boxes={boxes} />
      <Several
        name={`${t('standing.supporters')} · ${t('suggestion.people', { count: supporters.length + 1 })}`}
        testId="supporters"
        items={supporters.map((one) => (
          <Entry key={one.operation} {...one} head={`${one.callerName} ${one.contactNumber}`.trim()} />
        ))}
      />
      <AssessmentEntries form={form} boxes={boxes} open={open} />
      {procedure.links.length > 0 && (
        <Fact name={t('standing.links')} of={<li>{procedure.links.map(toForm)}</li>} testId="links" />
      )}
    </div>
  );
};

const Fact = ({ name, of, testId }: { readonly name: string; readonly of: ReactNode; readonly testId: string }) => (
  <section className="fact-box" aria-label={name} data-testid={`standing-${testId}`}>
    <h3 className="caption">{name}</h3>
    <ol className="entries">{of}</ol>
  </section>
);

const Several = ({
  name,
  items,
  testId,
}: {
  readonly name: string;
  readonly items: readonly ReactNode[];
  readonly testId: string;
}) => (items.length > 0 ? <Fact name={name} of={[...items].reverse()} testId={testId} /> : null);

import { WarningOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttentionCard } from '../../../contract/sync-page.ts';
import { type WrittenAction, writtenAction } from '../../../domain/forms/operations.ts';
import { momentText } from '../../app/i18n/format.ts';
import { useLanguage } from '../../app/parts/use-language.ts';
import { useNow } from '../../app/parts/use-now.ts';
import type { FormFailure } from '../../app/store/editor-slice.ts';
import { dismissCard, offerAgain } from '../../app/store/settle-attention.ts';
import { useDeskDispatch, useDeskSelector } from '../../app/store/store.ts';
import { refusalText } from './refusal-text.ts';
import { comparisons, writtenFacts } from './written-facts.ts';

/** One refused operation: why, what was written, what the centre has now, what waits behind it, and two ways out. */
export const AttentionCardBox = ({ card }: { readonly card: AttentionCard }) => {
  const { t } = useTranslation();
  const language = useLanguage();
  const now = useNow(false);
  const written = readWritten(card);
  return (
    <article
      className="attention-card"
      aria-label={`${card.formNumber} ${t(`history.${card.kind}`)}`}
      data-testid="attention-card"
      data-value={card.refusal.code}
    >
      <header className="entry-head">
        <WarningOutlined aria-hidden="true" />
        <strong>
          {t(`history.${card.kind}`)}: {refusalText(t, card.refusal)}
        </strong>
        <span className="digits quiet">
          {card.formNumber} · {card.by} · {momentText(card.madeAt, now, language)}
        </span>
      </header>
      {written && <Written card={card} written={written} />}
      {written?.kind !== 'form.edit' && <p className="quiet">{centreText(t, card)}</p>}
      <Behind card={card} />
      {card.refusedBy === 'desk' ? (
        <p className="quiet">{t('attention.onItsWay')}</p>
      ) : (
        <WaysOut card={card} written={written} />
      )}
    </article>
  );
};

const readWritten = ({
  form,
  kind,
  payload,
}: Pick<AttentionCard, 'form' | 'kind' | 'payload'>): WrittenAction | null => {
  const parsed = writtenAction.safeParse({ form, kind, payload });
  return parsed.success ? parsed.data : null;
};

const useSpoken = () => {
  const { t } = useTranslation();
  const language = useLanguage();
  const now = useNow(false);
  const rules = useDeskSelector((state) => state.desk.sync.procedureRules);
  return { t, language, now, rules };
};

const Written = ({ card, written }: { readonly card: AttentionCard; readonly written: WrittenAction }) => {
  const spoken = useSpoken();
  const { t } = spoken;
  const compared = comparisons(spoken, written, card.centre);
  if (compared.length > 0) {
    return (
      <table className="compared">
        <thead>
          <tr>
            {(['field', 'saw', 'wrote', 'now'] as const).map((name) => (
              <th key={name} scope="col">
                {t(`attention.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {compared.map(({ label, saw, wrote, now }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td className="quiet">{saw ?? '—'}</td>
              <td>
                <strong>{wrote}</strong>
              </td>
              <td>{now ?? t('attention.noForm')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    );
  }
  return <Facts facts={writtenFacts(spoken, written)} />;
};

const Facts = ({ facts }: { readonly facts: ReturnType<typeof writtenFacts> }) =>
  facts.length === 0 ? null : (
    <dl className="written">
      {facts.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );

/** The form as the centre has it, in a line. */
const centreText = (t: TFunction, { centre }: AttentionCard): string => {
  if (!centre) return t('attention.noForm');
  const { status, stage, holder, work } = centre;
  const state = [
    t(`status.${status}`),
    t(`stage.${stage}`),
    ...(holder === null ? [] : [t('attention.heldBy', { by: holder })]),
    ...(work.state === 'claimed' ? [t('attention.claimedBy', { by: work.by })] : []),
  ];
  return t('attention.nowOnForm', { state: state.join(' · ') });
};

/** What was done to the form since, in words: it is sent once this is settled. */
const Behind = ({ card }: { readonly card: AttentionCard }) => {
  const spoken = useSpoken();
  const { t, language, now } = spoken;
  const { count, first } = card.behind;
  if (count === 0) return null;
  return (
    <details className="behind" data-testid="attention-behind" data-value={count}>
      <summary>{t('attention.behind', { count })}</summary>
      <ol className="entries">
        {first.map((one) => {
          const written = readWritten({ ...one, form: card.form });
          return (
            <li key={one.id}>
              <span className="entry-head">
                <strong>{t(`history.${one.kind}`)}</strong>
                <time className="quiet digits">{momentText(one.madeAt, now, language)}</time>
              </span>
              {written && <Facts facts={writtenFacts(spoken, written)} />}
            </li>
          );
        })}
      </ol>
      {count > first.length && <p className="quiet">{t('attention.behindMore', { count: count - first.length })}</p>}
    </details>
  );
};

/** A claim that another won loses nothing when it is put away. */
const losesNothing: readonly AttentionCard['kind'][] = ['form.claim', 'form.release', 'form.take', 'form.put-back'];

const WaysOut = ({ card, written }: { readonly card: AttentionCard; readonly written: WrittenAction | null }) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<{ readonly code: FormFailure['code']; readonly text: string } | null>(null);
  const settle = async (how: typeof offerAgain, said: (reason: string) => string): Promise<void> => {
    setBusy(true);
    const answer = await dispatch(how(card));
    setBusy(false);
    setFailure(answer.ok ? null : { code: answer.error.code, text: said(refusalText(t, answer.error)) });
  };
  const again = (): Promise<void> => settle(offerAgain, (reason) => t('attention.again', { reason }));
  const dismiss = (): void => void settle(dismissCard, (reason) => reason);
  return (
    <>
      {failure && (
        <p className="field-problem" role="alert" data-testid="attention-refused" data-value={failure.code}>
          {failure.text}
        </p>
      )}
      {!written && <p className="quiet">{t('attention.onlyCentre')}</p>}
      {asking ? (
        <fieldset className="call-buttons" aria-label={t('attention.dismissSure')}>
          <span>{t('attention.dismissSure')}</span>
          <Button size="small" danger onClick={dismiss} data-testid="attention-dismiss-yes">
            {t('attention.dismissYes')}
          </Button>
          <Button size="small" autoFocus onClick={() => setAsking(false)} data-testid="attention-dismiss-no">
            {t('attention.dismissNo')}
          </Button>
        </fieldset>
      ) : (
        <div className="call-buttons">
          {written && (
            <Button
              size="small"
              type="primary"
              loading={busy}
              onClick={() => void again()}
              data-testid="attention-again"
            >
              {t('attention.offerAgain')}
            </Button>
          )}
          {losesNothing.includes(card.kind) ? (
            <Button size="small" onClick={dismiss} data-testid="attention-dismiss">
              {t('inbox.understood')}
            </Button>
          ) : (
            <Button size="small" onClick={() => setAsking(true)} data-testid="attention-dismiss">
              {t('attention.dismiss')}
            </Button>
          )}
        </div>
      )}
    </>
  );
};

import { WarningOutlined } from '@ant-design/icons';
import { Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttentionCard, FormView } from '../../../contract/ipc.ts';
import { complaintFieldNames } from '../../../domain/forms/complaint.ts';
import { momentText } from '../../app/i18n/format.ts';
import { useLanguage } from '../../app/parts/use-language.ts';
import { useNow } from '../../app/parts/use-now.ts';
import type { FormFailure } from '../../app/store/editor-slice.ts';
import { actionOfCard, dismissCard, writeAgain } from '../../app/store/settle-attention.ts';
import { useDeskDispatch } from '../../app/store/store.ts';
import { fieldText } from './field-text.ts';
import { refusalText } from './refusal-text.ts';

interface CardsProps {
  readonly cards: readonly AttentionCard[];
  /** The form beside which the cards stand, to show what stands there now. */
  readonly view?: FormView;
}

export const AttentionCards = ({ cards, view }: CardsProps) => (
  <>
    {cards.map((card) => (
      <Card key={card.id} card={card} view={view} />
    ))}
  </>
);

const Card = ({ card, view }: { readonly card: AttentionCard; readonly view: FormView | undefined }) => {
  const { t } = useTranslation();
  const language = useLanguage();
  const dispatch = useDeskDispatch();
  const now = useNow(false);
  const [failure, setFailure] = useState<FormFailure | null>(null);
  const action = actionOfCard(card);
  // A claim that another won cannot be written again: there is nothing in it to lose.
  const aboutWork = action?.kind === 'form.claim' || action?.kind === 'form.release';
  const again = async (): Promise<void> => {
    const answer = await dispatch(writeAgain(card));
    setFailure(answer.ok ? null : answer.error);
  };
  return (
    <article className="attention-card" data-testid="attention-card" data-value={card.refusal.code}>
      <header className="entry-head">
        <WarningOutlined aria-hidden="true" />
        <strong>{refusalText(t, card.refusal)}</strong>
        <span className="digits quiet">
          {card.formNumber} · {momentText(card.madeAt, now, language)}
        </span>
      </header>
      {!aboutWork && <p className="caption">{t('attention.wrote')}</p>}
      {action?.kind === 'form.edit' &&
        complaintFieldNames
          .filter((name) => action.payload.to[name] !== undefined)
          .map((name) => (
            <dl key={name} className="card-field">
              <dt>{t(`field.${name}`)}</dt>
              <dd>{fieldText(t, name, action.payload.to[name] ?? null)}</dd>
              {view && (
                <dd className="quiet">
                  {t('clash.theirs')}: {fieldText(t, name, view.form.fields[name])}
                </dd>
              )}
            </dl>
          ))}
      {action?.kind === 'form.note' && <p className="entry-text">{action.payload.text}</p>}
      {action?.kind === 'form.transcribe' && <p className="entry-text">{action.payload.to}</p>}
      {action?.kind === 'form.check-back' && <p className="entry-text">{action.payload.text}</p>}
      {action?.kind === 'form.check-back-answered' && <p className="entry-text">{action.payload.text}</p>}
      {action?.kind === 'form.attach' && <p>{action.payload.name}</p>}
      {action && action.kind !== 'form.edit' && <p className="quiet">{t(`history.${action.kind}`)}</p>}
      {failure && <p className="field-problem">{t('attention.again', { reason: refusalText(t, failure) })}</p>}
      <div className="call-buttons">
        {action && !aboutWork && (
          <Button size="small" type="primary" onClick={() => void again()} data-testid="attention-again">
            {t('attention.writeAgain')}
          </Button>
        )}
        {aboutWork ? (
          <Button size="small" onClick={() => void dispatch(dismissCard(card))} data-testid="attention-dismiss">
            {t('inbox.understood')}
          </Button>
        ) : (
          <Popconfirm title={t('attention.dismissSure')} onConfirm={() => void dispatch(dismissCard(card))}>
            <Button size="small" data-testid="attention-dismiss">
              {t('attention.dismiss')}
            </Button>
          </Popconfirm>
        )}
      </div>
    </article>
  );
};

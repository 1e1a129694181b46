import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { stepArticle } from '../../app/store/edit-articles.ts';
import { useDeskDispatch } from '../../app/store/store.ts';

/** A step that needs a reason, which stays in the audit. */
export const ReasonBox = ({
  article,
  step,
  onClose,
}: {
  readonly article: string;
  readonly step: 'send-back' | 'retire' | 'drop';
  readonly onClose: () => void;
}) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const [reason, setReason] = useState('');
  const go = async (): Promise<void> => {
    if (reason.trim() && (await dispatch(stepArticle(article, { kind: step, reason: reason.trim() })))) onClose();
  };
  return (
    <fieldset className="note-new" aria-label={t(`articleStep.${step}`)}>
      <Input
        autoFocus
        value={reason}
        maxLength={1_000}
        aria-label={t('articles.reason')}
        placeholder={t('articles.reason')}
        onChange={(event) => setReason(event.target.value)}
        onPressEnter={() => void go()}
        onKeyDown={(event) => event.key === 'Escape' && onClose()}
        data-testid="article-reason"
      />
      <Button disabled={!reason.trim()} onClick={() => void go()} data-testid="article-reason-do">
        {t(`articleStep.${step}`)}
      </Button>
    </fieldset>
  );
};

import { Button } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { chinaDay } from '../../../domain/knowledge/validity.ts';
import { stepArticle } from '../../app/store/edit-articles.ts';
import { useDeskDispatch, useDeskSelector } from '../../app/store/store.ts';

/** From when to when agents may answer by it, both days included. */
export const PublishBox = ({ article, onClose }: { readonly article: string; readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const clockOffsetMs = useDeskSelector((state) => state.desk.sync.clockOffsetMs);
  const [from, setFrom] = useState(() => chinaDay(Date.now() + clockOffsetMs));
  const [to, setTo] = useState('');
  const publish = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const validity = { from, to: to === '' ? null : to };
    if (await dispatch(stepArticle(article, { kind: 'publish', validity }))) onClose();
  };
  return (
    <form
      className="publish-box"
      aria-label={t('articleStep.publish')}
      onSubmit={(event) => void publish(event)}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <label>
        {t('articles.validFrom')}
        <input
          // biome-ignore lint/a11y/noAutofocus: the box was asked for just now
          autoFocus
          required
          type="date"
          className="choice"
          value={from}
          onChange={(event) => setFrom(event.target.value)}
          data-testid="article-valid-from"
        />
      </label>
      <label>
        {t('articles.validTo')}
        <input
          type="date"
          className="choice"
          value={to}
          min={from}
          onChange={(event) => setTo(event.target.value)}
          data-testid="article-valid-to"
        />
      </label>
      <Button type="primary" htmlType="submit" data-testid="article-publish-do">
        {t('articleStep.publish')}
      </Button>
    </form>
  );
};

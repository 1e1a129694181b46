import { Button, DatePicker } from 'antd';
import dayjs from 'dayjs';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { chinaDay } from '../../../domain/knowledge/validity.ts';
import { stepArticle } from '../../app/store/edit-articles.ts';
import { useDeskDispatch, useDeskSelector } from '../../app/store/store.ts';

const dayFormat = 'YYYY-MM-DD';

/** From when to when agents may answer by it, both days included. */
export const PublishBox = ({ article, onClose }: { readonly article: string; readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const clockOffsetMs = useDeskSelector((state) => state.desk.sync.clockOffsetMs);
  const [from, setFrom] = useState(() => chinaDay(Date.now() + clockOffsetMs));
  const [to, setTo] = useState<string | null>(null);
  const publish = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (await dispatch(stepArticle(article, { kind: 'publish', validity: { from, to } }))) onClose();
  };
  return (
    <form
      className="publish-box"
      aria-label={t('articleStep.publish')}
      onSubmit={(event) => void publish(event)}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <div className="field">
        <label htmlFor="article-valid-from">{t('articles.validFrom')}</label>
        <DatePicker
          id="article-valid-from"
          data-testid="article-valid-from"
          autoFocus
          allowClear={false}
          value={dayjs(from)}
          onChange={(day) => day && setFrom(day.format(dayFormat))}
        />
      </div>
      <div className="field">
        <label htmlFor="article-valid-to">{t('articles.validTo')}</label>
        <DatePicker
          id="article-valid-to"
          data-testid="article-valid-to"
          placeholder={t('articles.open')}
          minDate={dayjs(from)}
          value={to === null ? null : dayjs(to)}
          onChange={(day) => setTo(day ? day.format(dayFormat) : null)}
        />
      </div>
      <Button type="primary" htmlType="submit" data-testid="article-publish-do">
        {t('articleStep.publish')}
      </Button>
    </form>
  );
};

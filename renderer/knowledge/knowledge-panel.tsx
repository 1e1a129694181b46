import { BookOutlined, CloseOutlined } from '@ant-design/icons';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { KeyIcon } from '../app/parts/key-icon.tsx';
import { panelClosed } from '../app/store/knowledge-slice.ts';
import { useDeskDispatch, useDeskSelector } from '../app/store/store.ts';
import { ArticlePage } from './article-page.tsx';
import { ArticleSearch } from './article-search.tsx';
import { HardCase } from './hard-case.tsx';

/** The knowledge base beside the form (D1), worked by keys alone; closing it brings the focus back. */
export const KnowledgePanel = () => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const { article, hardCase } = useDeskSelector((state) => state.knowledge);
  const [focusedBefore] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (focusedBefore instanceof HTMLElement && focusedBefore.isConnected) focusedBefore.focus();
    },
    [focusedBefore],
  );
  return (
    <section className="panel knowledge" aria-label={t('knowledge.title')} data-testid="knowledge">
      <header className="knowledge-head">
        <h2>
          <BookOutlined aria-hidden="true" /> {t('knowledge.title')}
        </h2>
        <span className="quiet knowledge-keys">
          {!hardCase && t(article ? 'knowledge.keysReading' : 'knowledge.keys')}
        </span>
        <KeyIcon hotKey="close-knowledge" icon={<CloseOutlined />} onClick={() => dispatch(panelClosed())} />
      </header>
      {hardCase && <HardCase key={hardCase} form={hardCase} />}
      {!hardCase && article && <ArticlePage key={article.id} article={article} />}
      {!hardCase && !article && <ArticleSearch />}
    </section>
  );
};

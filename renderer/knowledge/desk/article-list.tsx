import { PlusOutlined, SearchOutlined } from '@ant-design/icons';
import { Button, Input, type InputRef } from 'antd';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { articleParts } from '../../../contract/knowledge.ts';
import { KeyButton } from '../../app/parts/key-button.tsx';
import { useHotKeys } from '../../app/parts/use-hot-keys.ts';
import { chooseArticles, newArticle, readArticles, seekTitle } from '../../app/store/edit-articles.ts';
import { useDeskDispatch, useDeskSelector } from '../../app/store/store.ts';
import { ArticleRow } from './article-row.tsx';
import { failureText } from './failure-text.ts';
import { useKnowledgeRight } from './use-knowledge-right.ts';

/** Articles by where they stand; the review queue is one of the parts. */
export const ArticleList = () => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const { part, title, page, reading, failure } = useDeskSelector((state) => state.articles);
  const mayWrite = useKnowledgeRight('knowledge.write');
  const box = useRef<InputRef>(null);
  const rows = useRef<HTMLUListElement>(null);
  useHotKeys({ search: () => box.current?.focus({ cursor: 'all' }) });
  useEffect(() => box.current?.focus(), []);
  const move = (event: KeyboardEvent): void => {
    const steps = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    // In the search box it moves among what is typed.
    const toEditor = event.key === 'ArrowRight' && event.target instanceof HTMLButtonElement;
    if (toEditor) document.getElementById('form')?.focus();
    if (steps === undefined) return;
    event.preventDefault();
    const all = [...(rows.current?.querySelectorAll<HTMLElement>('[data-testid="article-row"]') ?? [])];
    all[Math.max(0, all.findIndex((row) => row.matches(':focus')) + steps)]?.focus();
  };
  return (
    <section className="panel list-panel" aria-label={t('articles.title')} data-testid="articles-list">
      <header className="list-head">
        <div className="list-title">
          <h2>{t('articles.title')}</h2>
          {mayWrite && (
            <KeyButton
              hotKey="new-form"
              testId="article-new"
              type="primary"
              icon={<PlusOutlined />}
              onClick={() => dispatch(newArticle())}
            >
              {t('articles.new')}
            </KeyButton>
          )}
        </div>
        <Input
          ref={box}
          type="search"
          prefix={<SearchOutlined aria-hidden="true" />}
          suffix={<kbd className="key">Ctrl+K</kbd>}
          value={title}
          maxLength={200}
          placeholder={t('articles.search')}
          aria-label={t('articles.search')}
          onChange={(event) => void dispatch(seekTitle(event.target.value))}
          onKeyDown={move}
          data-testid="articles-search"
        />
        <p className="quiet inbox-hint">{t('articles.keys')}</p>
        <nav className="article-parts" aria-label={t('articles.parts')}>
          {articleParts.map((one) => (
            <button
              key={one}
              type="button"
              className="article-part"
              aria-current={one === part}
              onClick={() => void dispatch(chooseArticles(one))}
              data-testid={`articles-${one}`}
              data-value={page?.counts[one] ?? ''}
            >
              {t(`articlePart.${one}`)} <span className="count digits">{page?.counts[one] ?? 0}</span>
            </button>
          ))}
        </nav>
      </header>
      {failure && (
        <p
          className="call-note note-bad articles-failed"
          role="alert"
          data-testid="articles-failed"
          data-value={failure.code}
        >
          {failureText(t, failure)}{' '}
          <Button size="small" onClick={() => void dispatch(readArticles())}>
            {t('list.retry')}
          </Button>
        </p>
      )}
      <ul className="rows" ref={rows} onKeyDown={move} data-testid="articles-rows">
        {page?.articles.map((article) => (
          <ArticleRow key={article.id} article={article} />
        ))}
        {!reading && page?.articles.length === 0 && (
          <li className="empty quiet">{title === '' ? t(`articlesEmpty.${part}`) : t('articles.noMatch')}</li>
        )}
      </ul>
    </section>
  );
};

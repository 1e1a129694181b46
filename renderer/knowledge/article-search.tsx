import { SearchOutlined } from '@ant-design/icons';
import { Button, Input, type InputRef } from 'antd';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ArticleHit } from '../../contract/knowledge.ts';
import { useLanguage } from '../app/parts/use-language.ts';
import { hitChosen, panelClosed } from '../app/store/knowledge-slice.ts';
import { openKnowledge, seekArticles, showArticle } from '../app/store/search-knowledge.ts';
import { useDeskDispatch, useDeskSelector } from '../app/store/store.ts';
import { MarkedText } from './marked-text.tsx';

const idOf = (hit: ArticleHit | undefined): string | undefined => hit && `hit-${hit.id}`;

/** Found as one types; the arrows choose and Enter opens while the focus stays in the box. */
export const ArticleSearch = () => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const { asked, text, hits, more, phase, chosen } = useDeskSelector((state) => state.knowledge);
  const box = useRef<InputRef>(null);
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time it is asked for
  useEffect(() => box.current?.focus({ cursor: 'all' }), [asked]);
  useEffect(() => {
    list.current?.children[chosen]?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const onKey = (event: KeyboardEvent): void => {
    // While an input method composes, its keys are its own.
    if (event.nativeEvent.isComposing) return;
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5 }[event.key];
    const hit = hits[chosen];
    if (steps !== undefined) dispatch(hitChosen(chosen + steps));
    else if (event.key === 'Enter' && hit) void dispatch(showArticle(hit.id));
    else if (event.key === 'Escape') dispatch(panelClosed());
    else return;
    event.preventDefault();
  };
  return (
    <>
      <div className="knowledge-search">
        <Input
          ref={box}
          prefix={<SearchOutlined aria-hidden="true" />}
          suffix={<kbd className="key">F1</kbd>}
          value={text}
          maxLength={200}
          placeholder={t('knowledge.search')}
          aria-label={t('knowledge.search')}
          role="combobox"
          aria-expanded
          aria-autocomplete="list"
          aria-controls="knowledge-hits"
          aria-activedescendant={idOf(hits[chosen])}
          onChange={(event) => void dispatch(seekArticles(event.target.value))}
          onKeyDown={onKey}
          data-testid="knowledge-search"
        />
      </div>
      {phase === 'failed' && (
        <p className="call-note note-bad" role="alert">
          {t('knowledge.failed')}{' '}
          <Button size="small" onClick={() => void dispatch(openKnowledge())}>
            {t('list.retry')}
          </Button>
        </p>
      )}
      {phase === 'read' && text.trim() === '' && hits.length > 0 && (
        <p className="quiet knowledge-note">{t('knowledge.newest')}</p>
      )}
      <div
        className="knowledge-hits"
        id="knowledge-hits"
        role="listbox"
        aria-label={t('knowledge.found')}
        ref={list}
        data-testid="knowledge-hits"
        data-value={phase === 'read' ? hits.length : ''}
      >
        {hits.map((hit, place) => (
          <Hit key={hit.id} hit={hit} words={text} chosen={place === chosen} />
        ))}
      </div>
      {phase === 'read' && hits.length === 0 && (
        <p className="empty quiet" role="status" data-testid="knowledge-none">
          {text.trim() === '' ? t('knowledge.empty') : t('knowledge.noMatch')}
        </p>
      )}
      {more && text.trim() !== '' && <p className="quiet knowledge-note">{t('knowledge.more')}</p>}
    </>
  );
};

const Hit = ({
  hit,
  words,
  chosen,
}: {
  readonly hit: ArticleHit;
  readonly words: string;
  readonly chosen: boolean;
}) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const inEnglish = useLanguage() === 'en' && hit.titleEn !== '';
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the search box's
    <div
      id={idOf(hit)}
      className="hit"
      role="option"
      aria-selected={chosen}
      tabIndex={-1}
      onClick={() => void dispatch(showArticle(hit.id))}
      data-testid="knowledge-hit"
      data-article={hit.id}
    >
      <span className="hit-title">
        <MarkedText text={inEnglish ? hit.titleEn : hit.titleZh} words={words} />
      </span>
      <span className="hit-excerpt">
        <MarkedText text={inEnglish ? hit.excerptEn : hit.excerptZh} words={words} />
      </span>
      {hit.validTo !== null && <span className="pill hit-until">{t('knowledge.until', { to: hit.validTo })}</span>}
    </div>
  );
};

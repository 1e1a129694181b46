import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ArticleContent, ArticleVersion, VersionLife } from '../../../domain/knowledge/article.ts';
import { momentText } from '../../app/i18n/format.ts';
import { useLanguage } from '../../app/parts/use-language.ts';
import { ArticleFiles } from '../article-files.tsx';
import { compareTexts } from './compare-texts.ts';
import { stateTones } from './state-tones.ts';

/** Every version there has been, the newest first: who wrote, reviewed and published it, and what it changed. */
export const VersionList = ({ versions }: { readonly versions: readonly ArticleVersion[] }) => {
  const { t } = useTranslation();
  const language = useLanguage();
  const [shown, setShown] = useState<number | null>(null);
  const at = (moment: number): string => momentText(moment, Date.now(), language);
  const lines = (life: VersionLife): readonly string[] => [
    ...('reviewed' in life ? [t('articles.reviewedBy', { by: life.reviewed.by, at: at(life.reviewed.at) })] : []),
    ...('published' in life
      ? [
          t('articles.publishedBy', {
            by: life.published.by,
            at: at(life.published.at),
            from: life.published.validity.from,
            to: life.published.validity.to ?? t('articles.open'),
          }),
        ]
      : []),
    ...('reason' in life ? [t('articles.endedBy', { by: life.by, at: at(life.at), reason: life.reason })] : []),
  ];
  return (
    <ol className="entries" data-testid="article-versions">
      {versions.toReversed().map((one) => (
        <li key={one.version}>
          <span className="entry-head">
            <strong>{t('knowledge.version', { version: one.version })}</strong>
            <span className={`pill ${stateTones[one.life.state]}`}>{t(`articleState.${one.life.state}`)}</span>
            <span className="quiet digits">
              {t('articles.writtenBy', { by: one.authors.join(t('articles.comma')), at: at(one.writtenAt) })}
            </span>
            <Button
              size="small"
              aria-expanded={shown === one.version}
              onClick={() => setShown(shown === one.version ? null : one.version)}
              data-testid={`article-version-${one.version}`}
            >
              {t(one.version === 1 ? 'articles.read' : 'articles.compare')}
            </Button>
          </span>
          {lines(one.life).map((line) => (
            <span key={line} className="entry-line digits">
              {line}
            </span>
          ))}
          {shown === one.version && (
            <VersionText
              content={one.content}
              before={versions.find(({ version }) => version === one.version - 1)?.content}
            />
          )}
        </li>
      ))}
    </ol>
  );
};

/** A version to be read, with what it changed of the one before it set off. */
const VersionText = ({
  content,
  before,
}: {
  readonly content: ArticleContent;
  readonly before: ArticleContent | undefined;
}) => {
  const textOf = ({ zh, en, keywords }: ArticleContent): string =>
    [zh.title, zh.body, ...(en ? ['', en.title, en.body] : []), '', keywords.join(' · ')].join('\n');
  const text = textOf(content);
  return (
    <>
      <p className="article-text version-text">
        {compareTexts(before ? textOf(before) : text, text).map(({ at, text: part, how }) => {
          if (how === 'added') return <ins key={at}>{part}</ins>;
          return how === 'removed' ? <del key={at}>{part}</del> : <span key={at}>{part}</span>;
        })}
      </p>
      <ArticleFiles files={content.attachments} />
    </>
  );
};

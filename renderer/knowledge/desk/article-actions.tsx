import { SaveOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ArticleVersion, openVersion } from '../../../domain/knowledge/article.ts';
import { nextVersionState, versionRules } from '../../../domain/knowledge/article-life.ts';
import { mayDo } from '../../../domain/people/roles.ts';
import { KeyButton } from '../../app/parts/key-button.tsx';
import { beginVersion, saveArticle, stepArticle } from '../../app/store/edit-articles.ts';
import { useDeskDispatch, useDeskSelector } from '../../app/store/store.ts';
import { PublishBox } from './publish-box.tsx';
import { ReasonBox } from './reason-box.tsx';
import { useKnowledgeRight } from './use-knowledge-right.ts';

const steps = ['submit', 'approve', 'send-back', 'publish', 'retire', 'drop'] as const;
type StepKind = (typeof steps)[number];

/** The steps that the state table and the rights allow, and nothing else. */
export const ArticleActions = ({ article }: { readonly article: string }) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const [asking, setAsking] = useState<StepKind | null>(null);
  const person = useDeskSelector((state) => state.desk.session?.person);
  const view = useDeskSelector((state) => state.articles.views[article]);
  const typed = useDeskSelector((state) => state.articles.typed[article]);
  const busy = useDeskSelector((state) => state.articles.busy);
  const mayWrite = useKnowledgeRight('knowledge.write');
  const open = view && openVersion(view.article);
  const published = view?.article.versions.find(({ life }) => life.state === 'published');

  const versionOf = (step: StepKind): ArticleVersion | undefined => (step === 'retire' ? published : open);
  const isOffered = (step: StepKind): boolean => {
    const version = versionOf(step);
    return (
      mayDo(person?.roles ?? [], versionRules[step].right) &&
      version !== undefined &&
      nextVersionState(version.life.state, step) !== undefined
    );
  };
  const isOwn = (step: StepKind): boolean =>
    versionRules[step].eyes === 'others' && versionOf(step)?.authors.includes(person?.staffNumber ?? '') === true;
  const begin = (step: StepKind): void => {
    if (step === 'submit' || step === 'approve') void dispatch(stepArticle(article, { kind: step }));
    else setAsking(step === asking ? null : step);
  };
  const offered = steps.filter(isOffered);
  const canSave = mayWrite && typed !== undefined && open?.life.state !== 'in-review';
  const canBegin = mayWrite && view !== undefined && open === undefined && typed === undefined;
  if (offered.length === 0 && !canSave && !canBegin) return null;
  return (
    <div className="work-bar article-actions" data-testid="article-actions">
      <div className="article-buttons">
        {canSave && (
          <KeyButton
            hotKey="save"
            testId="article-save"
            type="primary"
            icon={<SaveOutlined />}
            loading={busy}
            onClick={() => void dispatch(saveArticle(article))}
          >
            {t('articles.save')}
          </KeyButton>
        )}
        {canBegin && (
          <Button onClick={() => dispatch(beginVersion(article))} data-testid="article-new-version">
            {t('articles.newVersion')}
          </Button>
        )}
        {offered.map((step) => (
          <Button
            key={step}
            type={step === 'approve' || step === 'publish' ? 'primary' : 'default'}
            danger={step === 'retire' || step === 'drop'}
            disabled={busy || isOwn(step)}
            aria-expanded={step === 'submit' || step === 'approve' ? undefined : step === asking}
            onClick={() => begin(step)}
            data-testid={`article-${step}`}
          >
            {t(`articleStep.${step}`)}
          </Button>
        ))}
        {offered.some(isOwn) && <span className="quiet article-own">{t('articleFailure.own-work')}</span>}
      </div>
      {asking === 'publish' && <PublishBox article={article} onClose={() => setAsking(null)} />}
      {(asking === 'send-back' || asking === 'retire' || asking === 'drop') && (
        <ReasonBox key={asking} article={article} step={asking} onClose={() => setAsking(null)} />
      )}
    </div>
  );
};

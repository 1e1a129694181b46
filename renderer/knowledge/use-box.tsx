import { CheckCircleOutlined, DislikeOutlined, LikeOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormView } from '../../contract/ipc.ts';
import type { PublishedArticle } from '../../domain/knowledge/article.ts';
import { mayDo } from '../../domain/people/roles.ts';
import { KeyButton } from '../app/parts/key-button.tsx';
import { useHotKeys } from '../app/parts/use-hot-keys.ts';
import type { FormFailure } from '../app/store/editor-slice.ts';
import { useDeskDispatch, useDeskSelector } from '../app/store/store.ts';
import { noteArticleUse, type Verdict } from '../app/store/use-article.ts';
import { refusalText } from '../desk/forms/refusal-text.ts';

/** Under an article: that it was used for the form on the screen, and what it was worth (D1). */
export const UseBox = ({ article }: { readonly article: PublishedArticle }) => {
  const { t } = useTranslation();
  const person = useDeskSelector((state) => state.desk.session?.person);
  const view = useDeskSelector(({ editor }) => (editor.openForm ? editor.views[editor.openForm] : undefined));
  if (!person || !mayDo(person.roles, 'form.edit')) return null;
  return (
    <section className="use-box" aria-label={t('use.title')} data-testid="use-box">
      {view ? (
        <UseOnForm key={view.form.id} view={view} article={article} by={person.staffNumber} />
      ) : (
        <span className="quiet">{t('use.noForm')}</span>
      )}
    </section>
  );
};

const UseOnForm = ({
  view: { form },
  article,
  by,
}: {
  readonly view: FormView;
  readonly article: PublishedArticle;
  readonly by: string;
}) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const [words, setWords] = useState('');
  const [failure, setFailure] = useState<FormFailure | null>(null);
  const used = form.procedure.articlesUsed.find(
    (one) => one.article === article.id && one.version === article.version && one.by === by,
  );
  const say = async (verdict: Verdict): Promise<void> => {
    const answer = await dispatch(noteArticleUse(form.id, article, verdict));
    setFailure(answer.ok ? null : answer.error);
    if (answer.ok) setWords('');
  };
  const first = (): void => void say({ helped: null, text: '' });
  useHotKeys({ 'use-article': used ? undefined : first });
  const verdict = (helped: boolean, icon: React.ReactNode) => (
    <Button
      type={used?.helped === helped ? 'primary' : 'default'}
      aria-pressed={used?.helped === helped}
      icon={icon}
      onClick={() => void say({ helped, text: words.trim() })}
      data-testid={helped ? 'use-helped' : 'use-not-helped'}
    >
      {t(helped ? 'use.helped' : 'use.notHelped')}
    </Button>
  );
  return (
    <>
      {used ? (
        <span className="use-done" role="status" data-testid="use-done" data-value={String(used.helped)}>
          <CheckCircleOutlined aria-hidden="true" /> {t('use.used', { number: form.number })}
        </span>
      ) : (
        <KeyButton hotKey="use-article" testId="use-article" type="primary" onClick={first}>
          {t('use.use')}
        </KeyButton>
      )}
      {verdict(true, <LikeOutlined />)}
      {verdict(false, <DislikeOutlined />)}
      <Input
        className="use-words"
        value={words}
        maxLength={4_000}
        placeholder={t('use.words')}
        aria-label={t('use.words')}
        onChange={(event) => setWords(event.target.value)}
        onPressEnter={() => words.trim() && void say({ helped: used?.helped ?? null, text: words.trim() })}
        data-testid="use-words"
      />
      {used && used.text !== '' && (
        <span className="quiet use-said" role="status" data-testid="use-said">
          {t('use.said')}
        </span>
      )}
      {failure && (
        <span className="field-problem" role="alert" data-testid="use-failure" data-value={failure.code}>
          {refusalText(t, failure)}
        </span>
      )}
    </>
  );
};

import { CheckCircleOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Form } from '../../domain/forms/form.ts';
import { methodTyped, panelClosed } from '../app/store/knowledge-slice.ts';
import { useDeskDispatch, useDeskSelector } from '../app/store/store.ts';
import { handInMethod, type MethodRefused } from '../app/store/use-article.ts';
import { refusalText } from '../desk/forms/refusal-text.ts';
import { failureText } from './desk/failure-text.ts';

/** S2: a senior agent writes the method for a hard case; handing it in is the one step to a draft. */
export const HardCase = ({ form: id }: { readonly form: string }) => {
  const { t } = useTranslation();
  const form = useDeskSelector((state) => state.editor.views[id]?.form);
  return form ? <MethodBox form={form} /> : <p className="empty quiet">{t('hardCase.noForm')}</p>;
};

const MethodBox = ({ form }: { readonly form: Form }) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const text = useDeskSelector((state) => state.knowledge.methods[form.id] ?? '');
  const handedIn = useDeskSelector((state) => state.knowledge.handedIn.includes(form.id));
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const whyNot = (refusal: MethodRefused): string =>
    refusal.on === 'form' ? refusalText(t, refusal.failure) : failureText(t, refusal.failure);
  const send = async (): Promise<void> => {
    if (!text.trim() || busy) return;
    setBusy(true);
    const answer = await dispatch(handInMethod(form, text.trim()));
    setBusy(false);
    setProblem(answer.ok ? null : whyNot(answer.error));
  };
  return (
    <section className="hard-case" aria-label={t('hardCase.title', { number: form.number })} data-testid="hard-case">
      <h3 className="article-title digits">{t('hardCase.title', { number: form.number })}</h3>
      <p className="quiet">{t('hardCase.hint')}</p>
      <Input.TextArea
        autoFocus
        value={text}
        maxLength={4_000}
        autoSize={{ minRows: 8, maxRows: 18 }}
        aria-label={t('hardCase.method')}
        placeholder={t('hardCase.method')}
        onChange={(event) => dispatch(methodTyped({ form: form.id, text: event.target.value }))}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Escape') dispatch(panelClosed());
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send();
        }}
        data-testid="hard-case-method"
      />
      <div className="hard-case-send">
        <Button
          type="primary"
          disabled={!text.trim()}
          loading={busy}
          onClick={() => void send()}
          data-testid="hard-case-send"
        >
          {t('hardCase.send')} <span className="key">Ctrl+Enter</span>
        </Button>
        {handedIn && text === '' && (
          <span className="use-done" role="status" data-testid="hard-case-sent">
            <CheckCircleOutlined aria-hidden="true" /> {t('hardCase.sent')}
          </span>
        )}
      </div>
      {problem && (
        <p className="field-problem" role="alert" data-testid="hard-case-problem">
          {problem}
        </p>
      )}
    </section>
  );
};

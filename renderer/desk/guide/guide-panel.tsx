import {
  ArrowLeftOutlined,
  CheckCircleOutlined,
  CompassOutlined,
  LoadingOutlined,
  LockOutlined,
  WarningOutlined,
} from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { answersAt, guidePages } from '../../../domain/forms/procedure/guide.ts';
import { earlierChosen } from '../../../domain/forms/procedure/guide-again.ts';
import { answerId, type GuideAnswer } from '../../../domain/forms/procedure/guide-answers.ts';
import type { GuideStep } from '../../../domain/forms/procedure/guide-state.ts';
import { isEnded } from '../../../domain/forms/procedure/repeat.ts';
import { KeyButton } from '../../app/parts/key-button.tsx';
import { useLanguage } from '../../app/parts/use-language.ts';
import { useNow } from '../../app/parts/use-now.ts';
import { toggleGuide } from '../../app/store/begin-guide.ts';
import { guideFacts } from '../../app/store/guide-facts.ts';
import { type GuideTalk, guideWordsTyped } from '../../app/store/guide-slice.ts';
import { useDeskDispatch, useDeskSelector } from '../../app/store/store.ts';
import { answerGuide, backInGuide, mayGoBackNow } from '../../app/store/work-guide.ts';
import { refusalText } from '../forms/refusal-text.ts';
import { answerText, hindranceText } from './answer-text.ts';
import { guideKeyLabel } from './guide-keys.ts';
import { GuidePath } from './guide-path.tsx';
import { GuideRecords } from './guide-records.tsx';
import { guideBoxId, useGuideFocus } from './use-guide-focus.ts';
import { useGuideKeys } from './use-guide-keys.ts';

/** The question of the procedure, what the records say to it, its answers and what follows from each (J1–J6). */
export const GuidePanel = ({ guide, talk }: { readonly guide: string; readonly talk: GuideTalk }) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const desk = useDeskSelector((state) => state.desk);
  const editor = useDeskSelector((state) => state.editor);
  const phone = useDeskSelector((state) => state.phone);
  const now = useNow(true) + desk.sync.clockOffsetMs;
  const facts = guideFacts({ desk, editor, phone }, talk, now);
  const { step, choices, path } = talk.state;
  const page = guidePages[step];
  const answers = answersAt(talk.state, facts);
  const chosen = earlierChosen(choices, facts);
  const question = useRef<HTMLHeadingElement>(null);
  useGuideFocus(talk.state, page.focus, question);
  const mayGoBack = mayGoBackNow(talk);
  const typing = useGuideKeys((digit) => {
    if (digit === 0) dispatch(backInGuide());
    else if (answers[digit - 1]?.hindrance?.why === 'no-words') document.getElementById(guideBoxId)?.focus();
    else void dispatch(answerGuide(digit));
  });
  const asked = step === 'repeat' && chosen && !isEnded(chosen.procedure) ? 'repeat-open' : step;
  return (
    <section className="panel guide" aria-label={t('guide.title')} data-testid="guide" data-value={step}>
      <header className="guide-head">
        <span className="guide-title">
          <CompassOutlined aria-hidden="true" /> {t('guide.title')}
          <span className="pill digits">{page.clause}</span>
          <span className="digits quiet">{talk.state.complaint?.number ?? talk.state.suggestion?.number}</span>
        </span>
        <KeyButton hotKey="guide" testId="guide-put-away" size="small" onClick={() => dispatch(toggleGuide())}>
          {t('guide.putAway')}
        </KeyButton>
      </header>
      <GuidePath path={path} />
      <div className="guide-body">
        <h2 className="guide-question" ref={question} tabIndex={-1} aria-live="polite" data-testid="guide-question">
          {step === 'done' && <CheckCircleOutlined aria-hidden="true" />} {t(`guideQuestion.${asked}`)}
        </h2>
        {step === 'done' && (
          <ul className="guide-outcomes" data-testid="guide-outcomes">
            {choices.outcomes.map((outcome) => (
              <li key={outcome}>{t(`guideOutcome.${outcome}`)}</li>
            ))}
          </ul>
        )}
        <p className="quiet">{t(`guideHint.${asked}`)}</p>
        {page.box && <GuideBox guide={guide} step={step} words={talk.words} />}
        {talk.failure && (
          <p className="call-note note-bad" role="alert" data-testid="guide-failure">
            <WarningOutlined aria-hidden="true" /> {refusalText(t, talk.failure)}
            {(talk.underWay?.done ?? 0) > 0 && ` ${t('guide.refusedHalfway')}`}
          </p>
        )}
        <ol className="guide-answers" aria-label={t('guide.answers')}>
          {answers.map((answer, at) => (
            <AnswerButton key={answerId(answer)} answer={answer} nth={at + 1} typing={typing} talk={talk} />
          ))}
        </ol>
        <GuideRecords step={step} facts={facts} chosen={chosen} likely={talk.likely} />
      </div>
      <footer className="guide-foot">
        <Button
          size="small"
          icon={mayGoBack || path.length === 0 ? <ArrowLeftOutlined /> : <LockOutlined />}
          disabled={!mayGoBack}
          onClick={() => dispatch(backInGuide())}
          data-testid="guide-back"
        >
          <span>{t(mayGoBack || path.length === 0 ? 'guide.back' : 'guide.cannotGoBack')}</span>
          <span className="key" aria-hidden="true">
            {guideKeyLabel(0, typing)}
          </span>
        </Button>
      </footer>
    </section>
  );
};

interface AnswerProps {
  readonly answer: GuideAnswer;
  readonly nth: number;
  readonly typing: boolean;
  readonly talk: GuideTalk;
}

/** One answer with its key, what it leads to, and why it cannot be given yet. */
const AnswerButton = ({ answer, nth, typing, talk }: AnswerProps) => {
  const { t } = useTranslation();
  const language = useLanguage();
  const dispatch = useDeskDispatch();
  const rules = useDeskSelector((state) => state.desk.sync.procedureRules);
  const running = talk.underWay?.running === true && talk.underWay.answer === answerId(answer);
  return (
    <li>
      <button
        type="button"
        className="guide-answer"
        aria-disabled={answer.hindrance !== null}
        aria-keyshortcuts={nth <= 9 ? `Alt+${nth}` : undefined}
        onClick={() => void dispatch(answerGuide(nth))}
        data-testid={`guide-answer-${nth}`}
        data-value={answerId(answer)}
      >
        {nth <= 9 && (
          <span className="guide-key" aria-hidden="true">
            {guideKeyLabel(nth, typing)}
          </span>
        )}
        <span className="guide-answer-words">
          {running && <LoadingOutlined aria-label={t('guide.working')} />}
          {answerText(t, language, rules, answer.words)}
        </span>
        {answer.hindrance ? (
          <span className="guide-answer-next guide-hindered">
            <WarningOutlined aria-hidden="true" /> {hindranceText(t, language, answer.hindrance)}
          </span>
        ) : (
          answer.outcome && (
            <span className="guide-answer-next">
              {t('guide.follows', { what: t(`guideOutcome.${answer.outcome}`) })}
            </span>
          )
        )}
      </button>
    </li>
  );
};

interface BoxProps {
  /** Key of the talk. */
  readonly guide: string;
  readonly step: GuideStep;
  readonly words: string;
}

const boxes = ['suggestion', 'explain', 'supplement', 'answer', 'order'] as const;

/** The box of a question that wants words of its own, apart from the form. */
const GuideBox = ({ guide, step, words }: BoxProps) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const box = boxes.find((one) => one === step);
  if (!box) return null;
  return (
    <Input.TextArea
      id={guideBoxId}
      value={words}
      aria-label={t(`guide.box.${box}`)}
      placeholder={t(`guide.box.${box}`)}
      maxLength={4_000}
      autoSize={{ minRows: 3, maxRows: 8 }}
      onChange={(event) => dispatch(guideWordsTyped({ key: guide, words: event.target.value }))}
      data-testid={guideBoxId}
    />
  );
};

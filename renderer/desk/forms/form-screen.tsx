import {
  CheckCircleOutlined,
  CloudUploadOutlined,
  ExclamationCircleOutlined,
  LoadingOutlined,
  SendOutlined,
} from '@ant-design/icons';
import { Button, Tabs, Tooltip } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormView } from '../../../contract/ipc.ts';
import { centreStaffNumber } from '../../../domain/people/roles.ts';
import { momentText } from '../../app/i18n/format.ts';
import { KeyButton } from '../../app/parts/key-button.tsx';
import { useLanguage } from '../../app/parts/use-language.ts';
import { useRight } from '../../app/parts/use-right.ts';
import { toggleGuide } from '../../app/store/begin-guide.ts';
import { submitForm } from '../../app/store/edit-form.ts';
import { useDeskDispatch, useDeskSelector } from '../../app/store/store.ts';
import { CheckBackList } from '../inbox/check-back/check-back-list.tsx';
import { WorkBar } from '../inbox/work-bar.tsx';
import { ProcedurePanel } from '../procedure/procedure-panel.tsx';
import { RecordingList } from '../recordings/recording-list.tsx';
import { AttachmentList } from './attachment-list.tsx';
import { AttentionCardBox } from './attention-card.tsx';
import { CallList } from './call-list.tsx';
import { ComplaintFieldsBox } from './complaint-fields.tsx';
import { FormDeadline } from './form-deadline.tsx';
import { emptyDraft } from './form-diff.ts';
import { HistoryList } from './history-list.tsx';
import { NoteList } from './note-list.tsx';
import { PaperBar } from './paper-bar.tsx';
import { refusalText } from './refusal-text.ts';
import { type SaveState, saveStateOf } from './save-state.ts';
import { UnmaskBar } from './unmask-bar.tsx';
import { useFileDrop } from './use-file-drop.ts';

/** The form on the screen: its fields, what was done with it, and where the agent's words are. */
export const FormScreen = () => {
  const { t } = useTranslation();
  const view = useDeskSelector(({ editor }) => (editor.openForm ? editor.views[editor.openForm] : undefined));
  return (
    <main className="panel form-panel" id="form" aria-label={t('form.label')} tabIndex={-1}>
      {view ? <OpenForm key={view.form.id} view={view} /> : <p className="empty quiet">{t('form.none')}</p>}
    </main>
  );
};

const tabKeys = ['notes', 'checkBacks', 'attachments', 'calls', 'history'] as const;
type TabKey = (typeof tabKeys)[number];

const saveIcon: Record<SaveState, ReactNode> = {
  saved: <CheckCircleOutlined />,
  pending: <CloudUploadOutlined />,
  saving: <LoadingOutlined />,
  conflict: <ExclamationCircleOutlined />,
  invalid: <ExclamationCircleOutlined />,
  refused: <ExclamationCircleOutlined />,
  attention: <ExclamationCircleOutlined />,
};

const OpenForm = ({ view }: { readonly view: FormView }) => {
  const { t } = useTranslation();
  const language = useLanguage();
  const dispatch = useDeskDispatch();
  const { form } = view;
  const draft = useDeskSelector((state) => state.editor.drafts[form.id] ?? emptyDraft);
  const failure = useDeskSelector((state) => state.editor.failures[form.id]);
  const missing = useDeskSelector((state) => state.editor.missing);
  const openedAt = momentText(form.openedAt, form.changedAt, language);
  const state = saveStateOf(view, draft, failure);
  const [tabShown, setTab] = useState<TabKey>('notes');
  const { dropHere, over, problems } = useFileDrop(form.id);
  // What is being recorded comes first then; afterwards, how it is worked.
  const drafting = form.procedure.stage === 'drafting';
  const maySubmit = useRight('form.submit');
  const mayListen = useRight('recording.play');
  const firstMissing = missing[0];
  useEffect(() => {
    if (firstMissing) document.getElementById(`field-${firstMissing}`)?.focus();
  }, [firstMissing]);
  const fieldNames = (names: typeof missing): string =>
    names.map((name) => t(`field.${name}`)).join(language === 'zh' ? '、' : ', ');
  const tab = (key: TabKey, count: number, children: ReactNode) => ({
    key,
    label: (
      <span data-testid={`tab-${key}`}>
        {t(`form.${key}`)} {count > 0 && <span className="count digits">{count}</span>}
      </span>
    ),
    children,
  });
  return (
    <>
      <header className="form-head">
        <div className="form-title">
          <h2 className="digits" data-testid="form-number" data-value={form.id}>
            {form.number}
          </h2>
          <span
            className={`pill ${form.status === 'submitted' ? 'pill-good' : 'pill-strong'}`}
            data-testid="form-status"
            data-value={form.status}
          >
            {t(`status.${form.status}`)}
          </span>
          <FormDeadline form={form} />
          <span className="quiet form-opened">
            {form.openedBy === centreStaffNumber
              ? t('inbox.byCentre', { at: openedAt })
              : t('form.openedBy', { by: form.openedBy, at: openedAt })}
          </span>
        </div>
        <span className={`save save-${state}`} role="status" data-testid="form-save-state" data-value={state}>
          <span aria-hidden="true">{saveIcon[state]}</span> {t(`save.${state}`, { count: view.pending })}
        </span>
        {form.status === 'draft' && maySubmit && (
          <KeyButton hotKey="guide" testId="form-guide" onClick={() => dispatch(toggleGuide())}>
            {t('guide.title')}
          </KeyButton>
        )}
        {form.status === 'draft' && maySubmit && (
          <Tooltip title={t('form.submitHint')} placement="bottomRight" mouseEnterDelay={0.6}>
            <Button
              type="primary"
              icon={<SendOutlined />}
              onClick={() => void dispatch(submitForm(form.id))}
              data-testid="form-submit"
            >
              {t('form.submit')}
            </Button>
          </Tooltip>
        )}
      </header>
      <WorkBar view={view} onCheckBack={() => setTab('checkBacks')} />
      <div className="form-body" {...dropHere}>
        {problems.map((problem) => (
          <p key={problem} className="call-note note-bad" role="alert">
            {problem}
          </p>
        ))}
        {over && <p className="source-drop">{t('source.dropNow')}</p>}
        {missing.length > 0 && (
          <p className="call-note note-bad" role="alert" data-testid="form-missing">
            {t('form.missing', { fields: fieldNames(missing) })}
          </p>
        )}
        {failure && state === 'refused' && (
          <p className="call-note note-bad" role="alert" data-testid="form-failure" data-value={failure.code}>
            {refusalText(t, failure)}
          </p>
        )}
        {view.attention.map((card) => (
          <AttentionCardBox key={card.id} card={card} />
        ))}
        <PaperBar form={form} />
        <UnmaskBar view={view} />
        {!drafting && <ProcedurePanel view={view} />}
        <ComplaintFieldsBox view={view} draft={draft} missing={missing} />
        {drafting && <ProcedurePanel view={view} />}
        <Tabs
          size="small"
          tabBarGutter={22}
          activeKey={tabShown}
          onChange={(key) => setTab(tabKeys.find((one) => one === key) ?? 'notes')}
          items={[
            tab('notes', form.notes.length, <NoteList form={form} />),
            tab('checkBacks', form.checkBacks.length, <CheckBackList form={form} />),
            tab('attachments', form.attachments.length, <AttachmentList form={form} />),
            tab(
              'calls',
              form.calls.length,
              <>
                <CallList form={form} />
                {mayListen && <RecordingList form={form} />}
              </>,
            ),
            tab('history', form.history.length, <HistoryList form={form} />),
          ]}
        />
      </div>
    </>
  );
};

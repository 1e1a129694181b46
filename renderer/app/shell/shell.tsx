import { Alert } from 'antd';
import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { AssessmentDrawer } from '../../desk/assessments/assessment-drawer.tsx';
import { CallPanel } from '../../desk/call/call-panel.tsx';
import { type CallAction, commandFor } from '../../desk/call/calls.ts';
import { AttentionDrawer } from '../../desk/forms/attention-drawer.tsx';
import { DeadlineNotice } from '../../desk/forms/deadline-notice.tsx';
import { FormScreen } from '../../desk/forms/form-screen.tsx';
import { GuidePanel } from '../../desk/guide/guide-panel.tsx';
import { InboxStrip } from '../../desk/inbox/inbox-strip.tsx';
import { SourcePanel } from '../../desk/inbox/source/source-panel.tsx';
import { ArticlesDesk } from '../../knowledge/desk/articles-desk.tsx';
import { useKnowledgeRight } from '../../knowledge/desk/use-knowledge-right.ts';
import { KnowledgePanel } from '../../knowledge/knowledge-panel.tsx';
import { SettingsDrawer } from '../../settings/settings-drawer.tsx';
import { SyncDrawer } from '../../sync/sync-drawer.tsx';
import { useHotKeys } from '../parts/use-hot-keys.ts';
import { useRight } from '../parts/use-right.ts';
import { articlesClosed } from '../store/articles-slice.ts';
import { toggleGuide } from '../store/begin-guide.ts';
import { faultPutAway } from '../store/desk-slice.ts';
import { openArticles } from '../store/edit-articles.ts';
import { guideShown, shownTalk } from '../store/guide-slice.ts';
import { listChosen } from '../store/inbox-slice.ts';
import { hardCaseBegun, panelClosed } from '../store/knowledge-slice.ts';
import { saveAllTyped } from '../store/save-all.ts';
import { openKnowledge } from '../store/search-knowledge.ts';
import { shownSource, sourcePutAway } from '../store/source-slice.ts';
import { type DeskThunk, useDeskDispatch, useDeskSelector } from '../store/store.ts';
import { commandPhone, newForm, showCallForm, toggleReady } from '../store/work-calls.ts';
import { claimForm, releaseForm } from '../store/work-inbox.ts';
import { putFormBack, takeForm } from '../store/work-procedure.ts';
import { CacheNotice } from './cache-notice.tsx';
import { HelpDialog } from './help-dialog.tsx';
import { ListColumn } from './list-column.tsx';
import { SyncStrip } from './sync-strip.tsx';
import { TopBar } from './top-bar.tsx';

type Open = 'settings' | 'help' | 'attention' | 'sync' | 'sheet' | null;

/** The desk after log-in: bar, call, list, form. */
export const Shell = () => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const [open, setOpen] = useState<Open>(null);
  const searchBox = useRef<HTMLInputElement>(null);
  const offline = useDeskSelector((state) => state.desk.session?.offline ?? false);
  const fault = useDeskSelector((state) => state.desk.fault);
  const phoneFault = useDeskSelector((state) => state.phone.snapshot.fault);
  const calls = useDeskSelector((state) => state.phone.snapshot.calls);

  const source = useDeskSelector(shownSource);
  const openForm = useDeskSelector((state) => state.editor.openForm);
  const knowledge = useDeskSelector((state) => state.knowledge.open);
  const mayPropose = useKnowledgeRight('knowledge.propose');
  const mayReview = useKnowledgeRight('knowledge.review');
  const articles = useDeskSelector((state) => state.articles.open) && mayReview;
  const takesCalls = useRight('call.take');
  const guide = useDeskSelector(shownTalk);
  const setAside = useDeskSelector((state) => state.desk.seat?.notice === 'not-answered');
  const onCall = (action: CallAction) => (): void => {
    const command = commandFor(action, calls);
    if (command) void dispatch(commandPhone(command));
  };
  const onEntry = (does: (form: string) => DeskThunk) => (): void => {
    const form = focusedEntry() ?? openForm;
    if (form) void dispatch(does(form));
  };
  useHotKeys({
    answer: onCall('answer'),
    'hang-up': onCall('hang-up'),
    hold: onCall('hold'),
    mute: onCall('mute'),
    'toggle-ready': () => void dispatch(toggleReady()),
    'new-form': articles ? undefined : () => void dispatch(newForm()),
    'call-form': () => {
      dispatch(articlesClosed());
      void dispatch(showCallForm());
    },
    guide: articles
      ? undefined
      : () => {
          dispatch(panelClosed());
          // It lay beneath.
          if (!knowledge || !guide) dispatch(toggleGuide());
        },
    search: articles
      ? undefined
      : () => {
          flushSync(() => {
            dispatch(sourcePutAway());
            dispatch(panelClosed());
            dispatch(listChosen({ list: 'forms', part: 'to-do' }));
          });
          searchBox.current?.focus();
          searchBox.current?.select();
        },
    save: () => void dispatch(saveAllTyped()),
    sync: () => setOpen('sync'),
    help: () => setOpen('help'),
    inbox: () => {
      dispatch(guideShown(null));
      dispatch(sourcePutAway());
    },
    knowledge: () => void dispatch(openKnowledge()),
    'hard-case':
      mayPropose && openForm
        ? () => {
            dispatch(articlesClosed());
            dispatch(hardCaseBegun(openForm));
          }
        : undefined,
    articles: mayReview ? () => void dispatch(articles ? articlesClosed() : openArticles()) : undefined,
    'close-knowledge': () => dispatch(panelClosed()),
    claim: onEntry(claimForm),
    release: onEntry(releaseForm),
    take: onEntry(takeForm),
    'put-back': onEntry(putFormBack),
  });

  const close = (): void => setOpen(null);
  return (
    <div className="shell">
      <a className="skip" href="#form">
        {t('app.skip')}
      </a>
      <TopBar onOpen={setOpen} />
      <InboxStrip onSheet={() => setOpen('sheet')} />
      <div className="under-bar">
        <SyncStrip onOpen={() => setOpen('sync')} />
        <div className="notices" aria-live="polite">
          {offline && <Alert banner type="warning" title={t('bar.offlineLogin')} data-testid="offline-login" />}
          {phoneFault && <Alert banner type="error" title={t(`fault.${phoneFault}`)} data-testid="phone-fault" />}
          {setAside && <Alert banner type="warning" title={t('rona')} data-testid="rona" />}
          <CacheNotice />
          <DeadlineNotice />
          {fault && (
            <Alert
              banner
              type="error"
              title={t(fault)}
              closable={{ onClose: () => dispatch(faultPutAway()) }}
              data-testid="desk-fault"
            />
          )}
        </div>
      </div>
      {articles ? (
        <div className={takesCalls ? 'columns columns-articles' : 'columns columns-articles-alone'}>
          {takesCalls && <CallPanel />}
          <ArticlesDesk />
        </div>
      ) : (
        <div className={columnsOf(takesCalls, knowledge || (source !== null && !guide))}>
          {takesCalls && <CallPanel />}
          {knowledge && <KnowledgePanel />}
          {!knowledge && guide && <GuidePanel key={guide.key} guide={guide.key} talk={guide.talk} />}
          {!knowledge && !guide && source && <SourcePanel key={source.form.id} view={source} />}
          {!knowledge && !guide && !source && <ListColumn searchBox={searchBox} />}
          <FormScreen />
        </div>
      )}
      <SettingsDrawer open={open === 'settings'} onClose={close} />
      <AttentionDrawer open={open === 'attention'} onClose={close} />
      <SyncDrawer open={open === 'sync'} onClose={close} onAttention={() => setOpen('attention')} />
      <AssessmentDrawer open={open === 'sheet'} onClose={close} />
      <HelpDialog open={open === 'help'} onClose={close} />
    </div>
  );
};

const columnsOf = (takesCalls: boolean, wide: boolean): string => {
  if (takesCalls) return wide ? 'columns columns-source' : 'columns';
  return wide ? 'columns columns-two' : 'columns columns-articles-alone';
};

/** The form of the row that has the focus. */
const focusedEntry = (): string | undefined =>
  document.activeElement instanceof HTMLElement ? document.activeElement.dataset['form'] : undefined;

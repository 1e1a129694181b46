import { join } from 'node:path';
import { BrowserWindow, powerMonitor, safeStorage, type WebContents } from 'electron';
import type { CallView } from '../contract/phone.ts';
import { attentionHandlers } from './cache/attention-handlers.ts';
import { deadlineHandlers } from './cache/deadline-handlers.ts';
import { formHandlers } from './cache/form-handlers.ts';
import { diagnosticsHandlers } from './diagnostics/diagnostics-handlers.ts';
import { createBroadcast } from './ipc/broadcast.ts';
import { register } from './ipc/register.ts';
import type { WindowName } from './ipc/sender.ts';
import { knowledgeHandlers } from './knowledge/knowledge-handlers.ts';
import { askWhereToIn } from './paper/ask-where-to.ts';
import { exportHandlers } from './paper/export-handlers.ts';
import { paperHandlers } from './paper/paper-handlers.ts';
import { createPaperWindow } from './paper/paper-window.ts';
import { createPhoneRelay } from './phone/phone-handlers.ts';
import { promptHandlers } from './phone/prompt-handlers.ts';
import { recordingHandlers } from './recordings/recording-handlers.ts';
import { sessionHandlers } from './session/session-handlers.ts';
import { createSessions } from './session/sessions.ts';
import { keptInstanceId } from './settings/instance-id.ts';
import type { Provisioning } from './settings/provisioning.ts';
import { createSettings } from './settings/settings-handlers.ts';
import { findHandlers } from './sync/find-handlers.ts';
import { syncHandlers } from './sync/sync-handlers.ts';
import { recentLines, warn } from './system/log.ts';
import { transferHandlers } from './transfer/transfer-handlers.ts';
import { systemKeychain } from './vault/keychain.ts';

/** What the windows' own code asks of everything behind them. */
export interface Services {
  readonly language: () => 'zh' | 'en';
  readonly callIsUp: () => boolean;
  readonly phoneIsGone: () => void;
  readonly signOut: () => Promise<void>;
}

/** Puts everything behind the windows together; each part gets what it needs handed in here. */
export const serveWindows = (options: {
  readonly provisioning: Provisioning;
  readonly userData: string;
  /** Of this program. */
  readonly version: string;
  readonly promptFolders: readonly string[];
  readonly preload: string;
  readonly contentsOf: (window: Exclude<WindowName, 'paper'>) => WebContents | undefined;
  /** In development and tests what main says is held to the contract too. */
  readonly checking: boolean;
  readonly onRinging: (call: CallView) => void;
}): Services => {
  const { userData, checking } = options;
  const paper = createPaperWindow({ preload: options.preload, devTools: checking, warn });
  const contentsOf = (window: WindowName): WebContents | undefined =>
    window === 'paper' ? paper.contents() : options.contentsOf(window);
  const { server, interfaceLanguage } = options.provisioning;
  const broadcast = createBroadcast({ contentsOf, checkPayload: checking });
  const settings = createSettings({
    file: join(userData, 'settings.json'),
    defaults: { interfaceLanguage },
    broadcast,
  });
  const sessions = createSessions({
    folder: join(userData, 'people'),
    server,
    keychain: () => systemKeychain(safeStorage, process.platform),
    broadcast,
    now: () => Date.now(),
    random: Math.random,
    warn,
    callsInHand: () => relay.callsInHand(),
  });
  const relay = createPhoneRelay({
    sessions,
    server,
    instanceId: () => keptInstanceId(join(userData, 'workstation.json')),
    broadcast,
    onRinging: options.onRinging,
  });
  const language = () => settings.read().interfaceLanguage;
  const askWhereTo = askWhereToIn(() => {
    const contents = contentsOf('desk');
    return (contents && BrowserWindow.fromWebContents(contents)) ?? undefined;
  });
  const handlers = {
    ...sessionHandlers(sessions),
    ...formHandlers(sessions),
    ...findHandlers(sessions),
    ...attentionHandlers(sessions),
    ...deadlineHandlers(sessions),
    ...diagnosticsHandlers({
      ...{ sessions, provisioning: options.provisioning, settings: settings.read, version: options.version },
      ...{ saltFile: join(userData, 'diagnostics-salt.json'), askWhereTo, log: recentLines, warn },
      now: () => Date.now(),
    }),
    ...syncHandlers({ sessions, server, version: options.version }),
    ...knowledgeHandlers(sessions),
    ...transferHandlers(sessions),
    ...recordingHandlers(sessions),
    ...relay.handlers,
    ...paperHandlers({ sessions, window: paper, language, askWhereTo, warn }),
    ...exportHandlers({ sessions, language, askWhereTo, warn }),
    ...promptHandlers(options.promptFolders),
    ...settings.handlers,
  };
  register(handlers, { contentsOf, checkOutput: checking, warn });
  powerMonitor.on('resume', () => {
    broadcast('system.resumed', {});
    const workplace = sessions.current();
    workplace?.sync.kick();
    workplace?.live.retryNow();
  });
  return {
    language,
    callIsUp: relay.callIsUp,
    phoneIsGone: relay.reset,
    signOut: sessions.signOut,
  };
};

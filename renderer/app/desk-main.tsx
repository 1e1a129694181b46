import type { Session, Settings } from '../../contract/ipc.ts';
import { bridge } from './bridge.ts';
import { wireLogin } from './login/login.ts';

/** How main told the page to look until it can answer (electron/settings/first-look.ts). */
const firstLook = location.hash.slice(1).split('-');

/** Used until main has answered, and if it cannot. */
const firstSettings: Settings = {
  interfaceLanguage: firstLook[0] === 'en' ? 'en' : 'zh',
  microphone: null,
  speaker: null,
  ringDevice: null,
  ringVolume: 0.8,
  sayYao: false,
  theme: firstLook[1] === 'dark' ? 'dark' : 'light',
};

/** After the phone window, which main opens half a second after the log-in screen. */
const shellAfterMs = 1_000;

const loadShell = () => import('./shell/mount-shell.tsx');
let signedIn: Session | null = null;
let closeShell = (): void => {};
let settings = firstSettings;
document.documentElement.dataset['theme'] = settings.theme;

const takeSettings = (next: Settings): void => {
  settings = next;
  document.documentElement.dataset['theme'] = next.theme;
};

const openShell = async (session: Session): Promise<void> => {
  if (signedIn) return;
  signedIn = session;
  const { mountShell } = await loadShell();
  // Signed out again while the rest was loading.
  if (signedIn !== session) return;
  const container = document.getElementById('desk');
  if (!container) throw new Error('desk.html has no #desk');
  closeShell = mountShell({ container, bridge, session, settings });
  login.hide();
};

const showLogin = (): void => {
  signedIn = null;
  closeShell();
  closeShell = () => {};
  login.show(settings);
};

const login = wireLogin(bridge, (session) => void openShell(session));
bridge.on('settings.changed', takeSettings);
bridge.on('session.changed', (session) => {
  if (session) void openShell(session);
  else showLogin();
});

/** A page that comes up again may belong to an agent who is signed in: it asks before it shows a log-in. */
const comesUpAgain = performance
  .getEntriesByType('navigation')
  .some((entry) => entry instanceof PerformanceNavigationTiming && entry.type === 'reload');

const start = async (): Promise<void> => {
  if (!comesUpAgain) showLogin();
  const [readSettings, readSession] = await Promise.allSettled([
    bridge.request('settings.read', undefined),
    bridge.request('session.read', undefined),
  ]);
  if (readSettings.status === 'fulfilled') takeSettings(readSettings.value);
  // A desk window that comes up again while its agent is signed in goes on where it was.
  if (readSession.status === 'fulfilled' && readSession.value) {
    await openShell(readSession.value);
    return;
  }
  if (comesUpAgain) showLogin();
  else login.speak(settings.interfaceLanguage);
  // The rest comes while the agent types; the log-in does not wait for it.
  setTimeout(() => requestIdleCallback(() => void loadShell(), { timeout: 4_000 }), shellAfterMs);
};

void start();

import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { _electron } from 'playwright-core';
import { build } from 'vite';
import type { SipAccount } from '../../contract/http.ts';
import type { PhoneCommand, PhoneSnapshot } from '../../contract/phone.ts';
import { electronPath } from '../../scripts/electron-path.mjs';
import { waitUntil } from '../stage/wait-until.ts';

const root = join(import.meta.dirname, '../..');
const instanceId = '7f1d2c8e-6a53-4f0f-9b1c-0d5e8f7a6b4c';

/** The phone's own page in a real Electron, with everything around it played by the test. */
export interface StagedPhone {
  readonly snapshot: () => PhoneSnapshot;
  readonly until: (what: string, is: (snapshot: PhoneSnapshot) => boolean, withinMs?: number) => Promise<PhoneSnapshot>;
  readonly command: (command: PhoneCommand) => Promise<void>;
  readonly emit: (event: string, payload: unknown) => Promise<void>;
  readonly accountsAsked: () => number;
  /** Where clips are read from, from now on. */
  readonly readPromptsFrom: (folder: string) => void;
  readonly close: () => Promise<void>;
}

export const stagePhone = async (options: {
  readonly staffNumber: string;
  readonly account: () => Promise<SipAccount & { readonly webSocketUrl: string }>;
  readonly microphoneFile: string;
  readonly promptFolder: string;
}): Promise<StagedPhone> => {
  const folder = await mkdtemp(join(tmpdir(), 'zuoxi-phone-'));
  const site = await serve(await buildPage(folder));
  const app = await _electron.launch({
    executablePath: electronPath(),
    args: [
      await blankApp(folder),
      '--no-sandbox',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-audio-capture=${options.microphoneFile}`,
      `--user-data-dir=${join(folder, 'profile')}`,
    ],
  });
  const page = await app.firstWindow();

  let snapshot: PhoneSnapshot = { registration: { state: 'off' }, calls: [], fault: null };
  let accountsAsked = 0;
  let promptFolder = options.promptFolder;
  const session = { person: { staffNumber: options.staffNumber, name: '', roles: [], languages: [] }, offline: false };
  const settings = {
    interfaceLanguage: 'zh',
    microphone: null,
    speaker: null,
    ringDevice: null,
    ringVolume: 1,
    sayYao: false,
    theme: 'light',
  };
  const answers: Readonly<Record<string, (input: unknown) => unknown>> = {
    'session.read': () => session,
    'settings.read': () => settings,
    'phone.account': async () => {
      accountsAsked += 1;
      const account = await options.account();
      return { ok: true, value: { ...account, instanceId } };
    },
    'prompt.read': async (input) => readClips(promptFolder, input),
    'phone.publish': (input) => {
      snapshot = input as PhoneSnapshot;
      return undefined;
    },
  };
  await page.exposeFunction('answerRequest', (name: string, input: unknown) => answers[name]?.(input));
  await page.addInitScript(playBridge);
  await page.goto(`${site.url}/phone.html`);

  return {
    snapshot: () => snapshot,
    until: (what, is, withinMs = 10_000) => waitUntil(what, () => is(snapshot) && snapshot, withinMs),
    command: (command) =>
      page
        .evaluate((payload) => window.dispatchEvent(new CustomEvent('phone.commanded', { detail: payload })), command)
        .then(() => undefined),
    emit: (event, payload) =>
      page
        .evaluate(([name, detail]) => window.dispatchEvent(new CustomEvent(String(name), { detail })), [event, payload])
        .then(() => undefined),
    accountsAsked: () => accountsAsked,
    readPromptsFrom: (other) => {
      promptFolder = other;
    },
    close: async () => {
      await app.close();
      await site.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** Runs in the page, before its scripts: the bridge that the preload script would put there. */
const playBridge = (): void => {
  const bytes = (text: string): Uint8Array => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  const desk = {
    request: async (name: string, input: unknown) => {
      const answer = await (
        window as unknown as {
          answerRequest: (name: string, input: unknown) => Promise<{ ok?: boolean; value?: unknown }>;
        }
      ).answerRequest(name, input);
      // Binary does not pass the test's own channel as it passes IPC.
      if (name === 'prompt.read' && answer.ok === true && Array.isArray(answer.value))
        return { ok: true, value: answer.value.map(bytes) };
      return answer;
    },
    on: (name: string, listener: (payload: unknown) => void) => {
      const heard = (event: Event): void => listener((event as CustomEvent).detail);
      window.addEventListener(name, heard);
      return () => window.removeEventListener(name, heard);
    },
  };
  Object.defineProperty(window, 'desk', { value: desk });
};

const readClips = async (folder: string, input: unknown): Promise<unknown> => {
  const { clips } = input as { readonly clips: readonly string[] };
  const value: string[] = [];
  for (const clip of clips) {
    const file = await readFile(join(folder, `${clip}.wav`)).catch(() => undefined);
    if (file === undefined) return { ok: false, error: { code: 'missing', clip } };
    value.push(file.toString('base64'));
  }
  return { ok: true, value };
};

/** A hidden window as the product has it, and nothing else of it. */
const blankApp = async (folder: string): Promise<string> => {
  const app = join(folder, 'app');
  await mkdir(app);
  await writeFile(join(app, 'package.json'), JSON.stringify({ name: 'blank', version: '0.0.0', main: 'main.cjs' }));
  await writeFile(
    join(app, 'main.cjs'),
    `const { app, BrowserWindow } = require('electron');
    const webPreferences = { backgroundThrottling: false, autoplayPolicy: 'no-user-gesture-required' };
    app.whenReady().then(() => new BrowserWindow({ show: false, webPreferences }).loadURL('about:blank'));`,
  );
  return app;
};

const buildPage = async (folder: string): Promise<string> => {
  const outDir = join(folder, 'page');
  await build({
    configFile: false,
    logLevel: 'error',
    root: join(root, 'renderer'),
    build: {
      outDir,
      target: 'chrome130',
      modulePreload: { polyfill: false },
      rolldownOptions: { input: join(root, 'renderer/phone.html') },
    },
  });
  return outDir;
};

const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };

const serve = async (folder: string): Promise<{ readonly url: string; readonly close: () => Promise<void> }> => {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname;
    readFile(join(folder, path)).then(
      (content) =>
        response.writeHead(200, { 'Content-Type': types[extname(path)] ?? 'application/octet-stream' }).end(content),
      () => response.writeHead(404).end(),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

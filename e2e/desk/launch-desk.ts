import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { electronPath } from '../../scripts/electron-path.mjs';
import { waitUntil } from '../stage/wait-until.ts';

const root = join(import.meta.dirname, '../..');

/** The real desk in the real Electron, driven through its windows. */
export interface Desk {
  readonly app: ElectronApplication;
  readonly deskPage: Page;
  readonly phonePage: Page;
  /** What main wrote to standard error so far. */
  readonly log: () => string;
  /** Ends it as a shutdown of the machine would; without the question that a call up brings. */
  readonly close: () => Promise<void>;
  /** SIGKILL. */
  readonly kill: () => Promise<void>;
}

/** Needs a display (`xvfb-run`) and a built desk (`npm run build`). */
export const launchDesk = async (options: {
  readonly serverUrl: string;
  /** The profile; kept, so that the same folder opens the same desk again. */
  readonly userDataDir: string;
  /** What the microphone hears, over and over. */
  readonly fakeMicrophoneWav?: string;
  /** More for the provisioning file. */
  readonly provisioning?: Readonly<Record<string, unknown>>;
  readonly extraArgs?: readonly string[];
  readonly language?: 'zh' | 'en';
  /** More for its environment. */
  readonly env?: Readonly<Record<string, string>>;
}): Promise<Desk> => {
  await mkdir(options.userDataDir, { recursive: true });
  const provisioningFile = join(options.userDataDir, 'provisioning.json');
  const provisioning = {
    server: options.serverUrl,
    interfaceLanguage: options.language ?? 'zh',
    ...options.provisioning,
  };
  await writeFile(provisioningFile, JSON.stringify(provisioning));
  const app = await _electron.launch({
    executablePath: electronPath(),
    args: [
      join(import.meta.dirname, 'held-start'),
      `--user-data-dir=${options.userDataDir}`,
      `--provisioning=${provisioningFile}`,
      // Without a faked permission question: the desk's own permission handler is what answers.
      '--use-fake-device-for-media-stream',
      // No sound card here: what would be played is still mixed and sent.
      '--disable-gpu',
      ...(options.fakeMicrophoneWav ? [`--use-file-for-fake-audio-capture=${options.fakeMicrophoneWav}`] : []),
      ...(options.extraArgs ?? []),
    ],
    cwd: root,
    ...(options.env && { env: { ...knownEnv(), ...options.env } }),
    // Otherwise `--no-sandbox`: Chromium refuses to be sandboxed as root. The product never passes it.
    chromiumSandbox: process.getuid?.() !== 0,
  });
  const lines: string[] = [];
  // Playwright forgets the process once it is gone.
  const child = app.process();
  child.stderr?.on('data', (chunk) => lines.push(String(chunk)));
  const pageAt = (name: string): Promise<Page> =>
    waitUntil(
      `the ${name} window`,
      () => app.windows().find((page) => page.url().startsWith(`app://zuoxi/${name}.html`)),
      30_000,
    );
  const gone = async (end: () => unknown): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exit = new Promise((resolve) => child.once('exit', resolve));
    await end();
    await exit;
  };
  try {
    return {
      app,
      deskPage: await pageAt('desk'),
      phonePage: await pageAt('phone'),
      log: () => lines.join(''),
      // The evaluation's own answer is lost with the process it ran in.
      close: () => gone(() => app.evaluate(({ app: electron }) => electron.exit(0)).catch(() => undefined)),
      kill: () => gone(() => child.kill('SIGKILL')),
    };
  } catch (error) {
    child.kill('SIGKILL');
    throw new Error(`the desk did not come up:\n${lines.join('').slice(-4_000)}`, { cause: error });
  }
};

const knownEnv = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );

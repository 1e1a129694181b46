import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Desk, launchDesk } from '../desk/launch-desk.ts';
import { openStranger, type Stranger } from './stranger.ts';

/** The desk's walls as Electron's security checklist asks for them, tried from inside its pages. */
let desk: Desk;
let stranger: Stranger;
let profile: string;
let pages: readonly (readonly [string, Page])[];

beforeAll(async () => {
  profile = await mkdtemp(join(tmpdir(), 'zuoxi-security-'));
  stranger = await openStranger();
  // A centre that is not there: these pages have nobody to speak to but main.
  desk = await launchDesk({ serverUrl: 'http://127.0.0.1:9', userDataDir: profile });
  pages = [
    ['desk', desk.deskPage],
    ['phone', desk.phonePage],
  ];
});

afterAll(async () => {
  await desk.close();
  await stranger.close();
  await rm(profile, { recursive: true, force: true });
});

test('sandbox and contextIsolation: both windows have them on, and no Node', async () => {
  const preferences = await desk.app.evaluate(({ webContents }) =>
    webContents
      .getAllWebContents()
      .filter((contents) => contents.getURL().startsWith('app://'))
      // What the renderer was started with; Electron has it, though its types do not tell.
      .map((contents): Record<string, unknown> => Reflect.get(contents, 'getLastWebPreferences').call(contents)),
  );
  expect(preferences).toHaveLength(2);
  for (const preference of preferences) {
    expect(preference).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
    });
    expect(preference['enableBlinkFeatures'] ?? '').toBe('');
  }
  for (const [name, page] of pages) {
    const seen = await page.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'global', 'ipcRenderer', 'electron'].filter(
        (one) => one in globalThis,
      ),
    );
    expect(seen, name).toEqual([]);
  }
});

test('contextIsolation: the bridge is all a page gets, and no page can put another in its place', async () => {
  for (const [name, page] of pages) {
    const bridge = await page.evaluate(() => ({
      keys: Object.keys(window.desk).sort(),
      replaced: Reflect.set(window.desk, 'request', () => 'mine') || Reflect.set(window, 'desk', {}),
    }));
    expect(bridge, name).toEqual({ keys: ['on', 'request'], replaced: false });
  }
});

test('CSP: every page comes with its policy; inline scripts, eval and other origins are refused', async () => {
  for (const [name, page] of pages) {
    const policy = await page.evaluate(
      async (url) => (await fetch(url)).headers.get('content-security-policy'),
      page.url(),
    );
    expect(policy, name).toContain("default-src 'none'");
    expect(policy, name).toContain("script-src 'self';");
    expect(policy, name).not.toContain('unsafe-eval');
    const ran = await page.evaluate(async (elsewhere) => {
      const tried = (work: () => unknown) => {
        try {
          work();
          return true;
        } catch {
          return false;
        }
      };
      const inline = document.createElement('script');
      inline.textContent = 'window.inlineRan = true';
      document.head.append(inline);
      const foreign = document.createElement('script');
      foreign.src = elsewhere;
      const foreignLoaded = new Promise((resolve) => {
        foreign.onload = () => resolve(true);
        foreign.onerror = () => resolve(false);
      });
      document.head.append(foreign);
      // The driver lifts the ban on eval for what it runs itself; a timer's work is the page's own.
      const evaluated = await new Promise((resolve) => {
        setTimeout(() => resolve(tried(() => new Function('return 1')())));
      });
      const reached = await fetch(elsewhere).then(
        () => true,
        () => false,
      );
      return {
        inline: 'inlineRan' in window,
        evaluated,
        foreign: await foreignLoaded,
        reached,
      };
    }, stranger.url);
    expect(ran, name).toEqual({ inline: false, evaluated: false, foreign: false, reached: false });
  }
  expect(stranger.visits).toEqual([]);
});

test('CSP: only the phone may open a WebSocket, and only to the centre', async () => {
  const policyOf = (page: Page) =>
    page.evaluate(async (url) => (await fetch(url)).headers.get('content-security-policy') ?? '', page.url());
  expect(await policyOf(desk.deskPage)).toContain("connect-src 'self';");
  expect(await policyOf(desk.phonePage)).toContain("connect-src 'self' ws://127.0.0.1:9;");
});

test('navigation: no page leaves its place, by script, by link or by redirect', async () => {
  for (const [name, page] of pages) {
    const before = page.url();
    await page.evaluate((elsewhere) => {
      window.location.href = elsewhere;
    }, stranger.url);
    await page.evaluate((elsewhere) => {
      const link = document.createElement('a');
      link.href = elsewhere;
      document.body.append(link);
      link.click();
      link.remove();
    }, stranger.url);
    await page.waitForTimeout(300);
    expect(page.url(), name).toBe(before);
  }
  expect(stranger.visits).toEqual([]);
});

test('navigation: a frame goes nowhere, and a webview is not even an element', async () => {
  const framed = await desk.deskPage.evaluate(async (elsewhere) => {
    const frame = document.createElement('iframe');
    frame.src = elsewhere;
    document.body.append(frame);
    const view = document.createElement('webview');
    view.setAttribute('src', elsewhere);
    document.body.append(view);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const isPlain = view.constructor === HTMLElement && !('getWebContentsId' in view);
    frame.remove();
    view.remove();
    return isPlain;
  }, stranger.url);
  expect(framed).toBe(true);
  expect(stranger.visits).toEqual([]);
});

test('window.open: no page opens a window', async () => {
  const windows = desk.app.windows().length;
  for (const [name, page] of pages) {
    const opened = await page.evaluate(
      (elsewhere) => [window.open(elsewhere), window.open('app://zuoxi/desk.html'), window.open('about:blank')],
      stranger.url,
    );
    expect(opened, name).toEqual([null, null, null]);
  }
  expect(desk.app.windows()).toHaveLength(windows);
  expect(stranger.visits).toEqual([]);
});

test('app://: nothing outside the pages folder is served', async () => {
  const statuses = await desk.deskPage.evaluate(async () => {
    const paths = [
      '/../main/main.js',
      '/%2e%2e/main/main.js',
      '/..%2fmain%2fmain.js',
      '/..%5cmain%5cmain.js',
      '/%2fetc%2fpasswd',
      '/',
    ];
    return Promise.all(paths.map(async (path) => (await fetch(`app://zuoxi${path}`)).status));
  });
  expect(statuses).toEqual([404, 404, 404, 404, 404, 404]);
});

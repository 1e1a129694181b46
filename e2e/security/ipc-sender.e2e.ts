import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RequestName, requests } from '../../contract/ipc.ts';
import { type Desk, launchDesk } from '../desk/launch-desk.ts';

/** Who may ask what of main. */
let desk: Desk;
let profile: string;

beforeAll(async () => {
  profile = await mkdtemp(join(tmpdir(), 'zuoxi-ipc-'));
  desk = await launchDesk({ serverUrl: 'http://127.0.0.1:9', userDataDir: profile });
});

afterAll(async () => {
  await desk.close();
  await rm(profile, { recursive: true, force: true });
});

const ask = (page: Page, name: string, input?: unknown): Promise<string> =>
  page.evaluate(
    ([name, input]) => {
      const { desk } = window as unknown as { desk: { request: (name: unknown, input: unknown) => Promise<unknown> } };
      return desk.request(name, input).then(
        () => 'answered',
        (error: unknown) => String(error),
      );
    },
    [name, input] as const,
  );

const names = Object.keys(requests) as RequestName[];
const allowed = (name: RequestName, window: 'desk' | 'phone'): boolean =>
  requests[name].from.some((one) => one === window);

test('each window may make its own requests and none of the other', async () => {
  for (const name of names) {
    if (!allowed(name, 'phone')) expect(await ask(desk.phonePage, name), name).toContain('refused');
    if (!allowed(name, 'desk')) expect(await ask(desk.deskPage, name), name).toContain('refused');
  }
  expect(await ask(desk.phonePage, 'settings.read')).toBe('answered');
  expect(await ask(desk.deskPage, 'settings.read')).toBe('answered');
});

test('input that is not what the contract says is refused before any handler sees it', async () => {
  expect(await ask(desk.deskPage, 'form.read', { form: 1 })).toContain('unreadable');
  expect(await ask(desk.phonePage, 'prompt.read', { clips: ['zh/../../etc/passwd'] })).toContain('unreadable');
  expect(await ask(desk.deskPage, 'settings.write', { unknown: true })).toContain('unreadable');
});

test('a request the contract does not know reaches nothing', async () => {
  expect(await ask(desk.deskPage, 'shell.open', { url: 'file:///' })).toContain('No handler registered');
});

test('a window that is not one of ours is a stranger, even with our page and our preload script', async () => {
  const answer = await desk.app.evaluate(
    async ({ BrowserWindow }, preload) => {
      const stranger = new BrowserWindow({
        show: false,
        webPreferences: { preload, sandbox: true, contextIsolation: true },
      });
      await stranger.loadURL('app://zuoxi/phone.html');
      const told: unknown = await stranger.webContents.executeJavaScript(
        "window.desk ? window.desk.request('settings.read', undefined).then(() => 'answered', String) : 'no bridge'",
      );
      stranger.destroy();
      return told;
    },
    join(import.meta.dirname, '../../out/preload/preload.cjs'),
  );
  expect(answer).toContain('refused');
});

test('a frame inside our own window is a stranger', async () => {
  const bridges = await desk.deskPage.evaluate(async () => {
    const frame = document.createElement('iframe');
    frame.src = 'app://zuoxi/desk.html';
    document.body.append(frame);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const inFrame = (() => {
      try {
        return frame.contentWindow !== null && 'desk' in frame.contentWindow;
      } catch {
        return false;
      }
    })();
    frame.remove();
    return inFrame;
  });
  expect(bridges).toBe(false);
});

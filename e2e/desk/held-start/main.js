/**
 * Starts the desk as it is, but holds its first window until the driver has attached: one that opens
 * while the driver attaches can leave both waiting for each other. `__playwright_run` is what
 * Playwright calls once it is there.
 */
import { resolve } from 'node:path';
import { app } from 'electron';

const ready = app.whenReady();
const attached = new Promise((resolveAttached) => {
  globalThis.__playwright_run = resolveAttached;
});
app.whenReady = () => attached.then(() => ready);
app.setAppPath(resolve(import.meta.dirname, '../../..'));
await import('../../../out/main/main.js');

import { type Browser, chromium, type Page } from 'playwright-core';

/** Debian's own Chromium, with no screen and no sound card: a real browser all the same. */
export const launchBrowser = (options: {
  /** What its microphone hears, over and over; silence with beeps otherwise. */
  readonly fakeMicrophoneWav?: string;
}): Promise<Browser> =>
  chromium.launch({
    executablePath: '/usr/bin/chromium',
    // Chromium refuses to be sandboxed as root.
    chromiumSandbox: process.getuid?.() !== 0,
    args: [
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      ...(options.fakeMicrophoneWav ? [`--use-file-for-fake-audio-capture=${options.fakeMicrophoneWav}`] : []),
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-gpu',
      '--autoplay-policy=no-user-gesture-required',
    ],
  });

/** What went wrong in a page: errors, and what its content security policy refused. */
export const watchFaults = (page: Page): readonly string[] => {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) faults.push(message.text());
  });
  return faults;
};

/** Requests of a page to anybody but its own server. */
export const watchStrangers = (page: Page, origin: string): readonly string[] => {
  const strangers: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(`${origin}/`)) strangers.push(request.url());
  });
  return strangers;
};

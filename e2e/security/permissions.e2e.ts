import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Desk, launchDesk } from '../desk/launch-desk.ts';

/** What a page may ask of the machine: the microphone and the choice of a loudspeaker. */
let desk: Desk;
let profile: string;

beforeAll(async () => {
  profile = await mkdtemp(join(tmpdir(), 'zuoxi-permissions-'));
  desk = await launchDesk({ serverUrl: 'http://127.0.0.1:9', userDataDir: profile });
});

afterAll(async () => {
  await desk.close();
  await rm(profile, { recursive: true, force: true });
});

test('permission handler: the microphone yes; camera, both at once, and the screen no', async () => {
  for (const page of [desk.deskPage, desk.phonePage]) {
    const answers = await page.evaluate(async () => {
      const ask = (work: () => Promise<MediaStream>) =>
        work().then(
          (stream) => {
            for (const track of stream.getTracks()) track.stop();
            return 'granted';
          },
          (error: DOMException) => error.name,
        );
      return {
        microphone: await ask(() => navigator.mediaDevices.getUserMedia({ audio: true })),
        camera: await ask(() => navigator.mediaDevices.getUserMedia({ video: true })),
        both: await ask(() => navigator.mediaDevices.getUserMedia({ audio: true, video: true })),
        screen: await ask(() => navigator.mediaDevices.getDisplayMedia({ video: true })),
      };
    });
    expect(answers.microphone).toBe('granted');
    expect([answers.camera, answers.both, answers.screen]).not.toContain('granted');
  }
});

test('permission handler: place, notices, clipboard, midi and others are refused', async () => {
  const answers = await desk.deskPage.evaluate(async () => {
    const states: Record<string, string> = {};
    for (const name of [
      'geolocation',
      'notifications',
      'midi',
      'clipboard-read',
      'persistent-storage',
      'background-sync',
    ]) {
      states[name] = await navigator.permissions.query({ name: name as PermissionName }).then(
        (status) => status.state,
        () => 'unknown',
      );
    }
    const place = await new Promise((resolve) =>
      navigator.geolocation.getCurrentPosition(
        () => resolve('granted'),
        (error) => resolve(error.code),
      ),
    );
    const midi = await navigator.requestMIDIAccess().then(
      () => 'granted',
      (error: DOMException) => error.name,
    );
    const notice = await Notification.requestPermission();
    return { states, place, midi, notice };
  });
  expect(Object.values(answers.states)).not.toContain('granted');
  expect(answers.place).toBe(1);
  expect(answers.midi).not.toBe('granted');
  expect(answers.notice).toBe('denied');
});

test('device permission: no USB, serial, HID or Bluetooth device is handed out', async () => {
  const devices = await desk.deskPage.evaluate(async () => {
    const api = navigator as unknown as Record<
      string,
      { getDevices?: () => Promise<unknown[]>; getPorts?: () => Promise<unknown[]> } | undefined
    >;
    const count = async (list: Promise<unknown[]> | undefined) => (await list?.catch(() => []))?.length ?? 0;
    return [
      await count(api['usb']?.getDevices?.()),
      await count(api['hid']?.getDevices?.()),
      await count(api['serial']?.getPorts?.()),
    ];
  });
  expect(devices).toEqual([0, 0, 0]);
});

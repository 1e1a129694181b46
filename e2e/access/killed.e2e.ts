import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { callerVoiceFile } from '../caller/caller-voice.ts';
import { startCentre } from '../stage/centre.ts';
import { readRecords } from '../stage/read-records.ts';
import { linearOf, segmentSamples } from './said.ts';
import { callIn } from './voice-caller.ts';

const work = mkdtempSync(join(tmpdir(), 'zuoxi-killed-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

test('A7 kill -9 in the middle of a message loses at most 1 s of it, and it is kept once, as interrupted', async () => {
  const voice = readFileSync(callerVoiceFile);
  const centre = await startCentre({
    dataDir: join(work, 'centre'),
    environment: { ZUOXI_OFFER_SECONDS: '1', ZUOXI_KEY_SECONDS: '20' },
  });
  const caller = await callIn({ sipPort: centre.sipPort, from: '13800000011', workDir: join(work, 'caller') });
  try {
    for (const [prompt, key] of [
      ...([
        ['zh/welcome', '1'],
        ['zh/service-menu', '1'],
        ['zh/overflow-offer', '2'],
      ] as const),
      ...([
        ['zh/own-number', '1'],
        ['zh/message-intro', '#'],
      ] as const),
    ]) {
      await caller.hears(prompt);
      await caller.press(key);
    }
    await caller.hears('tones/record');
    await sleep(500);
    let packets = 0;
    let killed = false;
    const saying = caller.say(voice, () => {
      packets += 1;
      return !killed;
    });
    await sleep(4_000);
    const saidUntil = packets * 160;
    killed = true;
    await centre.kill();
    await saying;
    await centre.startAgain();
    expect(readdirSync(join(centre.dataDir, 'messages'))).toEqual([]);
    await centre.kill();
    await centre.startAgain();
    await centre.stop();
    const { forms } = await readRecords(centre.dataDir);
    expect(forms.map(({ origin }) => origin)).toMatchObject([
      { via: 'voice-message', number: '13800000011', ending: { complete: false, reason: 'interrupted' } },
    ]);
    const [origin] = forms.map((form) => form.origin);
    if (origin?.via !== 'voice-message') throw new Error('no message');
    const [segment] = origin.recording;
    const { samples, firstSound } = segmentSamples(centre.dataDir, segment?.sha256 ?? '');
    const sound = samples.subarray(firstSound * 2);
    const within = linearOf(voice).indexOf(sound.subarray(0, 16_000)) / 2;
    expect(within).toBeGreaterThanOrEqual(0);
    const recordedUntil = within + samples.length / 2 - firstSound;
    console.log(`${((saidUntil - recordedUntil) / 8).toFixed(0)} ms of ${saidUntil / 8} ms lost by kill -9`);
    expect(saidUntil - recordedUntil).toBeLessThanOrEqual(8_000);
  } finally {
    caller.kill();
    await centre.kill();
  }
});

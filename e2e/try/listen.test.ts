import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readWav, type Samples, writeWav } from '../audio/wav.ts';
import { callerVoice } from '../caller/caller-voice.ts';
import { announcementOf, judge, listen } from './listen.ts';

const folder = mkdtempSync(join(tmpdir(), 'zuoxi-listen-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const root = join(import.meta.dirname, '../..');
const music = readWav(join(root, 'build/prompts/music/hold.wav'));
const voice = readWav(join(root, 'e2e/voices/agent.wav'));
const announcement = announcementOf('1001', 'zh');

/** What a caller hears: music until 300 ms after the ACK, the announcement, then the agent. */
const heard = (microphoneOpensMs: number, announced: Samples): Samples => {
  const ackAt = 8 * 5_000;
  const startsAt = ackAt + 8 * 300;
  const sound = new Float32Array(startsAt + announced.length + 8 * 8_000);
  for (let at = 0; at < sound.length; at++) {
    if (at < startsAt) sound[at] = music[at % music.length] ?? 0;
    else sound[at] = announced[at - startsAt] ?? 0;
    if (at >= ackAt + 8 * microphoneOpensMs) sound[at] = (sound[at] ?? 0) + (voice[at % voice.length] ?? 0);
  }
  return sound;
};

const judged = (sound: Samples): boolean[] => {
  const callerHeard = join(folder, 'caller.wav');
  const agentHeard = join(folder, 'agent.wav');
  writeWav(callerHeard, sound);
  writeWav(agentHeard, callerVoice());
  const findings = listen({
    callerHeard,
    callerHeardFrom: 1_000_000,
    acknowledgedAt: 1_005_000,
    agentHeard,
    staffNumber: '1001',
    language: 'zh',
  });
  return judge(findings).map(({ holds }) => holds);
};

const announcementEndsMs = 300 + announcement.length / 8;

test('a journey as it should be passes on every count', () => {
  expect(judged(heard(announcementEndsMs + 100, announcement))).toEqual([true, true, true, true, true]);
});

test('an open microphone under the announcement is found', () => {
  expect(judged(heard(0, announcement))[2]).toBe(false);
});

test('another staff number is not taken for the right one', () => {
  expect(judged(heard(announcementEndsMs + 100, announcementOf('8806', 'zh')))[0]).toBe(false);
});

test('an announcement that comes late is found late', () => {
  const late = new Float32Array(8 * 700 + announcement.length);
  late.set(announcement, 8 * 700);
  expect(judged(heard(announcementEndsMs + 900, late))[1]).toBe(false);
});

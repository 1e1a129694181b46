import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { callerVoiceFile } from '../caller/caller-voice.ts';
import { startCentre } from '../stage/centre.ts';
import { readRecords } from '../stage/read-records.ts';
import { linearOf, segmentSamples } from './said.ts';
import { callIn } from './voice-caller.ts';

/**
 * `npm run access:long`: A7 in real time, 11 minutes in segments of 5 as they are by default, by a caller of sipp on the
 * real switch. Prints whether each sample of each segment is the one that was sent; takes 12 minutes.
 */
const work = mkdtempSync(join(tmpdir(), 'zuoxi-long-'));
const voice = readFileSync(callerVoiceFile);
const talk = (seconds: number, from: number): Uint8Array =>
  Uint8Array.from({ length: seconds * 8_000 }, (_, i) => voice[(from + i) % voice.length] ?? 0xff);

const centre = await startCentre({ dataDir: join(work, 'centre'), environment: { ZUOXI_OFFER_SECONDS: '2' } });
const caller = await callIn({
  sipPort: centre.sipPort,
  from: '13800000012',
  workDir: join(work, 'caller'),
  patienceSeconds: 1_000,
});
const follow = async (steps: readonly (readonly [string, string])[]): Promise<void> => {
  for (const [prompt, key] of steps) {
    await caller.hears(prompt);
    await caller.press(key);
  }
};
await follow([
  ...([
    ['zh/welcome', '1'],
    ['zh/service-menu', '1'],
    ['zh/overflow-offer', '2'],
  ] as const),
  ...([
    ['zh/own-number', '1'],
    ['zh/message-intro', '#'],
  ] as const),
]);
const said = [talk(302, 0), talk(302, 12_345), talk(60, 54_321)];
for (const [index, codes] of said.entries()) {
  await caller.hears('tones/record');
  await sleep(500);
  await caller.say(codes);
  if (index < said.length - 1) await follow([['zh/message-continue', '1']]);
}
await caller.press('#');
await follow([['zh/message-playback', '1']]);
await follow([['zh/message-kept', '2']]);
const code = await caller.ended;
await centre.stop();
const { forms } = await readRecords(centre.dataDir);
const [origin] = forms.map((form) => form.origin);
if (origin?.via !== 'voice-message') throw new Error('no message was kept');
let exact = code === 0 && origin.recording.length === said.length && origin.ending.complete;
for (const [index, { sha256, ms }] of origin.recording.entries()) {
  const { samples, firstSound, lastSound } = segmentSamples(centre.dataDir, sha256);
  const same = linearOf(said[index] ?? new Uint8Array()).includes(samples.subarray(2 * firstSound, 2 * lastSound));
  exact &&= same;
  console.log(
    `segment ${index + 1}: ${ms} ms, ${lastSound - firstSound} samples of speech, ${same ? 'each as it was sent' : 'NOT as sent'}`,
  );
}
rmSync(work, { recursive: true, force: true });
console.log(exact ? 'the whole message is as it was sent' : 'FAILED');
process.exit(exact ? 0 : 1);

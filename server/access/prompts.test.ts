import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { type Language, languages } from '../../domain/access/language.ts';
import { numberWords } from '../../domain/access/spoken-number.ts';
import { holdMusic, promptIn, recordTone, voicePrompts } from '../../domain/access/voice-prompts.ts';
import { callOutPrompts } from '../../domain/announcement/call-out.ts';
import { announcementClips } from '../../domain/announcement/clips.ts';

const folder = join(import.meta.dirname, '../../build/prompts');
const everySign = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

const samplesOf = (prompt: string): Int16Array => {
  const wav = readFileSync(join(folder, `${prompt}.wav`));
  expect(wav.subarray(36, 40).toString()).toBe('data');
  expect([wav.readUInt16LE(22), wav.readUInt32LE(24), wav.readUInt16LE(34)]).toEqual([1, 8000, 16]);
  return new Int16Array(wav.buffer.slice(wav.byteOffset + 44, wav.byteOffset + wav.length));
};

const announced = (staffNumber: string, language: Language): number =>
  announcementClips(staffNumber, language).reduce((seconds, clip) => seconds + samplesOf(clip).length / 8000, 0);

test.each(languages)('A2 every prompt of the menu is there in %s: 8 kHz, mono, 16 bits', (language) => {
  for (const prompt of voicePrompts) expect(samplesOf(promptIn(language, prompt)).length).toBeGreaterThan(800);
  for (const word of numberWords[language]) expect(samplesOf(`${language}/${word}`).length).toBeGreaterThan(800);
  expect(samplesOf(holdMusic).length).toBeGreaterThan(15 * 8000);
  expect(samplesOf(recordTone).length).toBe(3_200);
});

const texts = z.record(
  z.enum(languages),
  z.object({ menu: z.object({ clips: z.record(z.string(), z.object({ text: z.string().min(1) })) }) }),
);

test.each(languages)('A2 an installer finds the text of every prompt in one file, in %s', (language) => {
  const file = texts.parse(JSON.parse(readFileSync(join(folder, 'texts.json'), 'utf8')));
  expect(Object.keys(file[language].menu.clips)).toEqual([...voicePrompts]);
});

test.each(languages)('A3 every sign of a staff number can be said in %s, and starts within 10 ms', (language) => {
  const clips = [...announcementClips(everySign, language), ...announcementClips('1', language, { sayYao: true })];
  for (const clip of clips) {
    const firstHeard = samplesOf(clip).findIndex((sample) => Math.abs(sample) > 200);
    expect(firstHeard, clip).toBeGreaterThanOrEqual(0);
    expect(firstHeard, clip).toBeLessThan(80);
  }
});

test.each(languages)('A6 a customer can be told in %s who calls, whatever the hotline’s number', (language) => {
  for (const clip of callOutPrompts('0123456789', language)) expect(samplesOf(clip).length).toBeGreaterThan(800);
});

test('A3 the announcement is brisk', () => {
  expect(announced('1001', 'zh')).toBeLessThan(3.2);
  expect(announced('1001', 'en')).toBeLessThan(3.2);
});

test('the clips stay small', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.wav'));
  const bytes = files.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  // Half of it is menus of 112, 170 and A5 to A8, which say more than the rest together.
  expect(bytes).toBeLessThan(7 * 1024 * 1024);
});

/**
 * Makes the hotline's voice prompts, its tone and its hold music: `npm run prompts`.
 *
 * build/prompts/texts.json says what each clip says (`text`) and, where the voice wants it written in
 * another way, how (`say`: espeak-ng of Debian reads Mandarin right from numbered pinyin only). Wants
 * espeak-ng and sox. The same texts give the same bytes, so that only what changed shows in a commit.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const sampleRate = 8000;
const promptFolder = join(dirname(fileURLToPath(import.meta.url)), '..', 'build', 'prompts');

/**
 * @typedef {{ wordsPerMinute: number, pauseAfterMs: number }} Manner
 * @typedef {Manner & { clips: Record<string, { text: string, say?: string }> }} Speech
 * @typedef {Manner & { name: string, say: string, voice: string }} Clip
 */

/**
 * Every clip of a language.
 *
 * @param {{ voice: string, announcement: Speech, numbers: Speech, letters: Manner & { voice: string }, menu: Speech }} texts
 * @returns {Clip[]}
 */
const clipsOf = ({ voice, announcement, numbers, letters, menu }) => {
  const spoken = [announcement, numbers, menu].flatMap(({ clips, ...manner }) =>
    Object.entries(clips).map(([name, { text, say = text }]) => ({ name, say, voice, ...manner })),
  );
  const spelled = [...'abcdefghijklmnopqrstuvwxyz'].map((letter) => ({ name: letter, say: letter, ...letters }));
  return [...spoken, ...spelled];
};

/**
 * Speech to 8 kHz mono: silence cut from both ends, peak at -4 dB, edges faded so that clips join without a click.
 *
 * @param {Clip} clip
 * @param {string} file
 * @param {string} scratch A folder for what lies between.
 */
const speak = ({ say, voice, wordsPerMinute, pauseAfterMs }, file, scratch) => {
  const raw = join(scratch, 'raw.wav');
  execFileSync('espeak-ng', ['-v', voice, '-s', String(wordsPerMinute), '-w', raw, say]);
  const level = ['gain', '-3', 'rate', '-h', String(sampleRate), 'highpass', '120', 'gain', '-n', '-4'];
  const cleanStart = ['silence', '1', '0.003', '0.6%', 'fade', 't', '0.002'];
  const cleanBoth = [...cleanStart, 'reverse', ...cleanStart, 'reverse'];
  execFileSync('sox', ['-D', raw, '-b', '16', file, ...level, ...cleanBoth, 'pad', '0', String(pauseAfterMs / 1000)]);
};

/** Plucked notes over four slow chords; what rings past the end is laid over the start, so the loop has no seam. */
const holdMusic = () => {
  const stepSeconds = 0.3;
  const semitones = [
    [0, 7, 12, 16, 19, 16, 12, 7],
    [-3, 4, 9, 12, 16, 12, 9, 4],
    [-7, 0, 5, 9, 12, 9, 5, 0],
    [-5, 2, 7, 11, 14, 11, 7, 2],
  ];
  const melody = [...semitones, ...semitones].flat();
  const mix = new Float64Array(Math.round(melody.length * stepSeconds * sampleRate));
  melody.forEach((semitone, step) => {
    const frequency = 261.63 * 2 ** (semitone / 12);
    const start = Math.round(step * stepSeconds * sampleRate);
    for (let sample = 0; sample < 2.4 * sampleRate; sample += 1) {
      const seconds = sample / sampleRate;
      const attack = Math.min(1, seconds / 0.012);
      const tone =
        Math.sin(2 * Math.PI * frequency * seconds) * Math.exp(-1.9 * seconds) +
        0.3 * Math.sin(4 * Math.PI * frequency * seconds) * Math.exp(-3.4 * seconds);
      const at = (start + sample) % mix.length;
      mix[at] = (mix[at] ?? 0) + attack * tone;
    }
  });
  const peak = mix.reduce((highest, value) => Math.max(highest, Math.abs(value)), 0);
  return Int16Array.from(mix, (value) => Math.round((value / peak) * 0.35 * 32767));
};

/** 1000 Hz for 400 ms, as answering machines have it: after it a message is spoken. */
const recordTone = () =>
  Int16Array.from({ length: 0.4 * sampleRate }, (_, sample) => {
    const seconds = sample / sampleRate;
    const edge = Math.min(1, seconds / 0.01, (0.4 - seconds) / 0.01);
    return Math.round(edge * 0.3 * 32767 * Math.sin(2 * Math.PI * 1000 * seconds));
  });

/** @param {Int16Array<ArrayBuffer>} samples */
const wavOf = (samples) => {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.byteLength, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.byteLength, 40);
  return Buffer.concat([header, Buffer.from(samples.buffer)]);
};

const texts = JSON.parse(readFileSync(join(promptFolder, 'texts.json'), 'utf8'));
const scratch = mkdtempSync(join(tmpdir(), 'zuoxi-prompts-'));
try {
  for (const [language, spoken] of Object.entries(texts)) {
    mkdirSync(join(promptFolder, language), { recursive: true });
    for (const clip of clipsOf(spoken)) speak(clip, join(promptFolder, language, `${clip.name}.wav`), scratch);
  }
  mkdirSync(join(promptFolder, 'music'), { recursive: true });
  writeFileSync(join(promptFolder, 'music', 'hold.wav'), wavOf(holdMusic()));
  mkdirSync(join(promptFolder, 'tones'), { recursive: true });
  writeFileSync(join(promptFolder, 'tones', 'record.wav'), wavOf(recordTone()));
} finally {
  rmSync(scratch, { recursive: true });
}

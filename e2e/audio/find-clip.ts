import { fft } from './fft.ts';
import { SAMPLE_RATE_HZ, type Samples } from './wav.ts';

export interface Match {
  /** Normalised cross-correlation, 0 to 1; 1 is the clip itself at any level. */
  readonly score: number;
  /** Where the clip begins in the recording. */
  readonly offsetMs: number;
}

/** The whole clip in one piece: the best place and how alike it is. */
export const findClip = (clip: Samples, recording: Samples): Match => {
  const places = recording.length - clip.length;
  const clipEnergy = energy(clip, 0, clip.length);
  if (places < 0 || clipEnergy === 0) return { score: 0, offsetMs: 0 };
  const dots = correlate(clip, recording);
  // A stretch quieter than a thousandth of the recording's average is silence: its tiny power would make noise look alike.
  const floor = (energy(recording, 0, recording.length) / recording.length) * clip.length * 1e-3 + 1e-12;
  let power = energy(recording, 0, clip.length);
  let best = { score: 0, offset: 0 };
  for (let offset = 0; offset <= places; offset++) {
    const score = (dots[offset] ?? 0) / Math.sqrt(clipEnergy * Math.max(power, floor));
    if (score > best.score) best = { score, offset };
    power += (recording[offset + clip.length] ?? 0) ** 2 - (recording[offset] ?? 0) ** 2;
  }
  return { score: best.score, offsetMs: (best.offset / SAMPLE_RATE_HZ) * 1_000 };
};

const WINDOW_MS = 250;
/** How far a window may stray from where its neighbour puts it: jitter buffers stretch and drop 20 ms pieces. */
const SLACK_MS = 80;
/** A window this much alike is where the clip is, and its neighbours lie beside it. */
const SURE = 0.6;
/** How far all the straying together may lead: sound of a busy machine is stretched, a different one has no place. */
const DRIFT_MS = 800;

/**
 * As `findClip`, but robust to the gaps and shifts of a real call, also where they add up: the clip is placed as a
 * whole, or by its loudest window, then compared window by window from there on and back, each free to move a little
 * against the one before it. The score is the mean of the windows' scores, weighted by the energy that the clip has
 * in them.
 */
export const findClipInPieces = (clip: Samples, recording: Samples): Match => {
  const windowLength = Math.min(clip.length, samplesOf(WINDOW_MS));
  const windows: Window[] = [];
  for (let start = 0; start + windowLength <= clip.length; start += windowLength) {
    const samples = clip.subarray(start, start + windowLength);
    windows.push({ start, samples, weight: energy(samples, 0, samples.length) });
  }
  const total = windows.reduce((sum, { weight }) => sum + weight, 0);
  const loudest = windows.reduce((best, { weight }, at) => (weight > (windows[best]?.weight ?? 0) ? at : best), 0);
  const anchor = windows[loudest];
  if (total === 0 || !anchor) return { score: 0, offsetMs: 0 };

  const anchorMs = findClip(anchor.samples, recording).offsetMs - (anchor.start / SAMPLE_RATE_HZ) * 1_000;
  const scored = [findClip(clip, recording).offsetMs, anchorMs].map((offsetMs) => {
    const onward = follow(windows.slice(loudest), recording, samplesOf(offsetMs));
    const back = follow(windows.slice(0, loudest).reverse(), recording, samplesOf(offsetMs));
    return { score: (onward.sum + back.sum) / total, offsetMs: Math.max(0, offsetMs + back.driftMs) };
  });
  return scored.reduce((a, b) => (b.score > a.score ? b : a));
};

interface Window {
  readonly start: number;
  readonly samples: Samples;
  readonly weight: number;
}

/** The windows one after another, each looked for where the last sure one leads to. */
const follow = (
  windows: readonly Window[],
  recording: Samples,
  offset: number,
): { readonly sum: number; readonly driftMs: number } => {
  let sum = 0;
  let driftMs = 0;
  for (const { start, samples, weight } of windows) {
    const expected = offset + start + samplesOf(driftMs);
    const from = Math.max(0, expected - samplesOf(SLACK_MS));
    const nearby = recording.subarray(from, Math.max(from, expected + samples.length + samplesOf(SLACK_MS)));
    const found = findClip(samples, nearby);
    sum += weight * found.score;
    const strayedMs = driftMs + ((from - expected) / SAMPLE_RATE_HZ) * 1_000 + found.offsetMs;
    if (found.score >= SURE && Math.abs(strayedMs) <= DRIFT_MS) driftMs = strayedMs;
  }
  return { sum, driftMs };
};

/** Root mean square of a stretch of a recording, 0 to 1. */
export const level = (recording: Samples, fromMs: number, toMs: number): number => {
  const from = Math.max(0, samplesOf(fromMs));
  const to = Math.min(recording.length, samplesOf(toMs));
  return to > from ? Math.sqrt(energy(recording, from, to) / (to - from)) : 0;
};

const samplesOf = (ms: number): number => Math.round((ms * SAMPLE_RATE_HZ) / 1_000);

const energy = (samples: Samples, from: number, to: number): number => {
  let sum = 0;
  for (let i = from; i < to; i++) sum += (samples[i] ?? 0) ** 2;
  return sum;
};

/** Dot products of the clip with every stretch of the recording, by overlap-save blocks. */
const correlate = (clip: Samples, recording: Samples): Float64Array => {
  const places = recording.length - clip.length + 1;
  const size = 2 ** Math.ceil(Math.log2(Math.max(2 * clip.length, 4_096)));
  const fresh = size - clip.length + 1;
  const clipRe = new Float64Array(size);
  const clipIm = new Float64Array(size);
  clipRe.set(clip);
  fft(clipRe, clipIm, false);
  const dots = new Float64Array(places);
  for (let at = 0; at < places; at += fresh) {
    const re = new Float64Array(size);
    const im = new Float64Array(size);
    re.set(recording.subarray(at, at + size));
    fft(re, im, false);
    for (let i = 0; i < size; i++) {
      // Times the conjugate of the clip's spectrum: correlation, not convolution.
      const [a, b, c, d] = [re[i] ?? 0, im[i] ?? 0, clipRe[i] ?? 0, clipIm[i] ?? 0];
      re[i] = a * c + b * d;
      im[i] = b * c - a * d;
    }
    fft(re, im, true);
    for (let i = 0; i < fresh && at + i < places; i++) dots[at + i] = (re[i] ?? 0) / size;
  }
  return dots;
};

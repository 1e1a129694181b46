/** Test sounds and the measure of their likeness; all deterministic. */

/** A chirp under a syllable-like envelope: no stretch of it resembles another, as in speech. */
export const speechLike = (seconds: number, seed = 1): Int16Array => {
  let phase = 0;
  return Int16Array.from({ length: seconds * 8_000 }, (_, i) => {
    const t = i / 8_000;
    const hz =
      300 +
      900 * (0.5 + 0.5 * Math.sin(2 * Math.PI * (0.31 * seed + 0.17) * t + seed)) +
      200 * Math.sin(7.3 * seed * t);
    phase += (2 * Math.PI * hz) / 8_000;
    const envelope = 0.25 + 0.75 * Math.abs(Math.sin(2 * Math.PI * (1.7 + 0.2 * seed) * t));
    return Math.round(9_000 * envelope * Math.sin(phase));
  });
};

export const tone = (hz: number, seconds: number, amplitude = 8_000): Int16Array =>
  Int16Array.from({ length: seconds * 8_000 }, (_, i) =>
    Math.round(amplitude * Math.sin((2 * Math.PI * hz * i) / 8_000)),
  );

/** The best normalised cross-correlation of `clip` within `heard`, and where it lies, in samples. */
export const findClip = (clip: Int16Array, heard: Int16Array): { score: number; offset: number } => {
  const energy = clip.reduce((sum, sample) => sum + sample * sample, 0);
  let best = { score: 0, offset: -1 };
  for (let offset = 0; offset + clip.length <= heard.length; offset++) {
    let dot = 0;
    let power = 0;
    for (let i = 0; i < clip.length; i++) {
      const sample = heard[offset + i] ?? 0;
      dot += sample * (clip[i] ?? 0);
      power += sample * sample;
    }
    const score = power === 0 ? 0 : dot / Math.sqrt(power * energy);
    if (score > best.score) best = { score, offset };
  }
  return best;
};

/**
 * How much of a clip is in what was heard, 0 to 1: the median score of five quarter-second pieces, each looked
 * for on its own. A pause of the machine stretches the sound here or there, which a busy test run must bear.
 */
export const likeness = (clip: Int16Array, heard: Int16Array): number => {
  const pieces = Array.from({ length: 5 }, (_, i) => Math.floor((i * (clip.length - 2_000)) / 4));
  const scores = pieces.map((start) => findClip(clip.subarray(start, start + 2_000), heard).score);
  return scores.toSorted((a, b) => a - b)[2] ?? 0;
};

export const loudness = (samples: Int16Array): number =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length));

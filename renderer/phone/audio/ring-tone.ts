const toneHertz = 450;
const onSeconds = 1;
const periodSeconds = 5;
const edgeSeconds = 0.01;
const amplitude = 0.5;

/** One period of the ringing tone of GB/T 3380: 450 Hz, 1 s on, 4 s off. Repeats without a click. */
export const ringTone = (sampleRate: number): Float32Array<ArrayBuffer> => {
  const samples = new Float32Array(periodSeconds * sampleRate);
  for (let index = 0; index < onSeconds * sampleRate; index += 1) {
    const seconds = index / sampleRate;
    const edge = Math.min(1, seconds / edgeSeconds, (onSeconds - seconds) / edgeSeconds);
    samples[index] = amplitude * edge * Math.sin(2 * Math.PI * toneHertz * seconds);
  }
  return samples;
};

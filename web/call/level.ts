/** Loudness of a microphone, told from 0 to 100 until stopped. */
export const watchLevel = (stream: MediaStream, tell: (level: number) => void): (() => void) => {
  const audio = new AudioContext();
  const analyser = audio.createAnalyser();
  audio.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    // −60 dBFS and below is silence, 0 dBFS the end of the scale.
    const decibels = 10 * Math.log10(power + 1e-10);
    tell(Math.round(Math.min(100, Math.max(0, ((decibels + 60) / 60) * 100))));
  }, everyMs);
  return () => {
    clearInterval(timer);
    void audio.close();
  };
};

const everyMs = 100;

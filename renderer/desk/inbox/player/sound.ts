/** Sound as a player takes it. */
export interface Sound {
  /** A `blob:` URL of one WAV. */
  readonly url: string;
  readonly seconds: number;
  /** Of each channel. */
  readonly peaks: readonly Float32Array[];
  /** At which second each part begins. */
  readonly begins: readonly number[];
}

/** So many strokes a picture of loudness has. */
export const peakCount = 600;

/** In-place radix-2 FFT; the length is a power of two. `inverse` leaves out the division by the length. */
export const fft = (real: Float64Array, imaginary: Float64Array, inverse: boolean): void => {
  const size = real.length;
  for (let i = 1, j = 0; i < size; i++) {
    let bit = size >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      swap(real, i, j);
      swap(imaginary, i, j);
    }
  }
  for (let length = 2; length <= size; length *= 2) {
    const angle = ((inverse ? 2 : -2) * Math.PI) / length;
    const half = length / 2;
    for (let k = 0; k < half; k++) {
      const cos = Math.cos(angle * k);
      const sin = Math.sin(angle * k);
      for (let i = k; i < size; i += length) butterfly(real, imaginary, i, i + half, cos, sin);
    }
  }
};

const butterfly = (re: Float64Array, im: Float64Array, a: number, b: number, cos: number, sin: number): void => {
  const bRe = re[b] ?? 0;
  const bIm = im[b] ?? 0;
  const turnedRe = bRe * cos - bIm * sin;
  const turnedIm = bRe * sin + bIm * cos;
  const aRe = re[a] ?? 0;
  const aIm = im[a] ?? 0;
  re[b] = aRe - turnedRe;
  im[b] = aIm - turnedIm;
  re[a] = aRe + turnedRe;
  im[a] = aIm + turnedIm;
};

const swap = (list: Float64Array, a: number, b: number): void => {
  const kept = list[a] ?? 0;
  list[a] = list[b] ?? 0;
  list[b] = kept;
};

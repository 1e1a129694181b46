/** A scan opened for looking at, whatever its format. */
export interface ScanPages {
  readonly count: number;
  /**
   * Draws a page, from 0, so that it is `width` device pixels wide once turned clockwise by `turn`
   * degrees. Rejects where the page cannot be read; the others may still be.
   */
  readonly draw: (page: number, size: { readonly width: number; readonly turn: Turn }) => Promise<HTMLCanvasElement>;
  readonly close: () => void;
}

export const turns = [0, 90, 180, 270] as const;
export type Turn = (typeof turns)[number];

export const turnedBy = (turn: Turn, quarters: 1 | -1): Turn =>
  turns[(turns.indexOf(turn) + quarters + turns.length) % turns.length] ?? 0;

/** A picture turned and brought to a width. */
export const drawPicture = (
  picture: ImageBitmap,
  { width, turn }: { readonly width: number; readonly turn: Turn },
): HTMLCanvasElement => {
  const lying = turn === 90 || turn === 270;
  const scale = width / (lying ? picture.height : picture.width);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = Math.max(1, Math.round(scale * (lying ? picture.width : picture.height)));
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas to be had');
  context.imageSmoothingQuality = 'high';
  context.translate(canvas.width / 2, canvas.height / 2);
  context.rotate((turn * Math.PI) / 180);
  context.scale(scale, scale);
  context.drawImage(picture, -picture.width / 2, -picture.height / 2);
  return canvas;
};

/** Only what we call; the package's own types bring Node's into this zone. */
interface Directory {
  readonly [tag: `t${number}`]: readonly number[] | undefined;
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}
export function decode(bytes: ArrayBuffer): Directory[];
/** Fills in `width`, `height` and `data`. */
export function decodeImage(bytes: ArrayBuffer, directory: Directory): void;
export function toRGBA8(directory: Directory): Uint8Array;

export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly maximized: boolean;
}

/** Parsed by hand: the window opens before the schema library is loaded. */
export const boundsIn = ({ x, y, width, height, maximized }: Readonly<Record<string, unknown>>): Bounds | undefined => {
  if (!isWhole(x) || !isWhole(y) || !isWhole(width) || !isWhole(height) || width <= 0 || height <= 0) return undefined;
  return { x, y, width, height, maximized: maximized === true };
};

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);

export const smallest = { width: 1024, height: 700 } as const;
const usual = { width: 1280, height: 800 } as const;

type Area = Pick<Bounds, 'x' | 'y' | 'width' | 'height'>;

/** Where the window was last time, if a screen there still shows a good part of it; else in the middle. */
export const placeOf = (kept: Bounds | undefined, screens: readonly Area[]): Partial<Area> => {
  if (!kept) return usual;
  const width = Math.max(smallest.width, kept.width);
  const height = Math.max(smallest.height, kept.height);
  const visible = screens.some((screen) => overlap(screen, kept) >= 200);
  return visible ? { x: kept.x, y: kept.y, width, height } : usual;
};

/** The shorter side of what two areas share. */
const overlap = (one: Area, other: Area): number =>
  Math.min(
    Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x),
    Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y),
  );

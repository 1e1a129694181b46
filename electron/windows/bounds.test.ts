import { expect, test } from 'vitest';
import { boundsIn, placeOf } from './bounds.ts';

const screens = [{ x: 0, y: 0, width: 1920, height: 1040 }];
const kept = { x: 100, y: 50, width: 1300, height: 900, maximized: false };

test('the window comes back where it was', () => {
  expect(placeOf(kept, screens)).toEqual({ x: 100, y: 50, width: 1300, height: 900 });
});

test('a window on a screen that is gone comes to the middle of one that is there', () => {
  expect(placeOf({ ...kept, x: 2_500 }, screens)).toEqual({ width: 1280, height: 800 });
  expect(placeOf(undefined, screens)).toEqual({ width: 1280, height: 800 });
});

test('it is never smaller than its smallest', () => {
  expect(placeOf({ ...kept, width: 10, height: 900 }, screens)).toEqual({ width: 1280, height: 800 });
  expect(placeOf({ ...kept, width: 800, height: 600 }, screens)).toMatchObject({ width: 1024, height: 700 });
});

test('bounds kept in a broken file count as none', () => {
  expect(boundsIn(kept)).toEqual(kept);
  for (const broken of [{}, { ...kept, x: '100' }, { ...kept, width: 0 }, { ...kept, y: 0.5 }]) {
    expect(boundsIn(broken)).toBeUndefined();
  }
});

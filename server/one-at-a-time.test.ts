import { expect, test } from 'vitest';
import { oneAtATime } from './one-at-a-time.ts';

test('asked a hundred times while it runs, it runs once more, and later again', async () => {
  let runs = 0;
  let last = Promise.resolve();
  const ask = oneAtATime(() => {
    runs += 1;
    last = new Promise((resolve) => setTimeout(resolve, 5));
    return last;
  });
  for (let asked = 0; asked < 100; asked += 1) ask();
  expect(runs).toBe(1);
  await last;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(runs).toBe(2);
  ask();
  expect(runs).toBe(3);
});

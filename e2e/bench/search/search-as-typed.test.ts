import { expect, test } from 'vitest';
import { inFolder } from '../../../electron/cache/testing/cache-with-desk.ts';
import { fillCache, openCacheAsShown, openCacheEngine } from './engines/cache.ts';
import type { Engine } from './engines/engine.ts';
import { loadFlexSearch, loadFlexSearchByGrams } from './engines/flexsearch.ts';
import { loadMiniSearch } from './engines/minisearch.ts';
import { madeArticles, madeForms } from './made-texts.ts';
import { rowsFilled, rowsToFill, textsOf } from './right-results.ts';
import { keystrokes } from './typed.ts';

const amounts = { forms: 800, articles: 60 };
const texts = textsOf(amounts);
const pressed = keystrokes([...madeForms(amounts.forms)]);
const toFill = pressed.reduce((sum, keystroke) => sum + rowsToFill(texts, keystroke), 0);

/** Of the rows there are to fill, the part that this engine fills rightly. */
const filledBy = ({ search }: Engine): number =>
  pressed.reduce(
    (sum, keystroke) => sum + rowsFilled(texts, keystroke, search(keystroke.collection, keystroke.typed)),
    0,
  ) / toFill;

test("the benchmark's data are the same each time, and no two texts alike", () => {
  expect([...madeForms(50)]).toEqual([...madeForms(50)]);
  expect(new Set(texts.forms).size).toBe(amounts.forms);
  expect(new Set(texts.articles).size).toBe(amounts.articles);
  const lengthOf = (some: readonly string[]) => some.reduce((sum, text) => sum + text.length, 0) / some.length;
  expect(lengthOf(Array.from(madeForms(amounts.forms), ({ text }) => text))).toBeCloseTo(90, -1);
  expect(lengthOf(Array.from(madeArticles(amounts.articles), ({ body }) => body))).toBeCloseTo(780, -2);
});

test('D1 our cache fills every row of every key press with a text that has what was typed', () =>
  inFolder((folder) => {
    fillCache(folder, amounts);
    for (const engine of [openCacheEngine(folder, amounts), openCacheAsShown(folder)]) {
      expect(filledBy(engine)).toBe(1);
      engine.close?.();
    }
  }));

test('the engines beside it find what they can be expected to find', () => {
  expect(filledBy(loadMiniSearch(amounts))).toBeGreaterThan(0.9);
  expect(filledBy(loadFlexSearchByGrams(amounts))).toBeGreaterThan(0.9);
  // Characters apart find what has them anywhere: a part of its rows lacks what was typed.
  expect(filledBy(loadFlexSearch(amounts))).toBeGreaterThan(0.6);
});

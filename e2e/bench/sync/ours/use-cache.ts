/**
 * Opens a filled cache as a desk does at its start, lists and searches: `use-cache.ts FOLDER [index]`, a fresh process each
 * time. With `index` it first makes searchable what is not yet. Tells milliseconds as JSON.
 */
import { listForms } from '../../../../electron/cache/form-list.ts';
import { openCache } from '../../../../electron/cache/open-cache.ts';
import { author, indexAll, testKey } from '../../../../electron/cache/testing/cache-with-desk.ts';
import { madeForms } from '../../search/made-texts.ts';
import { keystrokes } from '../../search/typed.ts';
import type { Used } from '../growth.ts';

const [, , folder = '', task] = process.argv;
const everything = { search: '', status: null, inbox: null, desk: null, part: null, offset: 0, limit: 30 } as const;
const viewer = author();

const timed = (work: () => unknown): number => {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
};
const open = () => {
  const opened = openCache(folder, testKey);
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
};

if (task === 'index') {
  const cache = open();
  indexAll(cache);
  cache.database.close();
} else {
  let cache: ReturnType<typeof open> | undefined;
  const list = (search: string) => cache?.database.read((reads) => listForms(reads, { ...everything, search }, viewer));
  const openMs = timed(() => {
    cache = open();
    list('');
  });
  const typed = keystrokes([...madeForms(3_000)]).filter(({ collection }) => collection === 'forms');
  const used: Used = {
    openMs,
    listMs: Array.from({ length: 60 }, () => timed(() => list(''))),
    searchMs: typed.map((press) => timed(() => list(press.typed))),
  };
  process.stdout.write(JSON.stringify(used));
}

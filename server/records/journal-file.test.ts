import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { openJournal } from './journal-file.ts';

const newFile = () => join(mkdtempSync(join(tmpdir(), 'journal-')), 'calls.json');
const entry = z.object({ since: z.int() });

test('what was kept is found by the next process, what was forgotten is not', () => {
  const file = newFile();
  const troubles: unknown[] = [];
  const journal = openJournal(file, entry, (error) => troubles.push(error));
  journal.keep('a', { since: 1 });
  journal.keep('b', { since: 2 });
  journal.keep('a', { since: 3 });
  journal.forget('b');
  journal.forget('c');
  const again = openJournal(file, entry, (error) => troubles.push(error));
  expect(again.all()).toEqual([{ since: 3 }]);
  expect(again.find('a')).toEqual({ since: 3 });
  expect(readdirSync(join(file, '..'))).toEqual(['calls.json']);
  expect(troubles).toEqual([]);
});

test.each(['', '{"a":', '{"a":{"since":"long ago"}}', '[]'])(
  'a file that holds %j is told, and counts as empty',
  (text) => {
    const file = newFile();
    writeFileSync(file, text);
    const troubles: unknown[] = [];
    const journal = openJournal(file, entry, (error) => troubles.push(error));
    expect(journal.all()).toEqual([]);
    expect(troubles).toHaveLength(1);
    journal.keep('a', { since: 1 });
    expect(openJournal(file, entry, (error) => troubles.push(error)).all()).toEqual([{ since: 1 }]);
  },
);

test('a folder that is gone is told; the calls go on', () => {
  const troubles: unknown[] = [];
  const journal = openJournal('/nonexistent/calls.json', entry, (error) => troubles.push(error));
  journal.keep('a', { since: 1 });
  expect(journal.find('a')).toEqual({ since: 1 });
  expect(troubles).toHaveLength(1);
});

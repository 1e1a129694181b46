import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { usualProcedureRules } from '../../domain/forms/procedure/procedure-rules.ts';
import { readView } from './form-views.ts';

import { rebase } from './rebase.ts';
import { agent, inFolder, openTestCache, sendableOf } from './testing/cache-with-desk.ts';

const worker = join(import.meta.dirname, 'testing/write-until-killed.ts');

/** A small generator of its own (Lehmer), so that a failing moment can be had again. */
const seeded = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
};

test('P2 every acknowledged operation survives kill -9 at ten seeded moments, seq unbroken', async () => {
  const random = seeded(20_261_124);
  await inFolder(async (folder) => {
    const acknowledged: string[] = [];
    for (let round = 0; round < 10; round += 1) {
      acknowledged.push(...(await workUntilKilled(folder, 20 + random() * 400)));
    }
    expect(acknowledged.length).toBeGreaterThan(100);
    const { database } = openTestCache(folder);
    const operations = sendableOf({ database });
    const kept = new Set(operations.map((operation) => operation.id));
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
    expect(operations.map((operation) => operation.seq)).toEqual(operations.map((_, index) => index + 1));
    const forms = database.read((reads) => reads.all(z.object({ id: z.string() }), 'SELECT id FROM forms'));
    for (const { id } of forms) {
      const own = operations.filter((operation) => operation.form === id);
      expect(database.read((reads) => readView(reads, id))?.form).toEqual(
        rebase(undefined, own, agent, usualProcedureRules).form,
      );
    }
    const numbers = database.read((reads) =>
      reads.all(z.object({ n: z.string() }), 'SELECT DISTINCT number AS n FROM forms'),
    );
    expect(numbers).toHaveLength(forms.length);
    database.close();
    console.log(`${acknowledged.length} acknowledged before 10 kills, ${operations.length} kept`);
  });
}, 60_000);

/** Ids that the worker had told when it was killed, `ms` after its first. */
const workUntilKilled = async (folder: string, ms: number): Promise<readonly string[]> => {
  const child = spawn(process.execPath, [worker, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  let told = '';
  child.stdout.on('data', (chunk) => {
    if (told === '') setTimeout(() => child.kill('SIGKILL'), ms);
    told += String(chunk);
  });
  const [code] = await once(child, 'close');
  expect(code, 'the worker ended by itself').toBeNull();
  // The last line may have been cut in the middle.
  return told.split('\n').slice(0, -1);
};

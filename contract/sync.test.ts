import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { operation, operationsVersion } from '../domain/forms/operations.ts';
import { change, pushedOperations, pushResults, syncVersion } from './sync.ts';

/**
 * Desks and server are updated at different times: two that speak of the same version must mean
 * the same. When this test fails, bump `syncVersion` (or `operationsVersion` for an operation), then
 * pin the new hash beside it.
 */
test('what crosses between desk and server changes only with its version', () => {
  const shapes = [operation, pushedOperations, pushResults, change].map((schema) =>
    z.toJSONSchema(schema, { io: 'input' }),
  );
  const hash = createHash('sha256').update(JSON.stringify(shapes)).digest('hex').slice(0, 16);
  expect({ syncVersion, operationsVersion, hash }).toEqual({
    syncVersion: 4,
    operationsVersion: 3,
    hash: '462dcf35ea7fbd86',
  });
});

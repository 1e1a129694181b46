import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { inboxParts, type RequestInput } from '../../../contract/ipc.ts';
import type { CheckBack } from '../../../domain/forms/check-back.ts';
import { complaintFields } from '../../../domain/forms/complaint.ts';
import { formKinds } from '../../../domain/forms/form-kind.ts';
import { inboxes, type Work } from '../../../domain/forms/work.ts';
import { foldText, wordsOf } from '../../../domain/search/fold-text.ts';
import { searchable, searchedFor } from '../../../domain/search/searchable.fixture.ts';
import type { Database } from '../database.ts';
import { listForms } from '../form-list.ts';
import { writeForm } from '../form-row.ts';
import { jsonOf } from '../json-column.ts';
import { rebaseForm } from '../store/rebase-form.ts';
import { agent, author, indexAll, inFolder, onStore, openTestCache } from '../testing/cache-with-desk.ts';
import { writtenForm } from '../testing/written-form.ts';
import { countUnindexed } from './form-index.ts';

type Query = RequestInput<'form.list'>;
const everything: Query = { search: '', status: null, inbox: null, desk: null, part: null, limit: 200, offset: 0 };

const list = (database: Database, query: Partial<Query>) =>
  database.read((reads) => listForms(reads, { ...everything, ...query }, author()));
const idsOf = (database: Database, query: Partial<Query>) => list(database, query).forms.map(({ id }) => id);

const write = (database: Database, form: Parameters<typeof writeForm>[1]): void =>
  database.write((writes) => writeForm(writes, form));

/** What a search is to find, by going through every form with its text in plain sight. */
const searchedRow = z.object({
  id: z.string(),
  form: jsonOf(z.object({ number: z.string(), transcript: z.string(), fields: complaintFields })),
});
const foundByEye = (database: Database, query: Partial<Query>): readonly string[] => {
  const { search = '', ...filters } = query;
  const listed = new Set(idsOf(database, { ...filters, search: '' }));
  // Read as JSON and not by SQLite's own operators, which take halves of surrogate pairs for other characters.
  const texts = database
    .read((reads) => reads.all(searchedRow, 'SELECT id, form FROM forms'))
    .map(({ id, form: { number, transcript, fields } }) => {
      const { callerName, contactNumber, account, text, happenedWhere, forwardedBy } = fields;
      const all = [number, callerName, contactNumber, account, text, happenedWhere, forwardedBy, transcript];
      return { id, text: all.join('\n') };
    });
  return texts
    .filter(({ id, text }) => listed.has(id) && wordsOf(search).every((word) => foldText(text).includes(word)))
    .map(({ id }) => id);
};

const checkBack = (answer: CheckBack['answer']): CheckBack => ({
  id: '11111111-1111-4111-8111-111111111111',
  ...{ channel: 'call', to: '1', text: '?', remindAt: 9, operation: 'o', by: '1001', at: 1, sending: null, answer },
});
const formIds = Array.from({ length: 24 }, (_, at) => `form-${at}`);
const work: fc.Arbitrary<Work> = fc.oneof(
  fc.constant<Work>({ state: 'none' }),
  fc.record({ state: fc.constant('waiting' as const), inbox: fc.constantFrom(...inboxes), since: fc.nat(9) }),
  fc.record({
    ...{ state: fc.constant('claimed' as const), inbox: fc.constantFrom(...inboxes), since: fc.nat(9) },
    ...{ by: fc.constantFrom(agent.staffNumber, '1002'), waitingSince: fc.nat(9) },
  }),
  fc.record({
    ...{ state: fc.constant('set-aside' as const), inbox: fc.constantFrom(...inboxes) },
    ...{ by: fc.constant('1002'), at: fc.nat(9), reason: fc.constant('') },
  }),
);
// A few instants, so that places of the index are fought over; fewer than there are forms in a second's places.
const changedAt = fc.constantFrom(0, 1, 999, 1_000, 1_001, 61_000, 1_764_000_000_000);
const checkBacks = fc.constantFrom(
  [],
  [checkBack(null)],
  [checkBack({ operation: 'o', by: '1001', at: 2, text: '好' })],
);
const written = fc
  .record({
    id: fc.constantFrom(...formIds),
    number: fc.constantFrom('261124-0017-001-7', '261124-0018-139-0'),
    kind: fc.constantFrom(...formKinds),
    status: fc.constantFrom('draft' as const, 'submitted' as const),
    transcript: searchable,
    work,
    checkBacks,
    changedAt,
    fields: fc.record({ callerName: searchable, text: searchable, happenedWhere: searchable, account: searchable }),
  })
  .map(({ fields, ...known }) => writtenForm(known, fields));
const removed = fc.constantFrom(...formIds);
const orNone = <Value>(...values: Value[]) => fc.constantFrom(null, null, null, ...values);
const query: fc.Arbitrary<Partial<Query>> = fc.record({
  search: searchedFor.filter((text) => wordsOf(text).length > 0),
  status: orNone('draft' as const, 'submitted' as const),
  inbox: orNone(...inboxes),
  part: orNone(...inboxParts),
});

test('P2 a search finds what going through every text finds, after any writing and removing, with any filter', () =>
  inFolder((folder) => {
    const { database } = openTestCache(folder);
    const found = { plain: 0, byStatus: 0, byInbox: 0, byPart: 0 };
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ arbitrary: written, weight: 4 }, { arbitrary: removed, weight: 1 }), {
          minLength: 1,
          maxLength: 20,
        }),
        fc.array(query, { minLength: 8, maxLength: 8 }),
        (steps, queries) => {
          for (const step of steps) {
            if (typeof step !== 'string') write(database, step);
            // Of what neither the centre nor this desk has anything, nothing is shown any more.
            else onStore({ database }, (store) => rebaseForm(store, step, agent));
          }
          for (const one of queries) {
            const answer = list(database, one);
            const truth = foundByEye(database, one);
            if (one.status) found.byStatus += truth.length;
            else if (one.inbox) found.byInbox += truth.length;
            else if (one.part) found.byPart += truth.length;
            else found.plain += truth.length;
            expect(answer.forms.map(({ id }) => id).sort()).toEqual([...truth].sort());
            expect(answer).toMatchObject({ total: truth.length, more: false });
            expect(answer.forms.map(({ id }) => id)).toEqual(
              idsOf(database, { ...one, search: '' }).filter((id) => truth.includes(id)),
            );
          }
        },
      ),
      { numRuns: 100 },
    );
    for (const seen of Object.values(found)) expect(seen).toBeGreaterThan(20);
    database.close();
  }));

test('P2 a search counts to a thousand and says that there is more; the pages follow each other without a gap', () =>
  inFolder((folder) => {
    const { database } = openTestCache(folder);
    const forms = Array.from({ length: 1_040 }, (_, at) =>
      writtenForm(
        { id: `form-${at}`, number: `no-${at}`, changedAt: at * 997 },
        { text: at < 20 ? '停机' : '宽带掉线' },
      ),
    );
    database.write((writes) => {
      for (const form of forms) writeForm(writes, form);
    });
    expect(list(database, { search: '宽带掉线' })).toMatchObject({ total: 1_000, more: true });
    expect(list(database, { search: '停机' })).toMatchObject({ total: 20, more: false });
    const pages = [0, 200, 400, 600, 800, 1_000].flatMap((offset) => idsOf(database, { search: '宽带掉线', offset }));
    expect(pages).toEqual(
      forms
        .slice(20)
        .reverse()
        .map(({ id }) => id),
    );
    database.close();
  }));

test('P2 an index of another version is filled anew when the cache is opened', () =>
  inFolder((folder) => {
    const before = openTestCache(folder).database;
    const form = writtenForm({ number: 'n' }, { text: '宽带掉线' });
    write(before, form);
    before.write((writes) => {
      writes.run('DELETE FROM form_search');
      writes.run('UPDATE meta SET form_index_version = 0');
    });
    expect(idsOf(before, { search: '宽带' })).toEqual([]);
    before.close();
    const { database } = openTestCache(folder);
    expect(database.read(countUnindexed)).toBe(1);
    indexAll({ database });
    expect(idsOf(database, { search: '宽带' })).toEqual([form.id]);
    expect(idsOf(database, { search: '宽带', status: 'submitted' })).toEqual([]);
    database.close();
  }));

import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Engine, engines } from '../records/engines.fixture.ts';
import type { Records } from '../records/open-records.ts';
import { noteAttachments } from '../records/upgrade-attachments.ts';
import { isForDepartment } from './attachment-for-department.ts';
import { newId, pushInto, seniorAgent, signInAt, type TestDesk } from './push.fixture.ts';
import type { Push } from './push.ts';

describe.each(engines)('on $engine', ({ start }) => {
  let engine: Engine;
  let records: Records;
  let push: Push;
  let senior: TestDesk;

  beforeAll(async () => {
    engine = await start();
    records = await engine.open();
    push = pushInto(records, { clock: () => 1_000 });
    senior = await signInAt(records, seniorAgent);
  }, 60_000);
  afterAll(async () => {
    await records?.close();
    await engine?.stop();
  });

  let files = 0;
  const newFile = () => {
    files += 1;
    const sha256 = files.toString(16).padStart(64, 'f');
    return { id: randomUUID(), sha256, name: '账单\u0000.pdf', mediaType: 'application/pdf', size: 10 };
  };
  /** A complaint with a file and an order for billing, as far as `sent` says. */
  const complaint = async (sent: boolean) => {
    const form = newId();
    const file = newFile();
    const order = randomUUID();
    const fields = { contactNumber: '13800138000', complaintType: 'billing-tariff', text: '多收月租' } as const;
    const from = { contactNumber: '', complaintType: null, text: '' };
    const dispatch = { order, type: 'dispatch', department: 'billing', text: '请核查', follows: null } as const;
    const { results } = await push.take(
      [
        senior.open(form),
        senior.make('form.edit', form, { from, to: fields }),
        senior.make('form.attach', form, file),
        ...(sent ? [senior.make('form.order', form, dispatch)] : []),
      ],
      senior.session,
    );
    expect(results.map(({ outcome }) => outcome)).not.toContain('rejected');
    return { form, file, order };
  };
  const has = (sha256: string, code: string) => isForDepartment(records.db, sha256, code);

  test('S4 a department has the files of the forms it has an order of, and no others', async () => {
    const { file } = await complaint(true);
    const { file: unsent } = await complaint(false);
    expect(await has(file.sha256, 'billing')).toBe(true);
    expect(await has(file.sha256, 'network')).toBe(false);
    expect(await has(file.sha256, '')).toBe(false);
    expect(await has(unsent.sha256, 'billing')).toBe(false);
    expect(await has('0'.repeat(64), 'billing')).toBe(false);
  });

  test("S4 a file that was taken off the form is the department's no more", async () => {
    const { form, file } = await complaint(true);
    await push.take([senior.make('form.detach', form, { attachmentId: file.id })], senior.session);
    expect(await has(file.sha256, 'billing')).toBe(false);
  });

  test('records of an older version know after their upgrade which files stand on which forms', async () => {
    const { file } = await complaint(true);
    await sql`delete from form_attachments`.execute(records.db);
    expect(await has(file.sha256, 'billing')).toBe(false);
    await noteAttachments(records.db);
    expect(await has(file.sha256, 'billing')).toBe(true);
  });
});

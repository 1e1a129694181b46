import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { v7 as uuidv7 } from 'uuid';
import type { Person } from '../../../../contract/http.ts';
import { services } from '../../../../domain/access/services.ts';
import { emptyComplaint } from '../../../../domain/forms/complaint.ts';
import { dayOfNumber, formNumber } from '../../../../domain/forms/form-number.ts';
import type { Operation } from '../../../../domain/forms/operations.ts';
import { usualProcedureRules } from '../../../../domain/forms/procedure/procedure-rules.ts';
import { hashPassword } from '../../../../server/api/passwords.ts';
import { createAccessTokens } from '../../../../server/api/tokens.ts';
import { readTokenKey } from '../../../../server/records/data-folder.ts';
import { openPostgres } from '../../../../server/records/open-records.ts';
import { deskOf, type LiveSession, startSession } from '../../../../server/records/sessions.ts';
import { addStaff } from '../../../../server/records/staff.ts';
import { createPush } from '../../../../server/sync/push.ts';
import { sqlSyncRecords } from '../../../../server/sync/sql-sync-records.ts';
import type { SimulatedDesk } from './words.ts';

const departments = ['billing', 'network', 'shops'] as const;
/** Of so many desks one is a department's; of so many forms one has an order that a department answers. */
const departmentOneIn = 33;
const orderOneIn = 10;
const tokenMs = 15 * 60_000;
const words = '用户反映宽带网速慢，晚间高峰期经常断线，多次报修未见好转，要求尽快派人上门检查并给予答复。';

const personAt = (at: number): Person => {
  const staffNumber = `D${String(at).padStart(4, '0')}`;
  const department = departments[at % departments.length];
  return at % departmentOneIn === departmentOneIn - 1 && department !== undefined
    ? { staffNumber, name: `部门${at}`, roles: ['department'], languages: ['zh'], department }
    : { staffNumber, name: `坐席${at}`, roles: ['senior-agent'], languages: ['zh'] };
};

/**
 * Staff, sessions and forms, made in the records before the server starts: signing two thousand people in by their
 * passwords would take longer than the measurement. The tokens are those that a sign-in gives.
 */
export const prepareDesks = async (options: {
  readonly databaseUrl: string;
  readonly dataDir: string;
  readonly desks: number;
  readonly editing: number;
  readonly formsEach: number;
}): Promise<readonly SimulatedDesk[]> => {
  await mkdir(options.dataDir, { recursive: true });
  const tokens = createAccessTokens(await readTokenKey(options.dataDir));
  const records = await openPostgres(options.databaseUrl, 4);
  const push = createPush({
    records: sqlSyncRecords(records.db),
    clock: Date.now,
    rules: usualProcedureRules,
    onStuck: (_operation, error) => {
      throw error;
    },
  });
  const hash = await hashPassword(randomUUID());

  const formsOf = async (session: LiveSession, desk: number): Promise<readonly [readonly string[], number]> => {
    const forms = Array.from({ length: options.formsEach }, () => uuidv7());
    const { device, person } = session;
    const operations: Operation[] = [];
    const make = (form: string, made: Pick<Operation, 'kind' | 'payload'>) =>
      // The kinds and their payloads are tied where they are made; TypeScript cannot follow through the union.
      operations.push({
        ...{ id: uuidv7(), device, seq: operations.length + 1, form, madeAt: Date.now(), by: person.staffNumber },
        ...made,
      } as Operation);
    for (const [at, form] of forms.entries()) {
      const number = formNumber({ day: dayOfNumber(new Date()), desk, count: at + 1 });
      const known = {
        contactNumber: `139${String(desk).padStart(8, '0')}`,
        complaintType: 'other',
        text: words,
      } as const;
      const fields = { ...emptyComplaint, ...known };
      const origin = { via: 'desk', channel: 'voice' } as const;
      make(form, { kind: 'form.open', payload: { number, kind: 'complaint', origin, fields, attachments: [] } });
      const department = departments[(at / orderOneIn) % departments.length];
      if (at % orderOneIn !== 0 || department === undefined) continue;
      const order = { order: randomUUID(), type: 'dispatch', department, text: '请核查', follows: null } as const;
      make(form, { kind: 'form.order', payload: order });
    }
    const { results } = await push.take(operations, session);
    const refused = results.find(({ outcome }) => outcome !== 'applied');
    if (refused) throw new Error(`not prepared: ${JSON.stringify(refused)}`);
    return [forms, operations.length + 1];
  };

  try {
    const desks: SimulatedDesk[] = [];
    const now = Date.now();
    let editing = 0;
    for (let at = 0; at < options.desks; at += 1) {
      const person = personAt(at);
      const device = randomUUID();
      const session: LiveSession = { id: randomUUID(), device, person, services };
      await addStaff(records.db, person, hash, { actor: null, at: now });
      const desk = await deskOf(records.db, device, now);
      await startSession(records.db, { id: session.id, staffNumber: person.staffNumber, device, now });
      const accessToken = tokens.sign({ session: session.id, pair: 1, endsAt: now + tokenMs });
      const address = `10.0.${Math.floor(at / 250)}.${(at % 250) + 1}`;
      if (person.department !== undefined || editing >= options.editing) {
        desks.push({ accessToken, address, edits: null });
        continue;
      }
      editing += 1;
      const [forms, nextSeq] = await formsOf(session, desk);
      desks.push({
        accessToken,
        address,
        edits: { device, staffNumber: person.staffNumber, nextSeq, forms: [...forms] },
      });
    }
    return desks;
  } finally {
    await records.close();
  }
};

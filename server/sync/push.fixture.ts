import { randomBytes, randomUUID } from 'node:crypto';
import type { Person } from '../../contract/http.ts';
import { services } from '../../domain/access/services.ts';
import { emptyComplaint } from '../../domain/forms/complaint.ts';
import { formNumber } from '../../domain/forms/form-number.ts';
import type { Operation, OperationKind } from '../../domain/forms/operations.ts';
import { usualProcedureRules } from '../../domain/forms/procedure/procedure-rules.ts';
import { hashPassword } from '../api/passwords.ts';
import type { Records } from '../records/open-records.ts';
import { deskOf, type LiveSession, startSession } from '../records/sessions.ts';
import { addStaff, findStaff } from '../records/staff.ts';
import { createPush, type Push, type PushParts } from './push.ts';
import { sqlSyncRecords } from './sql-sync-records.ts';

/** UUIDv7 as a desk makes them. */
export const newId = (at = Date.now()): string => {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(at, 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

/** A desk that numbers its operations as desks do. */
export interface TestDesk {
  readonly session: LiveSession;
  readonly make: <Kind extends OperationKind>(
    kind: Kind,
    form: string,
    payload: Extract<Operation, { kind: Kind }>['payload'],
  ) => Operation;
  readonly open: (form: string) => Operation;
}

/** A push by the usual rules; an operation that gets stuck fails the test. */
export const pushInto = (
  { db }: Pick<Records, 'db'>,
  parts: Partial<Omit<PushParts, 'records'>> & Pick<PushParts, 'clock'>,
): Push =>
  createPush({
    records: sqlSyncRecords(db),
    rules: usualProcedureRules,
    onStuck: (_operation, error) => {
      throw error;
    },
    ...parts,
  });

let hashed: string | undefined;

/** Somebody signed in at a desk of their own. */
export const signInAt = async ({ db }: Records, person: Person, device = randomUUID()): Promise<TestDesk> => {
  hashed ??= await hashPassword('right');
  if (!(await findStaff(db, person.staffNumber))) await addStaff(db, person, hashed, { actor: null, at: 0 });
  const desk = await deskOf(db, device, 0);
  const session: LiveSession = { id: randomUUID(), device, person, services };
  await startSession(db, { id: session.id, staffNumber: person.staffNumber, device, now: 0 });
  let seq = 0;
  const make: TestDesk['make'] = (kind, form, payload) => {
    seq += 1;
    // The kinds and their payloads are tied by the signature; TypeScript cannot follow through the union.
    return { id: newId(), device, seq, form, madeAt: Date.now(), by: person.staffNumber, kind, payload } as Operation;
  };
  let count = 0;
  return {
    session,
    make,
    open: (form) => {
      count += 1;
      return make('form.open', form, {
        number: formNumber({ day: '261124', desk, count }),
        kind: 'complaint',
        origin: { via: 'desk', channel: 'voice' },
        fields: emptyComplaint,
        attachments: [],
      });
    },
  };
};

export const agent: Person = { staffNumber: '1001', name: '李晓雯', roles: ['junior-agent'], languages: ['zh'] };
export const otherAgent: Person = { staffNumber: '1002', name: '王志强', roles: ['junior-agent'], languages: ['zh'] };
export const department: Person = { staffNumber: '7001', name: '营业厅', roles: ['department'], languages: ['zh'] };
export const textClerk: Person = { staffNumber: '3001', name: '孙丽', roles: ['text-clerk'], languages: ['zh'] };
export const recordingClerk: Person = {
  staffNumber: '4001',
  name: '吴敏',
  roles: ['recording-clerk'],
  languages: ['zh'],
};
export const seniorAgent: Person = { staffNumber: '8806', name: '陈静', roles: ['senior-agent'], languages: ['zh'] };

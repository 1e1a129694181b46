import { v4 as uuidV4, v7 as uuidV7 } from 'uuid';
import { expect, test } from 'vitest';
import { emptyComplaint } from '../../domain/forms/complaint.ts';
import type { Form } from '../../domain/forms/form.ts';
import type { Operation, OperationKind } from '../../domain/forms/operations.ts';
import { usualProcedureRules } from '../../domain/forms/procedure/procedure-rules.ts';
import type { Role } from '../../domain/people/roles.ts';
import { listToldOf } from './deadline-notices.ts';
import { takeProcedureRules } from './form-views.ts';
import type { Cache } from './open-cache.ts';
import { takeChanges } from './store/take-changes.ts';
import { agent, atCentre, inFolder, onStore, openTestCache } from './testing/cache-with-desk.ts';

const sentAt = Date.parse('2026-11-23T10:30:00+08:00');
const half = Date.parse('2026-11-24T14:00:00+08:00');
const fourFifths = Date.parse('2026-11-25T12:30:00+08:00');
const over = Date.parse('2026-11-26T09:00:00+08:00');

/** The centre's copy of a complaint about staff that senior 8806 dispatched to the shops on Monday at 10:30. */
const dispatched = () => {
  const [form, order] = [uuidV7(), uuidV4()];
  let kept: Form | undefined;
  let seq = 0;
  const does = <Kind extends OperationKind>(
    role: Role,
    by: string,
    madeAt: number,
    kind: Kind,
    payload: Extract<Operation, { kind: Kind }>['payload'],
  ): Form => {
    seq += 1;
    // The kinds and their payloads are tied by the signature; TypeScript cannot follow through the union.
    const operation = { id: uuidV7(), device: uuidV4(), seq, form, madeAt, by, kind, payload } as Operation;
    kept = atCentre([operation], kept, [role]);
    return kept;
  };
  const fields = { ...emptyComplaint, callerName: '赵敏', contactNumber: '13900001111', text: '态度差' };
  does('senior-agent', '8806', sentAt, 'form.open', {
    number: form.slice(0, 32),
    kind: 'complaint',
    origin: { via: 'desk', channel: 'voice' },
    fields: { ...fields, complaintType: 'staff-conduct' },
    attachments: [],
  });
  const dispatch = { order, type: 'dispatch', department: 'shops', text: '请核实', follows: null } as const;
  does('senior-agent', '8806', sentAt, 'form.order', dispatch);
  return { form, order, does };
};

test('S4 at each step those hear of it whom the settings name, until the deadline is met or stands still', () =>
  inFolder((folder) => {
    const cache = openTestCache(folder);
    const { form, order, does } = dispatched();
    let cursor = 0;
    const pulled = (changed: Form) => {
      cursor += 1;
      const page = { changes: [{ cursor, form: changed }], cursor };
      onStore(cache, (store) => takeChanges(store, page, agent));
    };
    const people = {
      sender: { staffNumber: '8806', roles: ['senior-agent'] },
      senior: { staffNumber: '8807', roles: ['senior-agent'] },
      supervisor: { staffNumber: '9001', roles: ['supervisor'] },
      shops: { staffNumber: '7001', roles: ['department'], department: 'shops' },
      network: { staffNumber: '7002', roles: ['department'], department: 'network' },
      manager: { staffNumber: '9901', roles: ['manager-hotline'] },
      junior: { staffNumber: '1001', roles: ['junior-agent'] },
    } as const;
    const told = () =>
      Object.entries(people)
        .filter(([, person]) => seenBy(cache, person).includes(form))
        .map(([who]) => who);

    pulled(does('centre', 'CENTRE', half, 'form.warn', { order, atPercent: 50 }));
    expect(told()).toEqual(['sender', 'shops']);
    pulled(does('centre', 'CENTRE', fourFifths, 'form.warn', { order, atPercent: 80 }));
    expect(told()).toEqual(['sender', 'senior', 'supervisor', 'shops']);
    pulled(does('senior-agent', '8806', fourFifths + 1, 'form.pause', { order, reason: '等用户寄回设备' }));
    expect(told()).toEqual([]);
    pulled(does('senior-agent', '8806', fourFifths + 2, 'form.resume', { order }));
    expect(told()).toEqual(['sender', 'senior', 'supervisor', 'shops']);
    pulled(does('centre', 'CENTRE', over, 'form.escalate', { order }));
    expect(told()).toEqual(['sender', 'senior', 'supervisor', 'shops', 'manager']);

    const escalation = [{ atPercent: 50, tell: ['supervisors' as const] }];
    const rules = { ...usualProcedureRules, deadlines: { ...usualProcedureRules.deadlines, escalation } };
    cache.database.write((writes) => takeProcedureRules(writes, rules));
    expect(told()).toEqual(['supervisor', 'manager']);

    pulled(does('manager-hotline', '9901', over + 1, 'form.decide', { end: 'answered', text: '已致歉' }));
    expect(told()).toEqual([]);
    cache.database.close();
  }));

const seenBy = (cache: Cache, person: { readonly staffNumber: string; readonly roles: readonly Role[] }) => {
  const { forms, total } = cache.database.read((reads) => listToldOf(reads, { ...person, now: over }));
  expect(total).toBe(forms.length);
  return forms.map(({ id }) => id);
};

import { v4 as uuidV4 } from 'uuid';
import { expect, test } from 'vitest';
import type { FormAction } from '../../domain/forms/operations.ts';
import { usualProcedureRules } from '../../domain/forms/procedure/procedure-rules.ts';
import { listForms } from './form-list.ts';
import { takeProcedureRules } from './form-views.ts';
import type { Author } from './store/act.ts';
import { inFolder, openTestCache } from './testing/cache-with-desk.ts';
import { openForm, performAction } from './work-form.ts';

const monday = Date.parse('2026-11-23T10:30:00+08:00');
const hourMs = 3_600_000;
const by = (role: Author['roles'][number], now: number): Author => ({ staffNumber: '8806', roles: [role], now });

test('S3 a list shows the deadline that counts, by the rules the centre told, with no network; none once the user is answered', () =>
  inFolder((folder) => {
    const cache = openTestCache(folder);
    const rules = {
      ...usualProcedureRules,
      deadlines: { ...usualProcedureRules.deadlines, daysOff: ['2026-11-24'] },
    };
    cache.database.write((writes) => takeProcedureRules(writes, rules));
    const fields = { callerName: '赵敏', contactNumber: '13900001111', text: '营业员态度差' };
    const opened = cache.database.write((writes) =>
      openForm(writes, by('senior-agent', monday), { ...fields, complaintType: 'staff-conduct' }),
    );
    if (!opened.ok) throw new Error(opened.error.code);
    const form = opened.value.id;
    const order = uuidV4();
    const does = (action: FormAction, now: number, role: Author['roles'][number] = 'senior-agent') =>
      expect(cache.database.write((writes) => performAction(writes, by(role, now), action))).toMatchObject({
        ok: true,
      });
    const shown = () =>
      cache.database.read((reads) =>
        listForms(
          reads,
          { search: '', status: null, inbox: null, desk: null, part: null, limit: 9, offset: 0 },
          { staffNumber: '8806', now: monday },
        ),
      ).forms[0]?.deadline;

    expect(shown()).toBeNull();
    const dispatch = { order, type: 'dispatch', department: 'shops', text: '请核实', follows: null } as const;
    does({ form, kind: 'form.order', payload: dispatch }, monday);
    expect(shown()).toMatchObject({ startedAt: monday, dueAt: Date.parse('2026-11-26T17:30:00+08:00'), paused: null });
    does({ form, kind: 'form.pause', payload: { order, reason: '等用户寄回设备' } }, monday + hourMs);
    expect(shown()).toMatchObject({ paused: { at: monday + hourMs, reason: '等用户寄回设备' } });
    does({ form, kind: 'form.resume', payload: { order } }, monday + 3 * hourMs);
    expect(shown()).toMatchObject({ dueAt: Date.parse('2026-11-27T10:30:00+08:00'), paused: null });
    const handOver = { to: 'manager', cause: 'not-content', text: '' } as const;
    does({ form, kind: 'form.hand-over', payload: handOver }, monday + 4 * hourMs);
    const decision = { end: 'answered', text: '已致歉并补偿' } as const;
    does({ form, kind: 'form.decide', payload: decision }, monday + 5 * hourMs, 'manager-hotline');
    expect(shown()).toBeNull();
    cache.database.close();
  }));

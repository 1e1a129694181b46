import { emptyComplaint } from '../../complaint.ts';
import type { Form } from '../../form.ts';
import { type FormKind, formKinds } from '../../form-kind.ts';
import { newProcedure } from '../procedure.ts';
import type { SeededChoice } from './seeded-choice.ts';

const kinds: readonly FormKind[] = ['complaint', 'complaint', 'complaint', 'complaint', ...formKinds];
const firstDay = Date.parse('2026-01-05T00:00:00Z');
const dayMs = 86_400_000;
const full = { contactNumber: '13800138000', complaintType: 'billing-tariff', text: '多收费', account: '7' } as const;

/** A form as an agent opens it in a talk, mostly with its fields filled in, or as a clerk finds it in an inbox. */
export const firstForm = (random: SeededChoice): Form => {
  const at = firstDay + random.below(300) * dayMs;
  return {
    id: '019ab000-0000-7000-8000-000000000001',
    number: '261124-0001-001-7',
    kind: random.pick(kinds),
    status: 'draft',
    origin: { via: 'desk', channel: 'voice' },
    work: random.chance(15) ? { state: 'waiting', inbox: 'text', since: at } : { state: 'none' },
    fields: { ...emptyComplaint, ...(random.chance(80) ? full : {}) },
    attachments: [],
    notes: [],
    calls: [],
    transcript: '',
    callbackTries: [],
    checkBacks: [],
    received: [],
    procedure: newProcedure(at),
    openedBy: '1001',
    openedAt: at,
    changedAt: at,
    history: [{ operation: '019ab000-0000-7000-8000-000000000000', kind: 'form.open', by: '1001', at }],
  };
};

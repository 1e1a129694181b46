import { expect, test } from 'vitest';
import { usualCallbackRules } from './callback.ts';
import { emptyComplaint } from './complaint.ts';
import { formRow, formRowNames } from './form-row.ts';
import { done, make } from './perform.fixture.ts';
import { usualProcedureRules } from './procedure/procedure-rules.ts';

test('P2 a row has the names that are told before rows are sent, in their order', () => {
  const payload = {
    number: '261124-0017-001',
    kind: 'complaint',
    origin: { via: 'desk', channel: 'voice' },
    fields: emptyComplaint,
    attachments: [],
  } as const;
  const form = done(undefined, make('form.open', payload));
  const rules = { callbacks: usualCallbackRules, procedures: usualProcedureRules };
  expect(Object.keys(formRow(form, rules))).toEqual(formRowNames);
});

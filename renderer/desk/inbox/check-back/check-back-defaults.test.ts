import { expect, test } from 'vitest';
import { emptyComplaint } from '../../../../domain/forms/complaint.ts';
import type { Origin } from '../../../../domain/forms/origin.ts';
import { addressFor, usualChannel } from './check-back-defaults.ts';

const fields = { ...emptyComplaint, contactNumber: '13800001234' };
const web = (contact: string): Origin => ({ via: 'web-message', name: '', contact, language: 'zh', receivedAt: 0 });
const fax: Origin = { via: 'fax', fromNumber: '01088886666', receivedAt: 0, fileName: 'a.tif', problem: null };

test('A4 the customer is checked back with the way they came', () => {
  expect(usualChannel({ origin: fax, fields })).toBe('fax');
  expect(addressFor({ origin: fax, fields }, 'fax')).toBe('01088886666');
  expect(usualChannel({ origin: web('a@example.com'), fields })).toBe('e-mail');
  expect(addressFor({ origin: web('a@example.com'), fields }, 'e-mail')).toBe('a@example.com');
  expect(usualChannel({ origin: web('13900000000'), fields })).toBe('call');
  expect(usualChannel({ origin: { via: 'desk', channel: 'letter' }, fields })).toBe('letter');
  expect(usualChannel({ origin: { via: 'desk', channel: 'voice' }, fields })).toBe('call');
  expect(addressFor({ origin: { via: 'desk', channel: 'voice' }, fields }, 'call')).toBe('13800001234');
});

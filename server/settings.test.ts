import { expect, test } from 'vitest';
import { usualDeadlineRules } from '../domain/deadlines/deadline-rules.ts';
import { usualCallbackRules } from '../domain/forms/callback.ts';
import { usualCacheRules } from '../domain/sync/cache-rules.ts';
import { readSettings } from './settings.ts';

test('an empty environment gives a server on loopback', () => {
  expect(readSettings({})).toMatchObject({
    ok: true,
    value: {
      httpPort: 8100,
      bindAddress: '127.0.0.1',
      sipPort: 5060,
      rtpPorts: { first: 40_000, last: 40_999 },
      databaseUrl: undefined,
      wrapUpSeconds: 30,
      demo: false,
    },
  });
});

test('an empty variable is one not set', () => {
  expect(readSettings({ ZUOXI_HTTP_PORT: '', DATABASE_URL: '' })).toEqual(readSettings({}));
});

test('every setting that cannot be used is named with its reason, and no value is told', () => {
  const read = readSettings({
    ZUOXI_HTTP_PORT: 'eighty',
    ZUOXI_BIND: 'everywhere',
    ZUOXI_RTP_PORTS: '41000-40000',
    DATABASE_URL: 'mysql://root:secret@db/zuoxi',
    ZUOXI_WRAP_UP_SECONDS: '-1',
    ZUOXI_DEMO: 'yes',
    ZUOXI_TRUNKS: '10.0.0.0/33,10.0.0.1',
  });
  if (read.ok) throw new Error('accepted');
  expect(read.error.map((line) => line.split(':')[0])).toEqual([
    'ZUOXI_HTTP_PORT',
    'ZUOXI_BIND',
    'ZUOXI_RTP_PORTS',
    'DATABASE_URL',
    'ZUOXI_TRUNKS',
    'ZUOXI_WRAP_UP_SECONDS',
    'ZUOXI_DEMO',
  ]);
  expect(read.error.join()).not.toContain('secret');
});

test('a server on every address must say which one callers and seats send to', () => {
  expect(readSettings({ ZUOXI_BIND: '0.0.0.0' })).toEqual({
    ok: false,
    error: ['ZUOXI_ADVERTISED_ADDRESS: needed where ZUOXI_BIND is every address'],
  });
  expect(readSettings({ ZUOXI_BIND: '0.0.0.0', ZUOXI_ADVERTISED_ADDRESS: '10.0.0.7' })).toMatchObject({ ok: true });
});

test('A9 when customers are rung again is a setting of the centre', () => {
  const rulesOf = (given: Readonly<Record<string, string>>) => {
    const read = readSettings(given);
    return read.ok ? read.value.access.callbackRules : read.error.map((line) => line.split(':')[0]);
  };
  expect(rulesOf({})).toEqual(usualCallbackRules);
  expect(
    rulesOf({
      ZUOXI_CALLBACK_NO_ANSWER_MINUTES: '40',
      ZUOXI_CALLBACK_BUSY_MINUTES: '2',
      ZUOXI_CALLBACK_TRIES: '5',
    }),
  ).toEqual({ retryAfterMs: { 'no-answer': 40 * 60_000, busy: 2 * 60_000 }, maxTries: 5 });
  expect(rulesOf({ ZUOXI_CALLBACK_TRIES: '0' })).toEqual(['ZUOXI_CALLBACK_TRIES']);
});

test('S3 S4 deadlines, office hours, regional days and the escalation are settings of the centre', () => {
  const rulesOf = (given: Readonly<Record<string, string>>) => {
    const read = readSettings(given);
    return read.ok ? read.value.deadlines : read.error.map((line) => line.split(':')[0]);
  };
  expect(rulesOf({})).toEqual(usualDeadlineRules);
  expect(
    rulesOf({
      ZUOXI_DAYS_PRODUCT_QUALITY: '4',
      ZUOXI_DAYS_STAFF_CONDUCT: '1',
      ZUOXI_DAYS_BILLING_TARIFF: '6',
      ZUOXI_DAYS_OTHER: '7',
      ZUOXI_OFFICE_HOURS: '09:30-24:00',
      ZUOXI_UTC_OFFSET: '-03:30',
      ZUOXI_DAYS_OFF: '2027-01-01, 2027-02-27/2027-03-01',
      ZUOXI_WORKDAYS: '2027-02-20',
      ZUOXI_CALENDAR_YEARS: '2027',
      ZUOXI_ESCALATION: '60:sender+seniors, 100:manager-hotline',
    }),
  ).toEqual({
    workingDays: { 'product-quality': 4, 'staff-conduct': 1, 'billing-tariff': 6, other: 7 },
    officeHours: { fromMinute: 570, toMinute: 1_440 },
    utcOffsetMinutes: -210,
    daysOff: ['2027-01-01', '2027-02-27', '2027-02-28', '2027-03-01'],
    workdays: ['2027-02-20'],
    yearsEntered: [2027],
    escalation: [
      { atPercent: 60, tell: ['sender', 'seniors'] },
      { atPercent: 100, tell: ['manager-hotline'] },
    ],
  });
  for (const [name, values] of Object.entries({
    ZUOXI_DAYS_OTHER: ['0', 'five'],
    ZUOXI_OFFICE_HOURS: ['17:30-08:30', '8:30-17:30', '08:30-24:30'],
    ZUOXI_UTC_OFFSET: ['8', '+15:00'],
    ZUOXI_DAYS_OFF: ['2027-02-30', '2027-03-01/2027-02-27', '2027-02-01/2027-02-02/2027-02-03'],
    ZUOXI_CALENDAR_YEARS: ['27'],
    ZUOXI_ESCALATION: ['80:sender,50:seniors', '50:everybody', '50', '50:sender,50:seniors'],
  })) {
    for (const value of values) expect(rulesOf({ [name]: value })).toEqual([name]);
  }
});

test('trunks are addresses and networks', () => {
  expect(readSettings({ ZUOXI_TRUNKS: '10.1.0.4, 10.2.0.0/24, 2001:db8::/32' })).toMatchObject({
    ok: true,
    value: { trunks: ['10.1.0.4', '10.2.0.0/24', '2001:db8::/32'] },
  });
});

test('P2 how much desks keep is a setting of the centre', () => {
  const rulesOf = (given: Readonly<Record<string, string>>) => {
    const read = readSettings(given);
    return read.ok ? read.value.cacheRules : read.error.map((line) => line.split(':')[0]);
  };
  expect(rulesOf({})).toEqual(usualCacheRules);
  expect(rulesOf({ ZUOXI_CACHE_DAYS: '90', ZUOXI_CACHE_FORMS: '50000' })).toEqual({
    closedForDays: 90,
    mostForms: 50_000,
  });
  expect(rulesOf({ ZUOXI_CACHE_DAYS: '0', ZUOXI_CACHE_FORMS: 'all' })).toEqual([
    'ZUOXI_CACHE_DAYS',
    'ZUOXI_CACHE_FORMS',
  ]);
});

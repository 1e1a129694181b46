import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import type { FormSummary } from '../../contract/ipc.ts';
import { formsCsv } from './forms-csv.ts';

const at = new Date(2026, 10, 24, 9, 5).getTime();
const form: FormSummary = {
  id: 'f',
  number: '261124-0017-001-5',
  kind: 'complaint',
  status: 'submitted',
  origin: { via: 'desk', channel: 'voice' },
  work: { state: 'none' },
  tentative: false,
  problem: false,
  nextTryAt: null,
  remindAt: null,
  stage: 'senior',
  stageSince: at,
  holder: null,
  deadline: null,
  people: 1,
  callerName: '王**',
  contactNumber: '138****8000',
  masked: true,
  excerpt: '资费有误',
  openedBy: '1001',
  openedAt: at,
  changedAt: at,
  pending: 0,
  attention: 0,
};

test('a list opens in Excel as UTF-8, in the language of the interface', () => {
  const csv = formsCsv([form], 'zh');
  expect(csv.startsWith('\uFEFF')).toBe(true);
  expect(parse(csv, { bom: true, columns: true })).toEqual([
    {
      单号: '261124-0017-001-5',
      类别: '投诉单',
      状态: '已提交',
      姓名: '王**',
      联系电话: '138****8000',
      摘要: '资费有误',
      登记人: '1001',
      登记时间: '2026-11-24 09:05',
      更改时间: '2026-11-24 09:05',
      办理时限: '',
    },
  ]);
  expect(formsCsv([], 'en')).toContain('Number,Kind,Status,Name');
});

test.each(['=1+1', '+8613800138000', '-2+3', '@SUM(A1)', '\t=1', '\r=1'])(
  'what a customer wrote as %j is text, not a formula',
  (excerpt) => {
    const [, row] = parse(formsCsv([{ ...form, excerpt, contactNumber: excerpt }], 'zh'), { bom: true });
    expect(row?.[5]).toBe(`'${excerpt}`);
    expect(row?.[4]).toBe(`'${excerpt}`);
  },
);

test('quotes, commas and line breaks stay in their cell', () => {
  const excerpt = '他说："多收了",\n两次';
  expect(parse(formsCsv([{ ...form, excerpt }], 'zh'), { bom: true })[1]?.[5]).toBe(excerpt);
});

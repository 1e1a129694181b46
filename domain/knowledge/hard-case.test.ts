import { expect, test } from 'vitest';
import { emptyComplaint } from '../forms/complaint.ts';
import { missingInContent } from './article.ts';
import { hardCaseContent } from './hard-case.ts';

test('S2 a draft is made of the text of the form and the method, without who called', () => {
  const fields = {
    ...emptyComplaint,
    callerName: '刘女士',
    contactNumber: '13800138000',
    text: '携号转网后宽带账单仍在扣费\n要求退费',
  };
  const made = hardCaseContent({ fields }, ' 查转出日期，按日退费。 ');
  expect(made.zh.title).toBe('携号转网后宽带账单仍在扣费');
  expect(made.zh.body).toBe('【情况】\n携号转网后宽带账单仍在扣费\n要求退费\n\n【处理办法】\n查转出日期，按日退费。');
  expect(JSON.stringify(made)).not.toMatch(/刘女士|13800138000/);
  expect(missingInContent(made)).toEqual([]);
});

test('S2 a form without text still gives a draft that can be found and sent to review', () => {
  expect(hardCaseContent({ fields: emptyComplaint }, '按日退费').zh).toEqual({
    title: '按日退费',
    body: '【处理办法】\n按日退费',
  });
});

import { expect, test } from 'vitest';
import { type Deadline, pauseDeadline, startDeadline } from '../../../domain/deadlines/deadline.ts';
import { usualDeadlineRules as rules } from '../../../domain/deadlines/deadline-rules.ts';
import { makeI18n } from '../../app/i18n/i18n.ts';
import { deadlineWords } from './deadline-words.ts';

// Sent on a Monday at 10:30; 25 hours of office hours until Wednesday evening.
const kept = startDeadline(Date.parse('2026-11-23T10:30:00+08:00'), 'staff-conduct', rules);

const read = (language: 'zh' | 'en', local: string, given: Deadline = kept) => {
  const now = Date.parse(`${local.replace(' ', 'T')}:00+08:00`);
  const { standing, state, time, reason } = deadlineWords(makeI18n(language).t, language, given, { now, rules });
  return [standing, state, time, reason];
};

test('S4 the countdown says in words what is left of the office hours, and how the deadline stands', () => {
  expect(read('zh', '2026-11-23 10:30')).toEqual(['in-time', '时限内', '剩余 2 个工作日 7 小时', '']);
  expect(read('zh', '2026-11-24 17:30')).toEqual(['warned', '已用 50% 时限', '剩余 1 个工作日', '']);
  expect(read('zh', '2026-11-25 13:10')).toEqual(['warned', '已用 80% 时限', '剩余 4 小时 20 分', '']);
  expect(read('zh', '2026-11-25 17:05')).toEqual(['warned', '已用 80% 时限', '剩余 25 分钟', '']);
  expect(read('zh', '2026-11-25 17:30')).toEqual(['warned', '已用 80% 时限', '剩余 不到 1 分钟', '']);
  expect(read('zh', '2026-11-25 20:00')).toEqual(['overdue', '已超时', '', '']);
  expect(read('zh', '2026-11-27 09:30')).toEqual(['overdue', '已超时', '1 个工作日 1 小时', '']);
  expect(read('en', '2026-11-25 13:10')).toEqual(['warned', '80% of the time gone', '4 h 20 min left', '']);
  expect(read('en', '2026-11-27 09:30')).toEqual(['overdue', 'Overdue', 'by 1 working d 1 h', '']);
});

test('S4 a paused deadline says why it stands still, and with how much left', () => {
  const paused = pauseDeadline(kept, Date.parse('2026-11-25T13:10:00+08:00'), '等用户寄回设备');
  if (!paused.ok) throw new Error(paused.error.code);
  expect(read('zh', '2026-12-01 10:00', paused.value)).toEqual([
    'paused',
    '暂停计时',
    '剩余 4 小时 20 分',
    '原因：等用户寄回设备',
  ]);
  expect(read('en', '2026-12-01 10:00', paused.value)[1]).toBe('Clock paused');
});

import dayjs from 'dayjs';
import businessDays from 'dayjs-business-days2';
import { afterEach, expect, test, vi } from 'vitest';
import { startDeadline } from './deadline.ts';
import { usualDeadlineRules as rules } from './deadline-rules.ts';
import { deadlineTable } from './deadline-table.fixture.ts';
import { nationalDaysOff, nationalWorkdays } from './national-notices.fixture.ts';
import { dayOf, isWorkingDay } from './working-calendar.ts';

dayjs.extend(businessDays, {
  holidays: nationalDaysOff,
  holidayFormat: 'YYYY-MM-DD',
  additionalWorkingDays: nationalWorkdays,
  additionalWorkingDayFormat: 'YYYY-MM-DD',
});

const daysOfSpec = { 'product-quality': 3, 'staff-conduct': 2, 'billing-tariff': 2, other: 5 } as const;
const beijing = (local: string): number => Date.parse(`${local.replace(' ', 'T')}:00+08:00`);
const inWords = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');

afterEach(() => vi.unstubAllEnvs());

test('S3 60 dispatches about Spring Festival and National Day 2024–2026: the table, the peer and we agree', () => {
  expect(deadlineTable).toHaveLength(60);
  expect(new Set(deadlineTable.map(([sentAt]) => sentAt)).size).toBe(60);
  for (const [sentAt, type, due] of deadlineTable) {
    const ours = startDeadline(beijing(sentAt), type, rules);
    const peers = dayjs(sentAt.slice(0, 10)).businessDaysAdd(daysOfSpec[type]).format('YYYY-MM-DD');
    expect({ sentAt, ours: inWords(ours.dueAt), peers }).toEqual({ sentAt, ours: `${due} 17:30`, peers: due });
    expect(ours.calendarPublished).toBe(true);
  }
});

test('S3 every day of 2024–2026 is a working day for us exactly when it is for the peer', () => {
  let worked = 0;
  for (let day = dayjs('2024-01-01'); day.year() < 2027; day = day.add(1, 'day')) {
    const iso = day.format('YYYY-MM-DD');
    const ours = isWorkingDay(dayOf(beijing(`${iso} 12:00`), rules), rules);
    expect({ iso, ours }).toEqual({ iso, ours: day.isBusinessDay() });
    worked += ours ? 1 : 0;
  }
  // 251, 248 and 248 working days.
  expect(worked).toBe(747);
});

test.each([
  ['America/Los_Angeles', 480],
  ['Asia/Shanghai', -480],
  ['Pacific/Kiritimati', -840],
])('S3 a computer that stands in %s reckons by the hotline’s clock', (zone, minutesBehind) => {
  vi.stubEnv('TZ', zone);
  expect(new Date('2026-02-10').getTimezoneOffset()).toBe(minutesBehind);
  for (const [sentAt, type, due] of deadlineTable) {
    expect(inWords(startDeadline(beijing(sentAt), type, rules).dueAt)).toBe(`${due} 17:30`);
  }
});

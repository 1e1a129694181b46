import type { SameKeys } from './words.ts';
import type { zhDeadline } from './zh-deadline.ts';

/** The words of deadlines in English. */
export const enDeadline: SameKeys<typeof zhDeadline> = {
  deadline: {
    'in-time': 'In time',
    warned: '{{percent}}% of the time gone',
    overdue: 'Overdue',
    paused: 'Clock paused',
    left: '{{time}} left',
    over: 'by {{time}}',
    due: 'due {{at}}',
    because: 'Because: {{reason}}',
    unpublished: 'Holidays not announced',
    unpublishedHint:
      'The holidays of a year in this period are not announced yet. It is counted Monday to Friday and may change.',
  },
  deadlineNotice: {
    near: 'Deadlines run out: {{count}}.',
    overdue: 'Deadlines run out: {{count}}, {{overdue}} of them overdue.',
    show: 'Show',
    title: 'Deadlines that run out',
  },
  workingTime: {
    days: '{{days}} working d',
    daysAndHours: '{{days}} working d {{hours}} h',
    hours: '{{hours}} h {{minutes}} min',
    minutes: '{{minutes}} min',
    none: 'under a minute',
  },
};

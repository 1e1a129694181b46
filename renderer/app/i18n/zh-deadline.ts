/** The words of deadlines in Chinese. */
export const zhDeadline = {
  deadline: {
    'in-time': '时限内',
    warned: '已用 {{percent}}% 时限',
    overdue: '已超时',
    paused: '暂停计时',
    left: '剩余 {{time}}',
    over: '{{time}}',
    due: '{{at}} 到期',
    because: '原因：{{reason}}',
    unpublished: '放假安排未公布',
    unpublishedHint: '期限所涉年份的放假调休安排尚未公布，暂按周一至周五推算，公布后可能有变。',
  },
  deadlineNotice: {
    near: '{{count}} 张单子的时限将到。',
    overdue: '{{count}} 张单子的时限将到，其中 {{overdue}} 张已超时。',
    show: '查看',
    title: '时限提醒',
  },
  workingTime: {
    days: '{{days}} 个工作日',
    daysAndHours: '{{days}} 个工作日 {{hours}} 小时',
    hours: '{{hours}} 小时 {{minutes}} 分',
    minutes: '{{minutes}} 分钟',
    none: '不到 1 分钟',
  },
} as const;

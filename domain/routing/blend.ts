import type { Inbox } from '../forms/work.ts';
import type { Role } from '../people/roles.ts';
import type { RoutableSeat } from './routable.ts';

export type Duty = RoutableSeat['duty'];

/** Forms that wait in each inbox. */
export type InboxLoad = Readonly<Record<Inbox, number>>;

/** Forms waiting in a clerk's inboxes; `emptyAt` below `fullAt`, so that nobody goes to and fro with every form. */
export interface BlendRules {
  /** So many or more: clerks take no calls. */
  readonly fullAt: number;
  /** So many or fewer: they take calls again. */
  readonly emptyAt: number;
}

export const usualBlend: BlendRules = { fullAt: 5, emptyAt: 1 };

const inboxOfClerk: Partial<Record<Role, Inbox>> = { 'text-clerk': 'text', 'recording-clerk': 'recording' };
/** Who is an agent as well takes calls as an agent does. */
const agents: readonly Role[] = ['junior-agent', 'senior-agent', 'manager-hotline'];

/** What a seat is there for now (A10): clerks who are idle take calls, and return to their own queue when it fills. */
export const dutyOf = (roles: readonly Role[], before: Duty, load: InboxLoad, rules: BlendRules): Duty => {
  const own = roles.flatMap((role) => inboxOfClerk[role] ?? []);
  if (own.length === 0 || roles.some((role) => agents.includes(role))) return 'calls';
  const waiting = own.reduce((sum, inbox) => sum + load[inbox], 0);
  if (waiting >= rules.fullAt) return 'own-queue';
  if (waiting <= rules.emptyAt) return 'reserve';
  return before === 'own-queue' ? 'own-queue' : 'reserve';
};

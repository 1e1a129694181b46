import type { Person } from '../../contract/http.ts';
import { type Change, type PushResult, type SnapshotHead, syncVersion } from '../../contract/sync.ts';
import type { Operation } from '../../domain/forms/operations.ts';
import { departmentsOf, seenByDepartment } from '../../domain/forms/procedure/department-view.ts';
import { usualProcedureRules } from '../../domain/forms/procedure/procedure-rules.ts';
import { ok, type Result, refused } from '../../domain/result.ts';
import { type Scope, scopeOf } from '../../domain/sync/scope.ts';
import type { Frame } from '../../electron/cache/store/take-changes.ts';
import type { ApiFailure } from '../../electron/sync/api.ts';
import type { CentreLink } from '../../electron/sync/centre-link.ts';
import { type ChangeFeed, createChangeFeed, type Stretch } from '../../server/live/change-feed.ts';
import type { LiveSession } from '../../server/records/sessions.ts';
import { createPush, type Push } from '../../server/sync/push.ts';
import { RecordsFailure } from '../../server/sync/sync-transaction.ts';
import type { Counts } from './counts.ts';
import type { SimRecords } from './records.ts';
import type { Scheduler } from './scheduler.ts';

type Answer<Name extends 'push' | 'pull'> = Awaited<ReturnType<CentreLink[Name]>>;

export interface SignedIn {
  readonly token: string;
  readonly person: Person;
  readonly desk: number;
  readonly epoch: string;
}

/** A desk's live line, from the centre's side. */
export interface Listener {
  readonly token: string;
  readonly scope: Scope;
  /** Where the change log stands for this desk: a frame is sent to it if that is where the frame begins. */
  at: number;
  readonly send: (frame: Frame) => void;
  /** Word that something has changed, which is to be pulled. */
  readonly sendWord: () => void;
  readonly close: () => void;
}

export interface CentreParts {
  readonly scheduler: Scheduler;
  readonly counts: Counts;
  readonly records: SimRecords;
  readonly clock: () => number;
  readonly pageSize: number;
  readonly newId: () => string;
  /** Whether fills are prepared anew now. */
  readonly isPreparing: () => boolean;
  /** Whether a change is made by another server on the same records, of which this one only learns by looking. */
  readonly isHeardElsewhere: () => boolean;
  readonly onStuck: (operation: string, error: unknown) => void;
  readonly onThrown: (error: unknown) => void;
}

const lookAtScopesMs = 5_000;
const nothingPrepared: { readonly top: number; readonly forms: readonly Change[] } = { top: 0, forms: [] };
const segmentForms = 2;
const feedTickMs = 20;
const feedLookMs = 15_000;

/** The centre: the product's own push over records in memory; sessions, epochs, pulls and fills as thin as they are there. */
export class SimCentre {
  readonly staff = new Map<string, Person>();
  readonly sessions = new Map<string, { readonly staffNumber: string; readonly device: string }>();
  readonly #devices = new Map<string, { readonly desk: number; epoch: string | null }>();
  readonly #listeners = new Set<Listener>();
  readonly #underWay = new Set<() => void>();
  readonly #parts: CentreParts;
  #push: Push;
  #feed: ChangeFeed;
  /** What is packed ahead for fills, from the top of the change log at that time. */
  #prepared = nothingPrepared;
  /** Where the change log stands for desks whose line opens now. */
  #told = 0;
  #isUp = true;
  #start = 0;

  constructor(parts: CentreParts) {
    this.#parts = parts;
    this.#push = this.#newPush();
    this.#feed = this.#newFeed();
  }

  isUp(): boolean {
    return this.#isUp;
  }

  scopeOfPerson(staffNumber: string): Scope {
    const person = this.staff.get(staffNumber);
    return person ? scopeOf(person) : 'none';
  }

  /** The process is killed: whatever it was doing is not finished, and who asked hears nothing but a broken line. */
  die(): void {
    this.#isUp = false;
    this.#start += 1;
    this.#parts.counts['centre died'] += 1;
    void this.#feed.stop();
    this.#parts.records.cut();
    for (const broken of [...this.#underWay]) broken();
    this.#underWay.clear();
    for (const listener of [...this.#listeners]) listener.close();
    this.#listeners.clear();
  }

  comeBack(): void {
    this.#push = this.#newPush();
    this.#feed = this.#newFeed();
    this.#isUp = true;
  }

  /** Runs what a request asks for; `answered` is called once, unless the process dies: then `broken`. */
  serve<Value>(
    work: () => Promise<Result<Value, ApiFailure>>,
    answered: (answer: Result<Value, ApiFailure>) => void,
    broken: () => void,
  ): void {
    const start = this.#start;
    this.#underWay.add(broken);
    const done = (answer: Result<Value, ApiFailure>): void => {
      if (this.#start !== start) return;
      this.#underWay.delete(broken);
      answered(answer);
    };
    work().then(done, (error: unknown) => {
      if (error instanceof RecordsFailure) done(refused({ code: 'unavailable' }));
      else this.#parts.onThrown(error);
    });
  }

  async signIn(staffNumber: string, device: string, shown: string | null): Promise<Result<SignedIn, ApiFailure>> {
    const person = this.staff.get(staffNumber);
    if (!person) return refused({ code: 'wrong-password' });
    const known = this.#devices.get(device) ?? { desk: this.#devices.size + 1, epoch: null };
    this.#devices.set(device, known);
    if (known.epoch !== null && known.epoch !== shown) {
      this.#parts.counts['copies noticed at sign-in'] += 1;
      return refused({ code: 'device-copied' });
    }
    const epoch = this.#parts.newId();
    known.epoch = epoch;
    for (const [token, session] of this.sessions) if (session.device === device) this.endSession(token);
    const token = this.#parts.newId();
    this.sessions.set(token, { staffNumber, device });
    return ok({ token, person, desk: known.desk, epoch });
  }

  /** Roles are looked at now and then: a line that was opened for another scope is closed (server/live/live-desks.ts). */
  changePerson(person: Person): void {
    this.staff.set(person.staffNumber, person);
    this.#parts.scheduler.after(lookAtScopesMs, () => {
      for (const listener of [...this.#listeners]) {
        const session = this.#sessionOf(listener.token);
        if (session && scopeOf(session.person) === listener.scope) continue;
        this.#listeners.delete(listener);
        listener.close();
      }
    });
  }

  endSession(token: string): void {
    this.sessions.delete(token);
    for (const listener of [...this.#listeners]) {
      if (listener.token !== token) continue;
      this.#listeners.delete(listener);
      listener.close();
    }
  }

  async push(token: string, operations: readonly Operation[]): Promise<Answer<'push'>> {
    const session = this.#sessionOf(token);
    if (!session) return refused({ code: 'not-signed-in' });
    const { records } = this.#parts;
    const { results } = await this.#push.take(operations, session);
    for (const result of results) this.#count(result);
    if (this.#parts.isPreparing()) {
      const { head } = records;
      this.#prepared = { top: head, forms: records.filled(head, head + 1, head, 'all') };
    }
    return ok({ results: [...results], serverTime: this.#parts.clock() });
  }

  async pull(token: string, after: number): Promise<Answer<'pull'>> {
    const session = this.#sessionOf(token);
    if (!session) return refused({ code: 'not-signed-in' });
    const scope = scopeOf(session.person);
    if (scope === 'none') return refused({ code: 'not-allowed' });
    const { changes, cursor, more } = await this.#parts.records.changesAfter(after, this.#parts.pageSize, scope);
    return ok({ changes: [...changes], cursor, more, scope, serverTime: this.#parts.clock() });
  }

  /** The head of a fill, and how its pages are read. */
  async openFill(
    token: string,
    from: { readonly head: number; readonly before: number } | null,
  ): Promise<
    Result<{ readonly head: SnapshotHead; readonly page: (before: number) => readonly Change[] }, ApiFailure>
  > {
    const session = this.#sessionOf(token);
    if (!session) return refused({ code: 'not-signed-in' });
    const { records, clock } = this.#parts;
    const scope = scopeOf(session.person);
    if (scope === 'none') return refused({ code: 'not-allowed' });
    const { head, before } = from ?? { head: records.head, before: records.head + 1 };
    if (head > records.head) return refused({ code: 'bad-request' });
    const forms = records.filled(head, before, Number.POSITIVE_INFINITY, scope).length;
    return ok({
      head: { syncVersion, scope, head, rowNames: [], forms, serverTime: clock() },
      page: this.#pagesOf(head, before, scope),
    });
  }

  /**
   * Pages of a fill from the top down. What every desk sees whole is prepared some time before it is asked for
   * (server/sync/snapshot-segments.ts): forms that have changed since come twice, and a fill that is resumed gets some again.
   */
  #pagesOf(head: number, before: number, scope: Scope): (below: number) => readonly Change[] {
    const { records, pageSize } = this.#parts;
    const { top, forms } = scope === 'all' ? this.#prepared : nothingPrepared;
    const resentFrom = before + segmentForms;
    return (below) => {
      const live = records.filled(head, Math.min(before, below), pageSize, scope).filter(({ cursor }) => cursor > top);
      if (live.length > 0) return live;
      return forms.filter(({ cursor }) => cursor < Math.min(resentFrom, below)).slice(0, pageSize);
    };
  }

  /** A desk's live line is open: from here on it is told of every change. Undefined: it must sign in again. */
  listen(token: string, line: Pick<Listener, 'send' | 'sendWord' | 'close'>): Listener | undefined {
    const session = this.#sessionOf(token);
    if (!session || !this.#isUp) return undefined;
    const listener: Listener = { token, scope: scopeOf(session.person), at: this.#told, ...line };
    this.#listeners.add(listener);
    return listener;
  }

  stopListening(listener: Listener): void {
    this.#listeners.delete(listener);
  }

  #count(result: PushResult): void {
    const { counts } = this.#parts;
    if (result.outcome === 'repeated') counts.repeated += 1;
    if (result.outcome === 'postponed') counts[result.behind === null ? 'postponed' : 'postponed behind another'] += 1;
    if (result.outcome === 'rejected' && result.refusal.code === 'sequence-taken') counts['numbers taken'] += 1;
    if (result.outcome === 'rejected' && result.refusal.code === 'not-allowed') counts['not allowed'] += 1;
    if (result.outcome === 'rejected' && result.refusal.code === 'fields-changed-meanwhile')
      counts['edits in conflict'] += 1;
  }

  #newPush(): Push {
    const { records, clock, onStuck, isHeardElsewhere } = this.#parts;
    return createPush({
      ...{ records, clock, rules: usualProcedureRules, onStuck },
      onChanged: (change) => {
        if (!isHeardElsewhere()) this.#feed.hear(change);
      },
    });
  }

  #newFeed(): ChangeFeed {
    const { records, scheduler, onThrown } = this.#parts;
    this.#told = records.head;
    return createChangeFeed({
      from: records.head,
      headCursor: async () => records.head,
      readBetween: async (after, upTo, limit) =>
        records.pulled(after, limit, 'all').changes.filter(({ cursor }) => cursor <= upTo),
      tell: async (stretch) => this.#tell(stretch),
      timers: { after: (ms, work) => scheduler.after(ms, work).cancel },
      warn: onThrown,
      restMs: () => feedTickMs,
      lookMs: feedLookMs,
    });
  }

  /** As server/live/changes-to-desks.ts: who stands where the stretch begins gets it, others are to pull. */
  #tell({ after, upTo, changes }: Stretch): void {
    for (const listener of this.#listeners) {
      const { scope } = listener;
      if (changes === 'too-many' || listener.at !== after) listener.sendWord();
      else listener.send({ after, upTo, scope, changes: changesIn(scope, changes) });
      listener.at = upTo;
    }
    this.#told = upTo;
  }

  #sessionOf(token: string): LiveSession | undefined {
    const session = this.sessions.get(token);
    const person = session && this.staff.get(session.staffNumber);
    return session && person ? { id: token, device: session.device, person, services: [] } : undefined;
  }
}

const changesIn = (scope: Scope, changes: readonly Change[]): readonly Change[] => {
  if (scope === 'all') return changes;
  const code = scope.slice('department:'.length);
  return changes
    .filter(({ form }) => departmentsOf(form).includes(code))
    .map(({ cursor, form }) => ({ cursor, form: seenByDepartment(form, code) }));
};

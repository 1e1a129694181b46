import type { ComplaintField } from '../../domain/forms/complaint.ts';
import type { Form } from '../../domain/forms/form.ts';
import type { Operation } from '../../domain/forms/operations.ts';
import { departmentsOf, seenByDepartment } from '../../domain/forms/procedure/department-view.ts';
import { usualProcedureRules } from '../../domain/forms/procedure/procedure-rules.ts';
import type { Scope } from '../../domain/sync/scope.ts';
import { rebase } from '../../electron/cache/rebase.ts';
import type { JudgedOperation, Written } from '../../server/sync/sync-transaction.ts';
import type { Counts } from './counts.ts';
import type { SimDesk } from './desk.ts';
import { type DeskData, MemoryDeskStore } from './memory-desk-store.ts';
import type { Random } from './random.ts';
import type { SimRecords } from './records.ts';

/** An operation that some desk has made, as those who look on know it. */
interface Made {
  readonly desk: number;
  readonly form: string;
  /** The one of the same author and form it was made on top of, that the centre had not answered yet. */
  behind: string | undefined;
  isAcknowledged: boolean;
  /** The disk it stood on was put back to an older state before it was sent. */
  isLostWithDisk: boolean;
}

export interface ChecksParts {
  readonly random: Random;
  readonly counts: Counts;
  readonly records: () => SimRecords;
  /** The first thing that is not as it must be ends this world. */
  readonly onBroken: (what: string) => void;
}

/** What must hold in every world at every moment; docs/sync-simulator.md says it in words. */
export class Checks {
  /** Views are compared where nobody's rights have changed: a desk judges by those it knew when it looked. */
  hasStableRights = true;
  readonly #made = new Map<string, Made>();
  readonly #applied = new Map<string, number>();
  readonly #refused = new Set<string>();
  readonly #settled = new Set<string>();
  /** By form: how many were applied to it, and what stands in its fields by what they said. */
  readonly #folded = new Map<string, { operations: number; readonly fields: Map<string, unknown> }>();
  /** Attachments taken off, and the cursor at which. */
  readonly #detached = new Map<string, { readonly form: string; cursor: number }>();
  readonly #parts: ChecksParts;

  constructor(parts: ChecksParts) {
    this.#parts = parts;
  }

  readonly onThrown = (error: unknown): void => {
    this.#broken(`thrown: ${error instanceof Error ? error.stack : String(error)}`);
  };

  formsMade(): number {
    return this.#folded.size;
  }

  isMaking(id: string, desk: SimDesk, form: string, behind: string | undefined): void {
    const known = behind === undefined || this.#isAnswered(behind) ? undefined : behind;
    this.#made.set(id, { desk: desk.index, form, behind: known, isAcknowledged: false, isLostWithDisk: false });
  }

  /** The agent was told that it is kept. */
  acknowledged(id: string): void {
    const made = this.#made.get(id);
    if (made) made.isAcknowledged = true;
  }

  /** What was refused is made anew, and put before what waited behind it. */
  isBehind(waiting: string, offered: string): void {
    const made = this.#made.get(waiting);
    const { counts } = this.#parts;
    // A copy of the disk may send what waited without it.
    if (made && counts['desks cloned'] + counts['backups put back'] === 0) made.behind = offered;
  }

  settled(id: string): void {
    this.#settled.add(id);
  }

  /** A disk is put back to an older state: what was on it and in no older one is gone, unless it was sent. */
  putBack(lost: DeskData, older: DeskData): void {
    const kept = new Set(older.outbox.map(({ operation }) => operation.id));
    for (const { operation } of lost.outbox) {
      const made = this.#made.get(operation.id);
      if (made && !kept.has(operation.id)) made.isLostWithDisk = true;
    }
  }

  neverRests(what: string): void {
    this.#broken(`not everything comes to rest after all is mended, in ${what}`);
  }

  onDeadlock(): void {
    this.#broken('two transactions of the centre wait for each other');
  }

  /** The centre has committed. */
  onCommitted(judged: readonly JudgedOperation[], written: Written): void {
    for (const { operation, refusal, form } of judged) {
      if (form) this.#onApplied(operation);
      else this.#onRefused(operation, refusal?.code ?? '');
    }
    for (const { cursor, operation } of written.changes) this.#applied.set(operation, cursor);
    for (const { operation } of judged) {
      if (operation.kind !== 'form.detach') continue;
      const detached = this.#detached.get(operation.payload.attachmentId);
      if (detached) detached.cursor = this.#applied.get(operation.id) ?? 0;
    }
    for (const { form } of written.forms) this.#onWritten(form);
  }

  #onApplied(operation: Operation): void {
    const { id, form, kind } = operation;
    const made = this.#made.get(id);
    if (!made) return this.#broken(`the centre applied ${name(operation)}, which nobody made`);
    if (this.#applied.has(id)) return this.#broken(`${name(operation)} was applied twice`);
    if (this.#refused.has(id)) return this.#broken(`${name(operation)} was applied after it had been refused`);
    if (this.#settled.has(id)) return this.#broken(`${name(operation)} was applied after its card had been put away`);
    if (made.behind !== undefined && !this.#isAnswered(made.behind) && !this.#made.get(made.behind)?.isLostWithDisk) {
      return this.#broken(`${name(operation)} was applied before ${made.behind}, on top of which it was made`);
    }
    this.#applied.set(id, 0);
    const folded = this.#folded.get(form) ?? { operations: 0, fields: new Map<string, unknown>() };
    folded.operations += 1;
    this.#folded.set(form, folded);
    if (kind === 'form.open') {
      for (const [field, value] of Object.entries(operation.payload.fields)) folded.fields.set(field, value);
    }
    if (kind === 'form.edit') this.#fold(operation, folded.fields);
    if (kind === 'form.detach') {
      this.#parts.counts.detached += 1;
      this.#detached.set(operation.payload.attachmentId, { form, cursor: 0 });
    }
  }

  #fold(operation: Extract<Operation, { kind: 'form.edit' }>, fields: Map<string, unknown>): void {
    const { from, to } = operation.payload;
    for (const [field, value] of Object.entries(to)) {
      const stood = fields.get(field);
      if (stood !== from[field as ComplaintField] && stood !== value) {
        this.#broken(`${name(operation)} has overwritten ${field}: ${stood}, which its author never saw`);
      }
      fields.set(field, value);
    }
  }

  #onRefused(operation: Operation, code: string): void {
    if (this.#applied.has(operation.id)) this.#broken(`${name(operation)} was refused (${code}) after it was applied`);
    this.#refused.add(operation.id);
  }

  #onWritten(form: Form): void {
    const folded = this.#folded.get(form.id);
    if (form.history.length !== folded?.operations) {
      this.#broken(`form ${form.id} shows ${form.history.length} operations, ${folded?.operations} were applied`);
    }
    for (const [field, value] of folded?.fields ?? []) {
      if (form.fields[field as ComplaintField] !== value) this.#broken(`form ${form.id} has lost its ${field}`);
    }
    for (const { id } of form.attachments) {
      if (this.#detached.has(id)) this.#broken(`attachment ${id} was taken off and is back`);
    }
  }

  /** Now and then, after a desk has written. */
  afterWrite(desk: SimDesk): void {
    if (this.#parts.random.chance(0.03)) this.deskHolds(desk);
  }

  /** A desk shows what it has taken in with its own on top, and has taken in all up to its cursor. */
  deskHolds(desk: SimDesk): void {
    const data = desk.disk.data();
    const store = new MemoryDeskStore(data);
    for (const id of new Set([...data.server.keys(), ...data.screen.keys()])) {
      const shown = data.screen.get(id);
      if (this.hasStableRights) {
        const { form } = rebase(store.serverForm(id), store.standingOn(id), desk.person, usualProcedureRules);
        if (form !== shown && JSON.stringify(form) !== JSON.stringify(shown)) {
          this.#broken(`desk ${desk.index} shows form ${id} otherwise than the centre's with its own on top`);
        }
      }
      for (const attachment of shown?.attachments ?? []) {
        const detached = this.#detached.get(attachment.id);
        if (detached && (store.serverCursor(id) ?? 0) >= detached.cursor && detached.cursor > 0) {
          this.#broken(`desk ${desk.index} shows attachment ${attachment.id}, which was taken off`);
        }
      }
    }
    this.#hasNoGap(desk, data);
  }

  #hasNoGap({ index }: SimDesk, { state, server }: DeskData): void {
    const { cursor, scope, fill } = state;
    if (scope === null || scope === 'unknown') return;
    for (const [id, kept] of this.#parts.records().forms) {
      if (kept.cursor > cursor || !isIn(scope, kept.form)) continue;
      const isOwed = fill !== null && kept.cursor <= fill.head && (fill.before === null || kept.cursor < fill.before);
      if (isOwed) continue;
      const known = server.get(id)?.cursor;
      if (known !== kept.cursor) {
        this.#broken(
          `desk ${index} stands at cursor ${cursor} and has form ${id} of ${known ?? 'never'}, not of ${kept.cursor}`,
        );
      }
    }
  }

  /** In the end, with all healed and every card settled. */
  atTheEnd(desks: readonly SimDesk[]): void {
    const { operations, forms } = this.#parts.records();
    const cards = new Map(desks.flatMap((desk) => desk.disk.data().outbox.map((row) => [row.operation.id, row.state])));
    for (const [id, made] of this.#made) {
      const answered = operations.get(id);
      if (!made.isAcknowledged || made.isLostWithDisk) continue;
      if (!answered)
        this.#broken(`${id}, made at desk ${made.desk} and told as kept, is lost (${cards.get(id) ?? 'nowhere'})`);
      else if (answered.refusal && cards.get(id) !== 'dismissed') {
        this.#broken(`${id} was refused (${answered.refusal.code}), and no desk has told of it`);
      }
    }
    for (const { form } of forms.values()) {
      const shown = new Set(form.history.map(({ operation }) => operation));
      if (shown.size !== form.history.length) this.#broken(`form ${form.id} has an operation twice`);
    }
    for (const desk of desks) this.#hasConverged(desk);
  }

  #hasConverged(desk: SimDesk): void {
    const { state, screen, outbox } = desk.disk.data();
    const { scope } = state;
    if (scope === null || scope === 'unknown') return this.#broken(`desk ${desk.index} was never filled`);
    const centre = new Map<string, Form>();
    for (const { form } of this.#parts.records().forms.values()) {
      if (isIn(scope, form)) centre.set(form.id, seenIn(scope, form));
    }
    for (const [id, form] of centre) {
      const shown = screen.get(id);
      if (shown !== form && JSON.stringify(shown) !== JSON.stringify(form)) {
        this.#broken(`desk ${desk.index} shows form ${id} otherwise than the centre`);
      }
    }
    for (const id of screen.keys()) {
      if (!centre.has(id)) this.#broken(`desk ${desk.index} shows form ${id}, which is not in its scope (${scope})`);
    }
    const left = outbox.find((row) => row.state !== 'dismissed');
    if (left) this.#broken(`desk ${desk.index} is left with ${name(left.operation)} (${left.state})`);
    this.deskHolds(desk);
  }

  #isAnswered(id: string): boolean {
    return this.#applied.has(id) || this.#refused.has(id) || this.#settled.has(id);
  }

  #broken(what: string): void {
    this.#parts.onBroken(what);
  }
}

const name = ({ id, kind, seq }: Operation): string => `${kind} ${id} (seq ${seq})`;

const isIn = (scope: Scope, form: Form): boolean =>
  scope === 'all' || (scope !== 'none' && departmentsOf(form).includes(scope.slice('department:'.length)));

const seenIn = (scope: Scope, form: Form): Form =>
  scope === 'all' || scope === 'none' ? form : seenByDepartment(form, scope.slice('department:'.length));

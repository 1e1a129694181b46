import type { Form, Refusal } from '../../domain/forms/form.ts';
import type { Operation } from '../../domain/forms/operations.ts';
import { type ProcedureRules, usualProcedureRules } from '../../domain/forms/procedure/procedure-rules.ts';
import type { DeskStore, OutboxState, SentForm, SyncState } from '../../electron/cache/store/desk-store.ts';

export interface OutboxRow {
  readonly operation: Operation;
  readonly state: OutboxState;
  readonly refusal: Refusal | null;
}

export interface ServerRow {
  readonly cursor: number;
  /** Null: the screen shows the centre's own. */
  readonly form: Form | null;
}

/** All that stands on a desk's disk. Nothing in it is ever changed: a copy of a disk is a reference to it. */
export interface DeskData {
  readonly state: SyncState;
  readonly epoch: string | null;
  readonly deskNumber: number | null;
  readonly formCount: number;
  readonly clockOffsetMs: number;
  /** By seq, ascending. */
  readonly outbox: readonly OutboxRow[];
  readonly server: ReadonlyMap<string, ServerRow>;
  readonly screen: ReadonlyMap<string, Form>;
}

export const emptyDisk = (device: string): DeskData => ({
  state: { device, nextSeq: 1, cursor: 0, scope: null, fill: null },
  epoch: null,
  deskNumber: null,
  formCount: 0,
  clockOffsetMs: 0,
  outbox: [],
  server: new Map(),
  screen: new Map(),
});

const isStanding = ({ state }: OutboxRow): boolean => state === 'pending' || state === 'acknowledged';

/** One transaction on a disk in memory: what it writes is in `data()`, the data it began with stay as they were. */
export class MemoryDeskStore implements DeskStore {
  /** Rows written: what a commit has to bring to the log. */
  rows = 0;
  #data: DeskData;
  #server: Map<string, ServerRow> | undefined;
  #screen: Map<string, Form> | undefined;

  constructor(data: DeskData) {
    this.#data = data;
  }

  data(): DeskData {
    return this.#data;
  }

  put(changed: Partial<DeskData>): void {
    this.rows += 1;
    this.#data = { ...this.#data, ...changed };
  }

  #serverForms(): Map<string, ServerRow> {
    if (!this.#server) {
      this.#server = new Map(this.#data.server);
      this.put({ server: this.#server });
    } else this.rows += 1;
    return this.#server;
  }

  #screenForms(): Map<string, Form> {
    if (!this.#screen) {
      this.#screen = new Map(this.#data.screen);
      this.put({ screen: this.#screen });
    } else this.rows += 1;
    return this.#screen;
  }

  #changeRows(isChanged: (row: OutboxRow) => boolean, change: (row: OutboxRow) => OutboxRow | undefined): void {
    const { outbox } = this.#data;
    if (!outbox.some(isChanged)) return;
    this.put({ outbox: outbox.flatMap((row) => (isChanged(row) ? (change(row) ?? []) : [row])) });
  }

  #forget(isForgotten: (id: string, row: ServerRow) => boolean): readonly string[] {
    const gone = [...this.#data.server].filter(([id, row]) => isForgotten(id, row)).map(([id]) => id);
    for (const id of gone) {
      this.#serverForms().delete(id);
      this.#screenForms().delete(id);
    }
    return gone;
  }

  state(): SyncState {
    return this.#data.state;
  }

  setState(changed: Partial<SyncState>): void {
    this.put({ state: { ...this.#data.state, ...changed } });
  }

  rules(): ProcedureRules {
    return usualProcedureRules;
  }

  append(made: Operation): void {
    this.put({ outbox: [...this.#data.outbox, { operation: made, state: 'pending', refusal: null }] });
  }

  noteContact({ server, here }: { readonly server: number; readonly here: number }): void {
    this.put({ clockOffsetMs: server - here });
  }

  sendable(by: string, limit: number, without: ReadonlySet<string>): readonly Operation[] {
    const refused = new Set<string>();
    const found: Operation[] = [];
    for (const { operation, state } of this.#data.outbox) {
      if (state === 'rejected') refused.add(operation.form);
      if (state !== 'pending' || operation.by !== by || refused.has(operation.form)) continue;
      if (!without.has(operation.form)) found.push(operation);
      if (found.length === limit) break;
    }
    return found;
  }

  pending(): readonly Operation[] {
    return this.#data.outbox.filter(({ state }) => state === 'pending').map(({ operation }) => operation);
  }

  standingOn(form: string): readonly Operation[] {
    return this.#data.outbox
      .filter((row) => row.operation.form === form && isStanding(row))
      .map(({ operation }) => operation);
  }

  touched(): ReadonlySet<string> {
    return new Set(this.#data.outbox.filter(isStanding).map(({ operation }) => operation.form));
  }

  acknowledge(operation: string): void {
    this.#changeRows(
      (row) => row.operation.id === operation && row.state === 'pending',
      (row) => ({ ...row, state: 'acknowledged', refusal: null }),
    );
  }

  reject(operation: string, refusal: Refusal): void {
    this.#changeRows(
      (row) => row.operation.id === operation && row.state === 'pending',
      (row) => ({ ...row, state: 'rejected', refusal }),
    );
  }

  dismiss(operation: string): void {
    this.#changeRows(
      (row) => row.operation.id === operation && row.state === 'rejected',
      (row) => ({ ...row, state: 'dismissed' }),
    );
  }

  renumber(seq: number, renamed: Operation): void {
    const row = this.#data.outbox.find(({ operation }) => operation.seq === seq);
    if (!row) return;
    const rest = this.#data.outbox.filter((other) => other !== row);
    const at = rest.findIndex(({ operation }) => operation.seq > renamed.seq);
    const renumbered = { ...row, operation: renamed };
    this.put({
      outbox: at === -1 ? [...rest, renumbered] : [...rest.slice(0, at), renumbered, ...rest.slice(at)],
    });
  }

  markBlocked(form: string, blocked: ReadonlyMap<string, Refusal>): void {
    this.#changeRows(
      ({ operation, state, refusal }) =>
        operation.form === form && state === 'pending' && (refusal !== null || blocked.has(operation.id)),
      (row) => ({ ...row, refusal: blocked.get(row.operation.id) ?? null }),
    );
  }

  isShown(form: string, operation: string): boolean {
    return this.serverForm(form)?.history.some((entry) => entry.operation === operation) ?? false;
  }

  forgetTakenIn(form: string, shown: ReadonlySet<string>): void {
    this.#changeRows(
      ({ operation, state }) => operation.form === form && state === 'acknowledged' && shown.has(operation.id),
      () => undefined,
    );
  }

  screenForm(id: string): Form | undefined {
    return this.#data.screen.get(id);
  }

  serverForm(id: string): Form | undefined {
    const row = this.#data.server.get(id);
    return row && (row.form ?? this.#data.screen.get(id));
  }

  serverCursor(id: string): number | undefined {
    return this.#data.server.get(id)?.cursor;
  }

  putServerForm(form: Form, cursor: number): void {
    this.#serverForms().set(form.id, { cursor, form });
    if (!this.#data.screen.has(form.id)) this.#screenForms().set(form.id, form);
  }

  keepServerForm(id: string): void {
    const row = this.#data.server.get(id);
    const shown = this.#data.screen.get(id);
    if (row && row.form === null && shown) this.#serverForms().set(id, { ...row, form: shown });
  }

  putScreenForm(form: Form): void {
    this.#screenForms().set(form.id, form);
  }

  removeScreenForm(id: string): void {
    if (this.#data.screen.has(id)) this.#screenForms().delete(id);
  }

  putSharedForm(form: Form, cursor: number): void {
    this.#serverForms().set(form.id, { cursor, form: null });
    this.#screenForms().set(form.id, form);
  }

  putSentForms(forms: readonly SentForm[]): void {
    for (const { id, cursor, parse } of forms)
      if (cursor > (this.#data.server.get(id)?.cursor ?? 0)) this.putSharedForm(parse(), cursor);
  }

  forgetUntouchedForms(): void {
    const { outbox } = this.#data;
    this.#forget((id) => !outbox.some((row) => row.operation.form === id && row.state !== 'dismissed'));
    for (const [id, row] of this.#data.server) this.#serverForms().set(id, { ...row, cursor: 0 });
  }

  forgetStrays(): void {
    const { outbox } = this.#data;
    const isOwn = ({ state }: OutboxRow): boolean => state === 'pending' || state === 'rejected';
    const gone = this.#forget(
      (id, { cursor }) => cursor === 0 && !outbox.some((row) => row.operation.form === id && isOwn(row)),
    );
    if (gone.length === 0) return;
    const strays = new Set(gone);
    this.#changeRows(
      ({ operation, state }) => state === 'acknowledged' && strays.has(operation.form),
      () => undefined,
    );
  }

  forgetUnbrought(): ReadonlySet<string> {
    const { outbox, server } = this.#data;
    const isOpen = (form: string): boolean =>
      outbox.some((row) => row.operation.form === form && (row.state === 'pending' || row.state === 'rejected'));
    const unbrought = new Set<string>();
    for (const { operation, state } of outbox) {
      const { form } = operation;
      if (state === 'acknowledged' && (server.get(form)?.cursor ?? 0) === 0 && !isOpen(form)) unbrought.add(form);
    }
    if (unbrought.size === 0) return unbrought;
    this.#changeRows(
      ({ operation, state }) => state === 'acknowledged' && unbrought.has(operation.form),
      () => undefined,
    );
    for (const form of unbrought) {
      this.#serverForms().delete(form);
      this.#screenForms().delete(form);
    }
    return unbrought;
  }
}

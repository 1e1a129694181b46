import type { Person } from '../../contract/http.ts';
import { type ComplaintFields, emptyComplaint } from '../../domain/forms/complaint.ts';
import type { Form } from '../../domain/forms/form.ts';
import type { FormAction, Operation } from '../../domain/forms/operations.ts';
import { mayDo } from '../../domain/people/roles.ts';
import { ok } from '../../domain/result.ts';
import { act, type OpenAction } from '../../electron/cache/store/act.ts';
import { offerAgain } from '../../electron/cache/store/offer-again.ts';
import { rebaseForm } from '../../electron/cache/store/rebase-form.ts';
import { diskTrouble } from '../../electron/sync/trouble.ts';
import type { SimDesk } from './desk.ts';
import { MachineDied } from './disk.ts';
import type { MemoryDeskStore, OutboxRow } from './memory-desk-store.ts';
import type { WorldParts } from './world-parts.ts';

const texts = ['callerName', 'text', 'happenedWhere'] as const;

/** What somebody has read on a screen and goes on from, though the form may have changed since. */
type Seen = Map<string, Form>;

/** The people at the desks: they open forms, work on what they see, and settle what was refused. */
export class Agents {
  readonly #world: WorldParts;
  readonly #seen = new Map<SimDesk, Seen>();
  #words = 0;

  constructor(world: WorldParts) {
    this.#world = world;
  }

  /** Somebody at a desk does something. */
  act(desk: SimDesk): void {
    if (!desk.isOn()) return;
    const { random } = this.#world;
    const cards = desk.disk.data().outbox.filter(({ state }) => state === 'rejected');
    if (cards.length > 0 && random.chance(0.5)) {
      this.settle(desk, random.pick(cards));
      return;
    }
    const action = this.#wish(desk);
    if (action) this.#perform(desk, (store, id) => this.#does(store, desk, action, id), action);
  }

  /** A card is put away, or what was written is offered again on the form as it is now. */
  settle(desk: SimDesk, card: OutboxRow, again = this.#world.random.chance(0.7)): void {
    const { counts, checks } = this.#world;
    const { operation } = card;
    let offered: { readonly id: string; readonly before: string | undefined } | undefined;
    const done = this.#perform(
      desk,
      (store, id) => {
        if (again) {
          offered = { id, before: waitingBehind(store, operation, desk.person.staffNumber) };
          return this.#offers(store, desk, operation, id);
        }
        store.dismiss(operation.id);
        rebaseForm(store, operation.form, desk.person);
        return { acted: false };
      },
      undefined,
    );
    const isSettled = desk.disk
      .data()
      .outbox.some((row) => row.operation.id === operation.id && row.state === 'dismissed');
    if (!done || !isSettled) return;
    counts[done.acted ? 'cards offered again' : 'cards put away'] += 1;
    if (done.acted && offered?.before !== undefined) checks.isBehind(offered.before, offered.id);
    checks.settled(operation.id);
    desk.run()?.kick();
  }

  #offers(store: MemoryDeskStore, desk: SimDesk, operation: Operation, id: string): { readonly acted: boolean } {
    const { nextSeq } = store.state();
    const formNumber = store.screenForm(operation.form)?.number ?? '';
    const offered = offerAgain(store, desk.author(), { operation, formNumber }, () => ok(undefined), id);
    const acted = offered.ok && store.state().nextSeq > nextSeq;
    if (acted) this.#world.checks.isMaking(id, desk, operation.form, undefined);
    return { acted };
  }

  #does(
    store: MemoryDeskStore,
    desk: SimDesk,
    action: FormAction | OpenAction,
    id: string,
  ): { readonly acted: boolean } {
    const behind = store.standingOn(action.form).findLast(({ by }) => by === desk.person.staffNumber);
    if (action.kind === 'form.open') store.put({ formCount: store.data().formCount + 1 });
    const done = act(store, desk.author(), action, id);
    if (done.ok) this.#world.checks.isMaking(id, desk, action.form, behind?.id);
    else this.#world.counts['refused at the desk'] += 1;
    return { acted: done.ok };
  }

  /** In one transaction; what it answers has been told to the agent. Undefined: nobody was told anything. */
  #perform(
    desk: SimDesk,
    work: (store: MemoryDeskStore, id: string) => { readonly acted: boolean } | undefined,
    action: FormAction | OpenAction | undefined,
  ): { readonly acted: boolean } | undefined {
    const { counts, checks, note } = this.#world;
    const id = this.#world.newId(7);
    counts.actions += 1;
    try {
      const done = desk.write((store) => work(store, id)) ?? { acted: false };
      note(
        () =>
          `desk ${desk.index} ${done.acted ? 'does' : 'is not let do'} ${action?.kind ?? 'a card'} ${id.slice(-5)} on ${action?.form.slice(-5) ?? ''}`,
      );
      if (done.acted) {
        checks.acknowledged(id);
        if (action?.kind === 'form.open') counts['forms opened'] += 1;
        desk.run()?.kick();
      }
      return done;
    } catch (error) {
      if (error instanceof MachineDied || diskTrouble(error) !== undefined) return undefined;
      throw error;
    }
  }

  #wish(desk: SimDesk): FormAction | OpenAction | undefined {
    const { random, checks, profile } = this.#world;
    const data = desk.disk.data();
    if (data.deskNumber === null) return undefined;
    const forms = [...data.screen.values()];
    const mayOpen = mayDo(desk.person.roles, 'form.open') && checks.formsMade() < profile.forms;
    if (mayOpen && (forms.length === 0 || random.chance(0.15))) return this.#opening(desk, data.formCount);
    if (forms.length === 0) return undefined;
    const form = random.pick(forms);
    const seen: Seen = this.#seen.get(desk) ?? new Map();
    this.#seen.set(desk, seen);
    const shown = random.chance(0.3) ? (seen.get(form.id) ?? form) : form;
    seen.set(form.id, form);
    return this.#work(desk.person, shown);
  }

  #opening(desk: SimDesk, count: number): OpenAction {
    const { random, newId } = this.#world;
    const channel = random.chance(0.3) ? 'letter' : 'voice';
    const fields: ComplaintFields = {
      ...emptyComplaint,
      callerName: this.#word(),
      contactNumber: '13900000000',
      complaintType: 'other',
      text: this.#word(),
      channel,
      ...(random.chance(0.7) ? { happenedAt: '2026-11-24', happenedWhere: this.#word() } : {}),
    };
    return {
      form: newId(7),
      kind: 'form.open',
      payload: {
        number: `261124-${desk.disk.data().deskNumber}-${count + 1}`,
        kind: 'complaint',
        origin: { via: 'desk', channel },
        fields,
        attachments: [],
      },
    };
  }

  #work({ roles }: Person, form: Form): FormAction {
    const { random, newId } = this.#world;
    const id = form.id;
    const dice = random.next();
    if (mayDo(roles, 'order.answer')) {
      const order = form.procedure.orders.at(-1)?.id ?? newId(4);
      return { form: id, kind: 'form.answer-order', payload: { order, text: this.#word() } };
    }
    if (mayDo(roles, 'order.audit') && dice < 0.4) return this.#seniorWork(form);
    if (dice < 0.5) return this.#edit(form);
    if (dice < 0.66) return { form: id, kind: 'form.note', payload: { text: this.#word() } };
    if (dice < 0.8) return this.#attachment(form);
    if (dice < 0.86) return { form: id, kind: 'form.submit', payload: {} };
    if (dice < 0.93) return { form: id, kind: 'form.claim', payload: {} };
    return { form: id, kind: 'form.release', payload: {} };
  }

  #seniorWork(form: Form): FormAction {
    const { random, newId } = this.#world;
    const text = this.#word();
    const dice = random.next();
    if (dice < 0.3) return { form: form.id, kind: 'form.take', payload: {} };
    if (dice < 0.45) return { form: form.id, kind: 'form.put-back', payload: {} };
    if (dice < 0.7) return { form: form.id, kind: 'form.answer', payload: { text } };
    const order = newId(4);
    const payload = { order, type: 'dispatch', department: 'network', text, follows: null } as const;
    return { form: form.id, kind: 'form.order', payload };
  }

  #edit(form: Form): FormAction {
    const { random } = this.#world;
    const names = random.chance(0.3) ? [random.pick(texts), random.pick(texts)] : [random.pick(texts)];
    const from = Object.fromEntries(names.map((name) => [name, form.fields[name]]));
    const to = Object.fromEntries(names.map((name) => [name, this.#word()]));
    return { form: form.id, kind: 'form.edit', payload: { from, to } };
  }

  #attachment(form: Form): FormAction {
    const { random, newId } = this.#world;
    if (form.attachments.length > 0 && random.chance(0.6)) {
      const attachmentId = random.pick(form.attachments).id;
      return { form: form.id, kind: 'form.detach', payload: { attachmentId } };
    }
    const id = newId(4);
    const sha256 = id.replaceAll('-', '').repeat(2);
    return { form: form.id, kind: 'form.attach', payload: { id, sha256, name: 'a', mediaType: 'text/plain', size: 1 } };
  }

  #word(): string {
    this.#words += 1;
    return `w${this.#words}`;
  }
}

const waitingBehind = (store: MemoryDeskStore, refused: Operation, by: string): string | undefined =>
  store.pending().find((one) => one.form === refused.form && one.seq > refused.seq && one.by === by)?.id;

import type { TransferView } from '../../contract/transfer.ts';
import { services } from '../../domain/access/services.ts';
import type { Role } from '../../domain/people/roles.ts';
import { createPaperAccess } from '../access/testing/paper-access.ts';
import type { Journal } from '../records/journal-file.ts';
import type { ChannelId } from '../telephony/port.ts';
import type { CallbackClaim } from './call-out.ts';
import type { CallerKept } from './caller-kept.ts';
import type { Contact } from './contact.ts';
import { createFloor } from './create-floor.ts';
import type { Floor } from './floor.ts';
import { defaultFloorSettings } from './parts.ts';
import { type KnownCaller, stranger } from './recognition.ts';
import { ScriptedSwitch, ScriptedTime } from './scripted-switch.ts';
import type { Talk, TalkWatcher } from './talks.ts';

/** A floor on a scripted switch, with the moves that tests repeat. */
export class FloorRig {
  readonly line = new ScriptedSwitch();
  readonly time = new ScriptedTime();
  /** What the records say of callers, by number. */
  readonly knownCallers = new Map<string, KnownCaller>();
  readonly journal: Journal<CallerKept>;
  /** Everybody in the accounts, signed in or not. */
  readonly staffNumbers = new Set<string>();
  /** Callbacks asked for, by form. */
  readonly callbacks = new Map<string, CallbackClaim>();
  /** Contacts told as reached. */
  readonly reached: { readonly contact: Contact; readonly at: number }[] = [];
  readonly floor: Floor;
  readonly openTalks = new Set<Talk>();
  /** What the desk of each seat was told of transfers last. */
  readonly transfers = new Map<string, TransferView>();
  talkWatcher: TalkWatcher | undefined;
  readonly access = createPaperAccess();
  readonly logged: { readonly facts: object; readonly message: string }[] = [];
  /** A test that lets something fail expects to read of it. */
  logsErrors = false;

  /** `kept`: what a floor before a restart has left. */
  constructor(kept: ReadonlyMap<string, CallerKept> = new Map()) {
    const entries = new Map(kept);
    this.journal = {
      keep: (key, entry) => void entries.set(key, entry),
      forget: (key) => void entries.delete(key),
      find: (key) => entries.get(key),
      all: () => [...entries.values()],
    };
    let ids = 0;
    const keep = (facts: object, message: string): void => void this.logged.push({ facts, message });
    const log = {
      info: keep,
      warn: keep,
      error: (facts: object, message: string) => {
        keep(facts, message);
        if (!this.logsErrors) throw new Error('logged as an error', { cause: facts });
      },
    };
    this.floor = createFloor({
      port: this.line,
      clock: this.time.clock,
      timers: this.time,
      log,
      settings: defaultFloorSettings,
      findCaller: async (number) => this.knownCallers.get(number) ?? stranger,
      access: this.access,
      journal: this.journal,
      talkWatcher: {
        opened: (talk) => {
          this.openTalks.add(talk);
          this.talkWatcher?.opened(talk);
        },
        closed: (talk) => {
          this.openTalks.delete(talk);
          this.talkWatcher?.closed(talk);
        },
      },
      isStaffNumber: async (number) => this.staffNumbers.has(number),
      findCallback: async (form) => this.callbacks.get(form),
      callerReached: async (contact, at) => void this.reached.push({ contact, at }),
      newId: () => {
        ids += 1;
        return `contact-${ids}`;
      },
    });
    this.floor.onTransferChanged(({ seats, transfer }) => {
      for (const seat of seats) this.transfers.set(seat, transfer);
    });
  }

  phase(seat: string): string {
    return this.floor.view(seat).phase;
  }

  /** An agent signed in, their telephone registered, on a break. */
  seatDown(staffNumber: string, languages: readonly ('zh' | 'en')[] = ['zh', 'en']): void {
    this.floor.seatSignedIn({ staffNumber, languages, roles: this.rolesOf(staffNumber), services });
    this.line.register(staffNumber);
  }

  /** As in the demo: 8806 is a senior agent, 8001 sits at the manager hotline. */
  rolesOf(staffNumber: string): readonly Role[] {
    if (staffNumber === '8806') return ['senior-agent'];
    return [staffNumber === '8001' ? 'manager-hotline' : 'junior-agent'];
  }

  makeReady(staffNumber: string, languages?: readonly ('zh' | 'en')[]): void {
    this.seatDown(staffNumber, languages);
    this.floor.seatEvent(staffNumber, 'make-ready');
  }

  /** A caller who went through the menu and waits. */
  async queueCaller(number?: string, language: '1' | '2' = '1'): Promise<ChannelId> {
    const caller = this.line.arrive(number);
    await settled();
    this.line.key(caller, language);
    this.line.key(caller, '1');
    return caller;
  }

  /** A caller and a seat that speak; both legs. */
  async talk(staffNumber: string): Promise<{ caller: ChannelId; leg: ChannelId }> {
    this.makeReady(staffNumber);
    const caller = await this.queueCaller();
    const leg = this.ringingAt(staffNumber);
    this.line.pickUp(leg);
    return { caller, leg };
  }

  /** The channel that rings, or last rang, at a seat. */
  ringingAt(staffNumber: string): ChannelId {
    const invite = this.line.invites.findLast(({ seat }) => seat === staffNumber);
    if (!invite) throw new Error(`nothing ever rang at ${staffNumber}`);
    return invite.channel;
  }
}

/** Lets promises already kept be heard. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

import type { Person } from '../../contract/http.ts';
import { type Frame, takeFrame } from '../../electron/cache/store/take-changes.ts';
import { backOffMs } from '../../electron/sync/back-off.ts';
import { exchange } from '../../electron/sync/exchange.ts';
import type { ExchangeParts } from '../../electron/sync/exchange-parts.ts';
import { fillCache } from '../../electron/sync/fill-cache.ts';
import { createPostponed } from '../../electron/sync/postponed.ts';
import { diskTrouble } from '../../electron/sync/trouble.ts';
import type { Listener, SignedIn } from './centre.ts';
import { simCentreLink, simTokens } from './centre-link.ts';
import { MachineDied, type MountedDisk } from './disk.ts';
import type { Timer } from './scheduler.ts';
import type { WorldParts } from './world-parts.ts';

export interface DeskRunParts {
  readonly world: WorldParts;
  readonly desk: number;
  readonly disk: MountedDisk;
  readonly isAlive: () => boolean;
  readonly person: () => Person;
  /** Kept over a sign-in: what the centre says of the person. */
  readonly onPerson: (person: Person) => void;
  /** The desk's own clock. */
  readonly now: () => number;
  /** Of a session that goes on: a copied machine is not asked who it is. */
  readonly token: string | undefined;
}

/** One start of a desk, until the machine dies or the person leaves. */
export interface DeskRun {
  readonly kick: () => void;
  /** Nothing is under way, the last exchange went well, and no fill is owed. */
  readonly isQuiet: () => boolean;
  readonly token: () => string | undefined;
  /** The line for frames breaks; it comes back by itself. */
  readonly loseLine: () => void;
  readonly stop: () => void;
}

const pollMs = 30_000;

/** Runs a desk's sync as electron/sync/create-sync.ts and create-filler.ts do, in virtual time. */
export const startDesk = (parts: DeskRunParts): DeskRun => {
  const { world, desk, disk, isAlive, person, now } = parts;
  const { write } = disk;
  const { scheduler, random, counts, network, centre } = world;
  const postponed = createPostponed({ now, random: random.next });
  let stopped = false;
  let failures = 0;
  let again = false;
  let running = false;
  let timer: Timer | undefined;
  let filling = false;
  let fillFailures = 0;
  let fillTimer: Timer | undefined;
  let listener: Listener | undefined;
  let connecting = false;

  const isOver = (): boolean => stopped || !isAlive();
  const linkParts = {
    ...parts,
    write,
    staffNumber: () => person().staffNumber,
    onSignedIn: (answer: SignedIn) => {
      if (isOver()) return;
      world.note(() => `desk ${desk} is signed in as ${answer.person.staffNumber} (${answer.person.roles.join()})`);
      parts.onPerson(answer.person);
    },
    onFileThere: () => kick(),
  };
  const tokens = simTokens(linkParts);
  const exchangeParts: ExchangeParts = {
    disk,
    centre: simCentreLink(linkParts, tokens),
    person,
    now,
    onFormsChanged: () => undefined,
    pushSize: world.profile.pushSize,
  };

  /** What a part of the desk's code ends with when its machine has died, or its disk takes nothing. */
  const failed = (error: unknown): false => {
    if (error instanceof MachineDied || isOver()) return false;
    if (diskTrouble(error) === undefined) throw error;
    return false;
  };

  const exchangeOnce = async (): Promise<boolean> => {
    try {
      const exchanged = await exchange(exchangeParts, postponed.waiting());
      if (!exchanged.ok || isOver()) return false;
      postponed.note(exchanged.value.postponed);
      if (exchanged.value.needsFill) beginFill(true);
      else if (write((store) => store.state()).fill !== null) beginFill(false);
      return true;
    } catch (error) {
      return failed(error);
    }
  };

  const run = async (): Promise<void> => {
    do {
      again = false;
      const isWell = await exchangeOnce();
      if (isOver()) return;
      failures = isWell ? 0 : failures + 1;
      world.note(() => `desk ${desk} has exchanged ${isWell ? 'well' : 'in vain'}`);
    } while (again && failures === 0);
    running = false;
    timer?.cancel();
    const wait = failures === 0 ? Math.min(pollMs, postponed.nextMs() ?? pollMs) : backOffMs(failures, random.next);
    timer = scheduler.after(wait, kick);
    connectSoon();
  };

  const kick = (): void => {
    if (isOver()) return;
    again = true;
    if (running) return;
    running = true;
    run().catch(world.checks.onThrown);
  };

  const fill = async (anew: boolean): Promise<void> => {
    let isWell = false;
    try {
      const result = await fillCache({
        ...exchangeParts,
        anew,
        onLot: () => undefined,
        pause: () => scheduler.wait(random.below(5)),
      });
      isWell = result.ok;
    } catch (error) {
      isWell = failed(error);
    }
    filling = false;
    if (isOver()) return;
    world.note(() => `desk ${desk} ${isWell ? 'is filled' : 'has its fill broken off'}`);
    fillFailures = isWell ? 0 : fillFailures + 1;
    if (!isWell) fillTimer = scheduler.after(backOffMs(fillFailures, random.next), () => beginFill(false));
    kick();
  };

  const beginFill = (anew: boolean): void => {
    if (isOver() || filling) return;
    fillTimer?.cancel();
    filling = true;
    fill(anew).catch(world.checks.onThrown);
  };

  const hear = (frame: Frame): void => {
    if (isOver()) return;
    try {
      const touched = write((store) => takeFrame(store, frame, person()));
      counts[touched ? 'frames taken' : 'frames missed before'] += 1;
      world.note(
        () => `desk ${desk} ${touched ? 'takes' : 'cannot take'} the frame after ${frame.after} up to ${frame.upTo}`,
      );
      if (!touched) kick();
    } catch (error) {
      failed(error);
      kick();
    }
  };

  const lost = (): void => {
    listener = undefined;
    kick();
  };

  /** The live line comes up once there is a token, and the centre greets; what came before is pulled. */
  const connectSoon = (): void => {
    if (listener || connecting || isOver()) return;
    connecting = true;
    scheduler.after(network.delayMs(), () => {
      connecting = false;
      const token = tokens.inHand();
      if (isOver() || token === undefined || !network.reaches(desk)) return;
      const line = {
        send: (frame: Frame) => network.send(desk, () => hear(frame)),
        sendWord: () => network.send(desk, kick),
        close: lost,
      };
      listener = centre.listen(token, line);
      if (listener) kick();
      else tokens.discard(token);
    });
  };

  return {
    kick,
    isQuiet: () => !running && !filling && failures === 0 && write((store) => store.state()).fill === null,
    token: tokens.inHand,
    loseLine: () => {
      if (listener) centre.stopListening(listener);
      listener = undefined;
    },
    stop: () => {
      stopped = true;
      timer?.cancel();
      fillTimer?.cancel();
      if (listener) centre.stopListening(listener);
    },
  };
};

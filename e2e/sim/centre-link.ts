import type { Change } from '../../contract/sync.ts';
import type { Operation } from '../../domain/forms/operations.ts';
import { ok, type Result, refused } from '../../domain/result.ts';
import type { SentForm } from '../../electron/cache/store/desk-store.ts';
import { renewDevice } from '../../electron/cache/store/renew-device.ts';
import type { ApiFailure } from '../../electron/sync/api.ts';
import { authorized } from '../../electron/sync/authorized.ts';
import type { CentreLink, FillStream } from '../../electron/sync/centre-link.ts';
import type { TokenKeeper } from '../../electron/sync/token-keeper.ts';
import type { SignedIn } from './centre.ts';
import type { MemoryDeskStore } from './memory-desk-store.ts';
import type { WorldParts } from './world-parts.ts';

export interface LinkParts {
  readonly world: WorldParts;
  readonly desk: number;
  readonly write: <Answer>(work: (store: MemoryDeskStore) => Answer) => Answer;
  readonly staffNumber: () => string;
  readonly token: string | undefined;
  readonly onSignedIn: (answer: SignedIn) => void;
  readonly onFileThere: () => void;
}

/** The tokens of one desk: signs in where there is none, as electron/session/ask-centre.ts does. */
export const simTokens = ({ world, desk, write, staffNumber, token, onSignedIn }: LinkParts): TokenKeeper => {
  const { network, centre } = world;
  let inHand = token;
  let renewing: Promise<Result<string, ApiFailure>> | undefined;
  const ask = (): Promise<Result<SignedIn, ApiFailure>> => {
    const { state, epoch } = write((store) => store.data());
    return network.ask(desk, () => centre.signIn(staffNumber(), state.device, epoch));
  };
  const renew = async (): Promise<Result<string, ApiFailure>> => {
    let answered = await ask();
    if (!answered.ok && answered.error.code === 'device-copied') {
      world.counts['new names'] += 1;
      write((store) => renewDevice(store, world.newId(4)));
      answered = await ask();
    }
    if (!answered.ok) return answered;
    const { value } = answered;
    write((store) => store.put({ epoch: value.epoch, deskNumber: value.desk }));
    inHand = value.token;
    onSignedIn(value);
    return ok(value.token);
  };
  return {
    accessToken: async () => {
      if (inHand !== undefined) return ok(inHand);
      renewing ??= renew().finally(() => {
        renewing = undefined;
      });
      return renewing;
    },
    inHand: () => inHand,
    discard: (refusedToken) => {
      if (inHand === refusedToken) inHand = undefined;
    },
    startAnew: () => {
      inHand = undefined;
    },
  };
};

/** The centre as a desk's sync reaches it: over a network that loses, doubles and delays. */
export const simCentreLink = (parts: LinkParts, tokens: TokenKeeper): CentreLink => {
  const { world, desk } = parts;
  const { network, centre, scheduler, random, counts, profile } = world;

  /** Operations whose files are on their way, and those whose files are there. */
  const files = new Map<string, 'on its way' | 'there'>();
  const hasFile = ({ id, kind }: Operation): boolean => {
    if (kind !== 'form.attach') return true;
    const known = files.get(id);
    if (known !== undefined) return known === 'there';
    const isLate = world.isRough() && random.chance(profile.filesLate);
    files.set(id, isLate ? 'on its way' : 'there');
    if (isLate) {
      counts['files late'] += 1;
      scheduler.after(random.between(100, 20_000), () => {
        files.set(id, 'there');
        parts.onFileThere();
      });
    }
    return !isLate;
  };

  return {
    // As electron/files/uploads.ts: nothing goes before an operation of its form whose file is not there yet.
    bringFiles: async (operations) => {
      const held = new Set<string>();
      return ok(
        operations.filter((operation) => {
          if (!hasFile(operation)) held.add(operation.form);
          return !held.has(operation.form);
        }),
      );
    },
    push: (operations) => {
      world.note(
        () => `desk ${desk} sends ${operations.map(({ seq, kind, id }) => `${seq}:${kind}:${id.slice(-5)}`).join(' ')}`,
      );
      if (world.planted === 'outbox-cleared-when-sent') {
        parts.write((store) => {
          for (const { id } of operations) store.acknowledge(id);
        });
      }
      return authorized(tokens, (token) => network.ask(desk, () => centre.push(token, operations)));
    },
    pull: (after) => {
      world.note(() => `desk ${desk} pulls after ${after}`);
      return authorized(tokens, (token) => network.ask(desk, () => centre.pull(token, after)));
    },
    fill: async (from) => {
      counts[from ? 'fills resumed' : 'fills'] += 1;
      const opened = await authorized(tokens, (token) => network.ask(desk, () => centre.openFill(token, from)));
      if (!opened.ok) return opened;
      const { head } = opened.value;
      world.note(
        () => `desk ${desk} is being filled up to ${head.head} from ${from?.before ?? 'the top'} for ${head.scope}`,
      );
      return ok(stream(world, desk, opened.value));
    },
    signInAnew: tokens.startAnew,
  };
};

type Opened = Extract<Awaited<ReturnType<WorldParts['centre']['openFill']>>, { ok: true }>['value'];

/** A fill as it comes in: pages that the centre reads one after another, lots that the desk takes. */
const stream = (world: WorldParts, desk: number, { head, page }: Opened): FillStream => {
  const { network, scheduler, profile } = world;
  let below = Number.POSITIVE_INFINITY;
  let rest = page(below);
  let closed = false;
  return {
    head,
    close: () => {
      closed = true;
    },
    next: async () => {
      await scheduler.wait(network.delayMs());
      if (closed || !network.reaches(desk) || network.isLost()) return refused({ code: 'unreachable' });
      if (rest.length === 0) return ok('end');
      const lot = rest.slice(0, profile.lotSize);
      below = lot.at(-1)?.cursor ?? below;
      rest = rest.length > lot.length ? rest.slice(lot.length) : page(below);
      return ok(lot.map(sentForm));
    },
  };
};

/** Rows and texts are of no interest to a disk in memory. */
const sentForm = ({ cursor, form }: Change): SentForm => ({
  id: form.id,
  cursor,
  row: [],
  text: new Uint8Array(),
  parse: () => form,
});

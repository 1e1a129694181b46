import type { Form } from '../../form.ts';
import type { Operation, OperationKind } from '../../operations.ts';
import { type Law, laws } from './laws.ts';
import { everybody, type TestPerson } from './people.ts';
import { randomPayload, triedKinds } from './random-payload.ts';
import type { SeededChoice } from './seeded-choice.ts';

/** An operation, and in whose name it is done. */
export interface Attempt {
  readonly operation: Operation;
  readonly author: TestPerson;
}

const device = '11111111-1111-4111-8111-111111111111';
const minuteMs = 60_000;

/** Now and then days go by, so that deadlines run out; in between it is a matter of minutes. */
const pauses = [1, 1, 1, 2, 5, 10, 30, 60, 240, 1_440, 4_320].map((minutes) => minutes * minuteMs);

/** How far the clock of a desk without network may be behind. */
const behindMs = 240 * minuteMs;

/** Ids in the order they are asked for, a million different ones. */
export const countedIds = (first = 0): ((version: 4 | 7) => string) => {
  let counted = first;
  return (version) => {
    counted += 1;
    return `019ab000-0000-${version}000-8000-${counted.toString(16).padStart(12, '0')}`;
  };
};

/** An operation of this kind by its author: the envelope that a desk puts round a payload. */
export const operationOf = (
  kind: OperationKind,
  payload: unknown,
  envelope: { readonly id: string; readonly form: string; readonly madeAt: number; readonly by: string },
): Operation =>
  // The maker of each payload is typed by its kind; TypeScript cannot follow through the union.
  ({ ...envelope, device, seq: 1, kind, payload }) as Operation;

const lawsOfStage = (form: Form): readonly Law[] =>
  laws.filter((law) => law.form === form.kind && law.from.includes(form.procedure.stage));

const byStage = new Map<string, readonly Law[]>();

const lawsHere = (form: Form): readonly Law[] => {
  const key = `${form.kind} ${form.procedure.stage}`;
  const known = byStage.get(key) ?? lawsOfStage(form);
  byStage.set(key, known);
  return known;
};

/** Rather one that leads on: what leaves a form where it is may be done without end. */
const leading = (here: readonly Law[], random: SeededChoice): Law => {
  const first = random.pick(here);
  return first.to === 'same' && random.chance(70) ? random.pick(here) : first;
};

/** The department whose order an operation is about. */
const departmentAbout = (form: Form, payload: unknown): string | undefined => {
  if (typeof payload !== 'object' || payload === null || !('order' in payload)) return undefined;
  return form.procedure.orders.find(({ id }) => id === payload.order)?.department;
};

/** What an attempt is made from, besides the form. */
export interface AttemptParts {
  /** When the one before was made. */
  readonly now: number;
  /** Whether it may be made before the one that reached the form first. */
  readonly outOfTime: boolean;
  readonly random: SeededChoice;
  readonly nextId: (version: 4 | 7) => string;
}

/** Mostly what somebody may do where the form is, by somebody who may; and anything by anybody. */
export const randomAttempt = (form: Form, { now, outOfTime, random, nextId }: AttemptParts): Attempt => {
  const here = lawsHere(form);
  const law = random.chance(80) && here.length > 0 ? leading(here, random) : undefined;
  const kind = law?.kind ?? random.pick(triedKinds);
  const lawful = everybody.filter(({ roles }) => law?.roles.some((role) => roles.includes(role)));
  const chosen = lawful.length > 0 && random.chance(85) ? random.pick(lawful) : random.pick(everybody);
  const payload = randomPayload(kind, { form, by: chosen.number, random, fresh: () => nextId(4) });
  const theirs = chosen.roles.includes('department') && random.chance(85) ? departmentAbout(form, payload) : undefined;
  const author = everybody.find(({ department }) => theirs !== undefined && department === theirs) ?? chosen;
  const behind = outOfTime && random.chance(30) ? random.below(behindMs) : 0;
  const madeAt = Math.max(form.openedAt, now + random.pick(pauses) - behind);
  return {
    operation: operationOf(kind, payload, { id: nextId(7), form: form.id, madeAt, by: author.number }),
    author,
  };
};

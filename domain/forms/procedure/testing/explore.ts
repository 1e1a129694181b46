import type { Form } from '../../form.ts';
import { operation as operationSchema } from '../../operations.ts';
import { procedure as procedureSchema } from '../procedure.ts';
import { emptyRecord, ledTo, recordAfter } from './complaint-record.ts';
import { firstForm } from './first-form.ts';
import type { Law } from './laws.ts';
import { judge } from './obeys-laws.ts';
import { staffedDepartments } from './people.ts';
import { type Attempt, countedIds, randomAttempt } from './random-operation.ts';
import { seededChoice } from './seeded-choice.ts';
import { unsound } from './stays-sound.ts';
import { type Performer, wayOut } from './way-out.ts';

/** What a run has seen. */
export interface Tally {
  operations: number;
  readonly applied: Map<string, number>;
  /** By the code of the refusal. */
  readonly refused: Map<string, number>;
  /** How often a form came to a stage. */
  readonly stages: Map<string, number>;
  /** Different states of a form as a whole: stage, orders, whether it is held, what waits. */
  readonly states: Set<string>;
  readonly laws: Set<Law>;
}

/** What a run has found wrong, with the seed that finds it again. */
export interface Finding {
  readonly seed: number;
  readonly wrong: string;
  /** What was applied to the form before. */
  readonly trail: readonly string[];
}

export interface ExploreParts {
  /** What is held against the laws. */
  readonly performs: Performer;
  /** What a department sees of a form. */
  readonly sees: (form: Form, department: string) => Form;
  readonly tally: Tally;
}

export const emptyTally = (): Tally => ({
  operations: 0,
  ...{ applied: new Map(), refused: new Map(), stages: new Map() },
  ...{ states: new Set(), laws: new Set() },
});

const count = (counted: Map<string, number>, key: string): void => {
  counted.set(key, (counted.get(key) ?? 0) + 1);
};

/** A change to what was there before would throw from now on. */
const frozen = <Value>(value: Value): Value => {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) frozen(part);
  return value;
};

/** A form as a whole, without what does not decide where it can go. */
export const stateOf = ({ kind, work, procedure }: Form): string => {
  const { stage, orders, supplements, holder, decision } = procedure;
  const states = [...new Set(orders.map(({ state }) => state))].sort().join('+');
  const waits = supplements.some(({ settled }) => !settled) ? 'supplement' : '';
  return [
    kind,
    stage,
    states,
    waits,
    holder === null ? '' : 'held',
    decision === null ? '' : 'decided',
    work.state,
  ].join(' ');
};

/** A department sees its own orders and no word of another's (S4). */
const leak = (form: Form, sees: ExploreParts['sees']): string | undefined => {
  for (const code of staffedDepartments) {
    const own = form.procedure.orders.filter(({ department, sentAt }) => department === code && sentAt !== null);
    const seen = sees(form, code).procedure.orders;
    if (seen.length !== own.length || seen.some((one, at) => one !== own[at])) return `${code} sees other orders`;
  }
  return undefined;
};

/** Stored and read again as desks and the centre do, the same operations make the same form. */
const replayed = (first: Form, last: Form, done: readonly Attempt[], performs: Performer): string | undefined => {
  let form = first;
  for (const { operation, author } of done) {
    const read = operationSchema.safeParse(JSON.parse(JSON.stringify(operation)));
    if (!read.success) return `${operation.kind} is no operation: ${read.error.message}`;
    const result = performs(form, { operation: read.data, author });
    if (!result.ok) return `${operation.kind} was refused when replayed: ${result.error.code}`;
    form = result.value;
  }
  return inStore(form) === inStore(last) ? undefined : 'a replay differs';
};

/** As it is read from the records, its properties in their order. */
const inStore = (form: Form): string =>
  JSON.stringify({ ...form, procedure: procedureSchema.parse(JSON.parse(JSON.stringify(form.procedure))) });

/** Only each so many forms are looked at with the slower checks. */
const oneInSo = 20;

/** One form under `length` random operations by random people; the first thing that is wrong. */
export const exploreForm = (seed: number, length: number, parts: ExploreParts): Finding | undefined => {
  const { performs, sees, tally } = parts;
  const random = seededChoice(seed);
  const nextId = countedIds(seed * 1_000);
  // The record (J4) is kept in order of time; where operations come in out of it, only the laws say where they lead.
  const outOfTime = random.chance(50);
  const first = frozen(firstForm(random));
  const done: Attempt[] = [];
  let form = first;
  let record = emptyRecord;

  const step = (): string | undefined => {
    const now = done.at(-1)?.operation.madeAt ?? form.openedAt;
    const attempt = randomAttempt(form, { now, outOfTime, random, nextId });
    const { kind } = attempt.operation;
    const result = performs(form, attempt);
    tally.operations += 1;
    const { law, wrong } = judge(form, attempt, result);
    if (!result.ok) {
      count(tally.refused, result.error.code);
      return wrong && `${kind}: ${wrong}`;
    }
    const before = form;
    const after = frozen(result.value);
    done.push(attempt);
    if (wrong) return `${kind}: ${wrong}`;
    const { stage } = after.procedure;
    const expected = outOfTime ? undefined : ledTo(before, attempt.operation, record);
    if (expected !== undefined && stage !== expected) return `${kind}: the record leads to ${expected}, not ${stage}`;
    const broken = unsound(before, after, attempt);
    if (broken) return `${kind}: ${broken}`;
    form = after;
    record = recordAfter(record, attempt.operation);
    if (law) tally.laws.add(law);
    count(tally.applied, kind);
    if (stage !== before.procedure.stage) count(tally.stages, `${form.kind} ${stage}`);
    const state = stateOf(form);
    if (tally.states.has(state)) return undefined;
    tally.states.add(state);
    return wayOut(form, performs) === undefined ? `stuck: ${state}` : leak(form, sees);
  };
  const last = (): string | undefined => {
    if (wayOut(form, performs) === undefined) return `stuck: ${stateOf(form)}`;
    return leak(form, sees) ?? (seed % oneInSo === 0 ? replayed(first, form, done, performs) : undefined);
  };
  const explored = (): string | undefined => {
    try {
      for (let steps = 0; steps < length; steps += 1) {
        const wrong = step();
        if (wrong) return wrong;
      }
      return last();
    } catch (error) {
      return `threw ${String(error)}`;
    }
  };

  const wrong = explored();
  const told = ({ operation: { kind, payload }, author }: Attempt): string =>
    `${kind} by ${author.number} ${JSON.stringify(payload)}`;
  return wrong === undefined ? undefined : { seed, wrong, trail: done.map(told) };
};

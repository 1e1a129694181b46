import type { Acknowledged } from './desk-words.ts';

/** What the centre holds when all has come to rest. */
export interface CentreFacts {
  readonly operations: readonly {
    readonly id: string;
    readonly device: string;
    readonly seq: number;
    readonly form: string;
    readonly outcome: 'applied' | 'rejected';
    /** Of a `form.attach`. */
    readonly attachment: string | null;
  }[];
  /** The change log by cursor. */
  readonly changes: readonly { readonly cursor: number; readonly form: string; readonly operation: string }[];
  readonly head: number;
  readonly forms: readonly {
    readonly id: string;
    readonly cursor: number;
    readonly hash: string;
    /** Ids of operations, in the order the form tells them. */
    readonly history: readonly string[];
    readonly noteTexts: readonly string[];
  }[];
  /** SHA-256 of what the attachment store holds whole. */
  readonly files: ReadonlySet<string>;
  /** What the audit chain says: undefined where it fits. */
  readonly chainFault: string | undefined;
}

/** What a desk shows when all has come to rest. */
export interface DeskFacts {
  readonly staffNumber: string;
  readonly pending: number;
  readonly forms: Readonly<Record<string, string>>;
  readonly cards: readonly string[];
}

export interface Verdict {
  readonly acknowledged: number;
  readonly inRecords: number;
  readonly rejected: number;
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  /** Every other promise that was broken, in words. */
  readonly broken: readonly string[];
}

/** Holds the records and the desks to what was acknowledged (design.md, "Sync"). */
export const judgeRecords = (
  centre: CentreFacts,
  desks: readonly DeskFacts[],
  told: readonly Acknowledged[],
): Verdict => {
  const known = new Set(centre.operations.map(({ id }) => id));
  const attached = new Set(centre.operations.map(({ attachment }) => attachment));
  const edits = told.filter(({ what }) => what !== 'card');
  const lost = edits
    .filter((one) => !(one.what === 'attachment' ? attached : known).has(one.id))
    .map((one) => `${one.what} ${one.id} of form ${one.form}`);
  return {
    acknowledged: edits.length,
    inRecords: centre.operations.length,
    rejected: centre.operations.filter(({ outcome }) => outcome === 'rejected').length,
    lost,
    doubled: doubledIn(centre),
    broken: [
      ...brokenHistories(centre),
      ...brokenOrder(centre),
      ...brokenCursors(centre),
      ...brokenSequences(centre, told),
      ...missingFiles(centre, told),
      ...missingCards(centre, desks, told),
      ...differingDesks(centre, desks),
      ...(centre.chainFault === undefined ? [] : [`the audit chain does not fit: ${centre.chainFault}`]),
    ],
  };
};

const doubledIn = ({ operations, changes, forms }: CentreFacts): readonly string[] => [
  ...twice(operations.map(({ id }) => id)).map((id) => `operation ${id} is kept twice`),
  ...twice(operations.map(({ device, seq }) => `${device} ${seq}`)).map((name) => `${name} is kept twice`),
  ...twice(operations.flatMap(({ attachment }) => attachment ?? [])).map((id) => `attachment ${id} came twice`),
  ...twice(changes.map(({ operation }) => operation)).map((id) => `operation ${id} changed a form twice`),
  ...twice(forms.flatMap(({ history }) => history)).map((id) => `operation ${id} is told twice in histories`),
  ...twice(forms.flatMap(({ noteTexts }) => noteTexts)).map((text) => `the note “${text}” is there twice`),
];

/** What was applied is in its form's history, what was rejected in none. */
const brokenHistories = ({ operations, forms }: CentreFacts): readonly string[] => {
  const historyOf = new Map(forms.map(({ id, history }) => [id, new Set(history)]));
  return operations
    .filter(({ id, form, outcome }) => (historyOf.get(form)?.has(id) ?? false) !== (outcome === 'applied'))
    .map(({ id, form, outcome }) => `operation ${id} is ${outcome}, and the history of form ${form} says otherwise`);
};

/** On each form what one device did stands in the order in which it was done. */
const brokenOrder = ({ operations, changes }: CentreFacts): readonly string[] => {
  const made = new Map(operations.map((operation) => [operation.id, operation]));
  const last = new Map<string, number>();
  return changes.flatMap(({ form, operation }) => {
    const one = made.get(operation);
    if (!one) return [`the change log names ${operation}, which is nowhere kept`];
    const key = `${form} ${one.device}`;
    const before = last.get(key) ?? 0;
    last.set(key, one.seq);
    return one.seq > before ? [] : [`on form ${form} seq ${one.seq} of ${one.device} came after ${before}`];
  });
};

const brokenCursors = ({ changes, head, forms }: CentreFacts): readonly string[] => {
  const latest = new Map(changes.map(({ form, cursor }) => [form, cursor]));
  return [
    ...changes
      .filter(({ cursor }, index) => cursor !== index + 1)
      .slice(0, 1)
      .map(({ cursor }) => `the change log is broken before ${cursor}`),
    ...(head === changes.length ? [] : [`the change cursor says ${head}, the log has ${changes.length}`]),
    ...forms
      .filter(({ id, cursor }) => latest.get(id) !== cursor)
      .map(({ id, cursor }) => `form ${id} says cursor ${cursor}, the log ${latest.get(id)}`),
  ];
};

/**
 * A device counts without gaps, but for those that what waited behind a card offered again has left: any more were made,
 * and never came. A desk that has taken a new name, as after a sign-in whose answer was lost, goes on under it where it was.
 */
const brokenSequences = ({ operations }: CentreFacts, told: readonly Acknowledged[]): readonly string[] => {
  const counts = new Map<string, { lowest: number; highest: number; count: number }>();
  for (const { device, seq } of operations) {
    const { lowest, highest, count } = counts.get(device) ?? { lowest: seq, highest: seq, count: 0 };
    counts.set(device, { lowest: Math.min(lowest, seq), highest: Math.max(highest, seq), count: count + 1 });
  }
  const allowed = told.reduce((sum, one) => sum + (one.what === 'card' ? one.renumbered : 0), 0);
  const gaps = [...counts].filter(([, { lowest, highest, count }]) => highest - lowest + 1 !== count);
  const missing = gaps.reduce((sum, [, { lowest, highest, count }]) => sum + highest - lowest + 1 - count, 0);
  if (missing <= allowed) return [];
  return gaps.map(
    ([device, { lowest, highest, count }]) =>
      `${device} has counted from ${lowest} to ${highest}, the centre has ${count} of it`,
  );
};

const missingFiles = ({ files }: CentreFacts, told: readonly Acknowledged[]): readonly string[] =>
  told.flatMap((one) =>
    one.what === 'attachment' && !files.has(one.sha256) ? [`the bytes of attachment ${one.id} never came`] : [],
  );

/** A rejected operation stands on a card until a person, who has seen it, settles it. */
const missingCards = (
  { operations }: CentreFacts,
  desks: readonly DeskFacts[],
  told: readonly Acknowledged[],
): readonly string[] => {
  const seen = told.filter(({ what }) => what === 'card').map(({ id }) => id);
  const cards = new Set([...seen, ...desks.flatMap((desk) => desk.cards)]);
  return operations
    .filter(({ id, outcome }) => outcome === 'rejected' && !cards.has(id))
    .map(({ id }) => `operation ${id} was rejected, and no desk had a card for it`);
};

const differingDesks = ({ forms }: CentreFacts, desks: readonly DeskFacts[]): readonly string[] =>
  desks.flatMap((desk) => {
    const differing = forms.filter(({ id, hash }) => desk.forms[id] !== hash).length;
    const strange = Object.keys(desk.forms).length - forms.filter(({ id }) => id in desk.forms).length;
    return [
      ...(desk.pending === 0 ? [] : [`desk ${desk.staffNumber} has ${desk.pending} pending`]),
      ...(differing === 0 ? [] : [`desk ${desk.staffNumber} shows ${differing} of ${forms.length} forms otherwise`]),
      ...(strange === 0 ? [] : [`desk ${desk.staffNumber} has ${strange} forms that the centre has not`]),
    ];
  });

const twice = (names: readonly string[]): readonly string[] => {
  const seen = new Set<string>();
  return names.filter((name) => seen.size === seen.add(name).size);
};

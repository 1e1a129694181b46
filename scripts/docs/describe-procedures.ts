import { type FormKind, formKinds } from '../../domain/forms/form-kind.ts';
import { nextOrderState, orderEvents, orderStates } from '../../domain/forms/procedure/orders.ts';
import { usualProcedureRules } from '../../domain/forms/procedure/procedure-rules.ts';
import {
  type Destination,
  type Move,
  type ProcedureEvent,
  procedureEvents,
  rightAtDesk,
  type Stage,
  type StageTable,
  stagesOf,
  stageTables,
} from '../../domain/forms/procedure/stages.ts';
import { mayDo, rights, roles } from '../../domain/people/roles.ts';
import { citations } from './procedure-clauses.ts';
import { deskWords, orderEventWords, rules, stageDesks, supplementWords } from './procedure-words.ts';

/** `docs/procedures.md`, from the tables that decide (domain/forms/procedure). */
export const describeProcedures = (): string =>
  [
    opening,
    ...describeKind('complaint', 'A complaint (投诉单)'),
    ...describeRules(),
    ...describeKind('suggestion', 'A suggestion (建议单)'),
    ...describeKind('fault', 'A fault (112)'),
    ...describeOrders(),
    ...describeDesks(),
    ...describeDeadlines(),
    ...describeCitations(),
    '',
  ]
    .join('\n\n')
    .trimEnd()
    .concat('\n');

const opening = `# The procedures

Sections J, S, M, D and Q1 of the hotline's rules, as \`domain/forms/procedure/\` decides them: the same tables on the desk at
once and at the centre as the final word. This page is written from them by \`npm run docs:procedures\`; a test holds it to them.

An event that a stage does not have is refused, as is one whose author has not the right; each refusal has its reason
(\`procedure-refusal.ts\`). What one has taken up at a desk no other works until it is put back or taken over. A draft leaves
its author recorded in full (J2, J6), unless it is declined, or its caller is a key account (J1) or goes on to the manager
hotline (J3).`;

type Edge = readonly [from: string, to: string, event: string];

/** More have no room on an arrow; so many lead one way by orders alone. */
const manyEvents = 4;

/** The diagrams' language has no hyphen in a name. */
const node = (name: string): string => name.replaceAll('-', '_');

const diagram = (edges: readonly Edge[], choices: readonly string[]): string => {
  const joined = new Map<string, string[]>();
  for (const [from, to, event] of edges) {
    const arrow = `${from} --> ${to}`;
    joined.set(arrow, [...(joined.get(arrow) ?? []), event]);
  }
  const lines = [
    ...choices.map((choice) => `state ${choice} <<choice>>`),
    ...[...joined].map(([arrow, events]) => {
      const label = events.length > manyEvents ? 'orders and supplements go on' : events.join(', ');
      return label === '' ? arrow : `${arrow}: ${label}`;
    }),
  ];
  return ['```mermaid', 'stateDiagram-v2', ...lines.map((line) => `  ${line}`), '```'].join('\n');
};

const movesOf = (table: StageTable, stage: Stage): readonly (readonly [ProcedureEvent, Move])[] =>
  procedureEvents.flatMap((event) => {
    const move = table[stage]?.moves[event];
    return move ? [[event, move] as const] : [];
  });

const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(...heads), row(...heads.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n');

const leadsTo = (to: Destination): string => {
  if (to === 'stays') return 'stays';
  return to.startsWith('by-') ? `*${to.replaceAll('-', ' ')}*` : `**${to}**`;
};

/** The same move in several stages is one row. */
const moveRows = (kind: FormKind): readonly (readonly string[])[] => {
  const all = stagesOf(kind);
  const rows = new Map<string, { readonly stages: Stage[]; readonly cells: readonly string[] }>();
  for (const stage of all) {
    for (const [event, { to, right, clause }] of movesOf(stageTables[kind], stage)) {
      const cells = [event, leadsTo(to), right, clause];
      const known = rows.get(cells.join('|')) ?? { stages: [], cells };
      known.stages.push(stage);
      rows.set(cells.join('|'), known);
    }
  }
  return [...rows.values()].map(({ stages, cells }) => [
    stages.length === all.length ? 'any' : stages.join(', '),
    ...cells,
  ]);
};

/** What a rule makes of a form, as little as an arrow has room for. */
const inShort = (what: string): string => what.replace(/ ?\([A-Z].*|[:;].*/, '');

const isRule = (to: Destination): to is keyof typeof rules => to in rules;

const describeKind = (kind: FormKind, title: string): readonly string[] => {
  const moves = stagesOf(kind).flatMap((stage) =>
    movesOf(stageTables[kind], stage).map(([event, { to }]) => ({ stage, event, to })),
  );
  const choices = [...new Set(moves.map(({ to }) => to).filter(isRule))];
  const edges: Edge[] = [
    ['[*]', 'drafting', ''],
    ...moves.flatMap(({ stage, event, to }): Edge[] => (to === 'stays' ? [] : [[node(stage), node(to), event]])),
    ...choices.flatMap((rule) =>
      rules[rule].flatMap(({ what, leadsTo: to }): Edge[] => (to ? [[node(rule), node(to), inShort(what)]] : [])),
    ),
  ];
  return [
    `## ${title}`,
    diagram(edges, choices.map(node)),
    table(['stages', 'event', 'leads to', 'right', 'clause'], moveRows(kind)),
  ];
};

const ruleTable = (rule: keyof typeof rules): string =>
  table(
    ['when', 'leads to'],
    rules[rule].map(({ what, leadsTo: stage }) => [what, stage ? `**${stage}**` : 'stays']),
  );

const describeRules = (): readonly string[] => [
  '### By orders: what lies open on a complaint at work, the first that is so',
  ruleTable('by-orders'),
  '### By repeat: the branches of J4',
  ruleTable('by-repeat'),
  `The satisfaction record is what the user said last of the settlement that stands, called back or coming again. Where there
is none, what the user says now becomes it. A closed complaint is one that is answered, declined or closed; who was not asked
about one counts as dissatisfied.`,
  '### Supplements: the branches of J5',
  table(['needs', 'what follows'], Object.entries(supplementWords)),
  '### By call-back: Q1',
  ruleTable('by-call-back'),
  '### By decision: M1',
  ruleTable('by-decision'),
];

const describeOrders = (): readonly string[] => {
  const steps = orderStates.flatMap((state) =>
    orderEvents.flatMap((event) => {
      const next = nextOrderState(state, event);
      return next.ok ? [{ state, event, next: next.value }] : [];
    }),
  );
  return [
    '## An order (派单, 追单, 退单)',
    `A junior's order is proposed, a senior's is sent. A chase is heard in the order that it follows, a return takes that
order back; both are delivered with their sending. A dispatch gets its deadline then (S3).`,
    diagram(
      [['[*]', 'proposed', ''], ...steps.map(({ state, event, next }): Edge => [node(state), node(next), event])],
      [],
    ),
    table(
      ['state', 'event', 'leads to', 'by'],
      steps.map(({ state, event, next }) => [state, event, `**${next}**`, orderEventWords[event]]),
    ),
  ];
};

const describeDesks = (): readonly string[] => {
  const used = new Set(
    formKinds.flatMap((kind) =>
      stagesOf(kind).flatMap((stage) => movesOf(stageTables[kind], stage).map(([, { right }]) => right)),
    ),
  );
  const stagesAt = (desk: string): string =>
    formKinds
      .flatMap((kind) =>
        stagesOf(kind)
          .filter((stage) => stageTables[kind][stage]?.desk === desk)
          .map((stage) => `${kind} ${stage}`),
      )
      .join(', ');
  return [
    '## Desks and rights',
    table(
      ['desk', 'who takes a form up there', 'by the right', 'stages'],
      stageDesks.map((desk) => [desk, deskWords[desk], rightAtDesk[desk] ?? '', stagesAt(desk)]),
    ),
    table(
      ['right', 'roles'],
      rights
        .filter((right) => used.has(right))
        .map((right) => [right, roles.filter((role) => mayDo([role], right)).join(', ')]),
    ),
  ];
};

const describeDeadlines = (): readonly string[] => {
  const { workingDays, escalation } = usualProcedureRules.deadlines;
  return [
    '## Deadlines',
    'Settings of the centre, with these values where none are set; `docs/deadlines.md` says how they are reckoned.',
    table(
      ['complaint about', 'working days'],
      Object.entries(workingDays).map(([type, days]) => [type, String(days)]),
    ),
    table(
      ['of the time gone by', 'told'],
      escalation.map(({ atPercent, tell }) => [`${atPercent} %`, tell.join(', ')]),
    ),
  ];
};

const describeCitations = (): readonly string[] => [
  '## Which test shows which clause',
  'Each test named here exists in its file and cites its clause: `scripts/docs/clauses.test.ts`.',
  table(
    ['clause', 'what', 'test', 'file'],
    citations.map(({ clause, what, test, file }) => [clause, what, test, file]),
  ),
];

import { z } from 'zod';
import { deadline } from '../domain/deadlines/deadline.ts';
import { callbackRules } from '../domain/forms/callback.ts';
import { attachment, complaintFields } from '../domain/forms/complaint.ts';
import { formKinds } from '../domain/forms/form-kind.ts';
import { formAction } from '../domain/forms/operations.ts';
import { origin } from '../domain/forms/origin.ts';
import { maskedFields, procedure } from '../domain/forms/procedure/procedure.ts';
import { procedureRules } from '../domain/forms/procedure/procedure-rules.ts';
import { type StageDesk, stages } from '../domain/forms/procedure/stages.ts';
import { inboxes, work } from '../domain/forms/work.ts';
import { publishedArticle } from '../domain/knowledge/article.ts';
import { articleAction } from '../domain/knowledge/article-actions.ts';
import { person, recording, sipAccount, staffNumber } from './http.ts';
import { articleHits, articlePage, articleParts, articleView, knowledgeFailure } from './knowledge.ts';
import { seatView } from './live.ts';
import { paper, paperAsked, paperDone, paperFailure } from './paper.ts';
import { phoneCommand, phoneSnapshot } from './phone.ts';
import { form, refusal } from './sync.ts';
import { attentionCard, diagnosticsDone, diagnosticsFailure, pendingPage, syncDetails } from './sync-page.ts';
import { transferAsked, transferStep, transferView } from './transfer.ts';

/** An expected failure crosses IPC as a value: a rejected `invoke` would lose its type. */
const resultOf = <Value extends z.ZodType, Failure extends z.ZodType>(value: Value, error: Failure) =>
  z.discriminatedUnion('ok', [
    z.strictObject({ ok: z.literal(true), value }),
    z.strictObject({ ok: z.literal(false), error }),
  ]);

const nothing = z.undefined();

export const signInFailure = z.strictObject({
  code: z.enum([
    'wrong-password',
    'too-many-tries',
    'unreachable-and-unknown-here',
    /** The cache was begun anew, and who works with it is not known without the centre. */
    'needs-centre-once',
    'keychain-changed',
    'server-refused',
    'version-too-old',
    'disk-full',
    'cache-read-only',
    'cache-damaged',
  ]),
  /** Where work that was not sent was written to. */
  file: z.string().exactOptional(),
});

/** What has become of this person's cache, to be told once they are signed in. */
export const cacheNotice = z.discriminatedUnion('code', [
  z.strictObject({
    code: z.literal('repaired'),
    /** Operations taken over from the damaged cache; `unreadable`: those lost, null where nobody can say. */
    taken: z.int(),
    unreadable: z.int().nullable(),
    movedTo: z.string().nullable(),
  }),
  z.strictObject({ code: z.literal('taken-in'), taken: z.int() }),
  z.strictObject({ code: z.literal('key-lost'), movedTo: z.string() }),
]);
export type CacheNotice = z.infer<typeof cacheNotice>;

/** Who is signed in at this desk; `offline` while signed in against the cache alone. */
export const session = z.strictObject({ person, offline: z.boolean(), notice: cacheNotice.exactOptional() });
export type Session = z.infer<typeof session>;

/**
 * Server state plus this desk's pending operations (design.md, "Sync"). `tentative`: the form's work
 * stands on an operation of this desk that the centre has not confirmed; another may have been first.
 */
export const formView = z.strictObject({
  form,
  pending: z.int(),
  attention: z.array(attentionCard),
  tentative: z.boolean(),
  /** Personal data that is shown masked, until it is asked for by `form.unmask`. */
  masked: z.array(z.enum(maskedFields)),
});
export type FormView = z.infer<typeof formView>;

export const formSummary = z.strictObject({
  id: z.string(),
  number: z.string(),
  kind: z.enum(formKinds),
  status: z.enum(['draft', 'submitted']),
  origin,
  work,
  /** As in `formView`. */
  tentative: z.boolean(),
  /** What came in is out of order, or a callback can no longer be rung by rule. */
  problem: z.boolean(),
  /** Callbacks: when the customer may next be rung; null: not by rule, or no callback. */
  nextTryAt: z.int().nullable(),
  /** When the first check-back without an answer is to be reminded of; null: none is open. */
  remindAt: z.int().nullable(),
  stage: z.enum(stages),
  stageSince: z.int(),
  /** Who has taken it up at its desk. */
  holder: z.string().nullable(),
  /** Of the order that must be through first (S3). */
  deadline: deadline.nullable(),
  /** J2: how many have made this suggestion, with those of the suggestions merged into it; 1 of any other form. */
  people: z.int(),
  callerName: z.string(),
  contactNumber: z.string(),
  /** Name and number, those of `origin` too, are masked. */
  masked: z.boolean(),
  excerpt: z.string(),
  openedBy: z.string(),
  openedAt: z.int(),
  changedAt: z.int(),
  pending: z.int(),
  attention: z.int(),
});
export type FormSummary = z.infer<typeof formSummary>;

export const likelyForm = formSummary
  .pick({ id: true, number: true, excerpt: true, status: true, openedAt: true })
  .extend({
    /** How like the texts are, above 0, to 1: the same. */
    score: z.number().min(0).max(1),
  });
export type LikelyForm = z.infer<typeof likelyForm>;

/**
 * Which forms of an inbox: `to-do` waits or is claimed; `mine` is claimed by the one signed in;
 * `problems` is to do and out of order; `check-backs` has one to be reminded of (A4).
 */
export const inboxParts = ['to-do', 'mine', 'problems', 'check-backs', 'set-aside'] as const;
export type InboxPart = (typeof inboxParts)[number];

/** Desks at which forms wait for whoever works there. */
export const workedDesks = [
  'senior',
  'department',
  'manager',
  'call-back',
  'data-admin',
] as const satisfies StageDesk[];
export type WorkedDesk = (typeof workedDesks)[number];

/** Which forms of a desk, or of all: `held` by the one signed in; `overdue`, whose deadline is over (J4b). */
export const deskParts = ['held', 'overdue'] as const;
export type DeskPart = (typeof deskParts)[number];

const deskCount = z.strictObject({ all: z.int(), held: z.int(), overdue: z.int() });
/** `overdue` beside the desks: wherever the form lies (M1). */
export const deskCounts = z.strictObject({
  senior: deskCount,
  department: deskCount,
  manager: deskCount,
  'call-back': deskCount,
  'data-admin': deskCount,
  overdue: z.int(),
});
export type DeskCounts = z.infer<typeof deskCounts>;

const inboxCount = z.strictObject({
  /** To be claimed by anybody. */
  waiting: z.int(),
  /** Claimed by the one who is signed in. */
  mine: z.int(),
  /** Waiting or claimed with something out of order. */
  problems: z.int(),
  /** A4: with a check-back to be reminded of, by whomever it was made. */
  checkBacksDue: z.int(),
});
/** `checkBacksDue` beside the inboxes: those of the one who is signed in, wherever the form stands. */
export const inboxCounts = z.strictObject({ text: inboxCount, recording: inboxCount, checkBacksDue: z.int() });
export type InboxCounts = z.infer<typeof inboxCounts>;

/** S2: a line of the monthly sheet. */
export const assessmentRow = procedure.shape.assessments.unwrap().element.extend({
  form: z.string(),
  formNumber: z.string(),
});
export type AssessmentRow = z.infer<typeof assessmentRow>;

export const syncStatus = z.strictObject({
  link: z.enum(['online', 'offline', 'catching-up']),
  pending: z.int(),
  attention: z.int(),
  /** Of the pending, those that wait until a person has settled a refused one of their form. */
  held: z.int(),
  /** When the oldest pending operation was made, by the centre's clock. */
  pendingSince: z.int().nullable(),
  /** A first fill, or one for another scope, under way. */
  fill: z.strictObject({ done: z.int(), total: z.int(), remainingMs: z.int().nullable() }).nullable(),
  /** Forms that a search does not look through yet. */
  unindexed: z.int(),
  /** What keeps the cache or the outbox from moving, the line apart. */
  trouble: z.enum(['disk-full', 'read-only', 'cannot-read-centre', 'wrong-version', 'signed-out']).nullable(),
  lastContactAt: z.int().nullable(),
  /** Server time minus desk time, ms. */
  clockOffsetMs: z.int(),
  /** As the centre told them last; the usual ones until it has. */
  callbackRules,
  /** Likewise. */
  procedureRules,
});
export type SyncStatus = z.infer<typeof syncStatus>;

export const settings = z.strictObject({
  interfaceLanguage: z.enum(['zh', 'en']),
  /** Device ids of the platform; null: the system's default. */
  microphone: z.string().nullable(),
  speaker: z.string().nullable(),
  ringDevice: z.string().nullable(),
  ringVolume: z.number().min(0).max(1),
  sayYao: z.boolean(),
  theme: z.enum(['light', 'dark']),
});
export type Settings = z.infer<typeof settings>;

const notHere = z.strictObject({
  /** `damaged`: a file that is not what its SHA-256 says, from the centre or on its way. */
  code: z.enum(['not-signed-in', 'not-found', 'unreachable', 'too-large', 'disk-full', 'damaged']),
});
/** What is masked for the one who asks would be written over, or written down as it is shown. */
const masked = z.strictObject({ code: z.literal('masked'), fields: z.array(z.enum(maskedFields)) });
const formFailure = z.union([refusal, notHere, masked]);
/** `not-audited`: this desk can keep no note of a playing that would reach the audit, so nothing is played. */
export const recordingFailure = z.strictObject({
  code: z.union([notHere.shape.code, z.enum(['not-allowed', 'not-audited', 'deleted'])]),
});
export type RecordingFailure = z.infer<typeof recordingFailure>;
const windows = { desk: ['desk'], phone: ['phone'], both: ['desk', 'phone'], paper: ['paper'] } as const;

/**
 * Every request a window may make of the main process; `from` says which window. Main registers a
 * handler for each (a missing one does not compile), checks the sender, and parses input and output.
 */
export const requests = {
  'session.sign-in': {
    from: windows.desk,
    input: z.strictObject({ staffNumber, password: z.string().min(1).max(200) }),
    output: resultOf(session, signInFailure),
  },
  'session.sign-out': { from: windows.desk, input: nothing, output: nothing },
  'session.read': { from: windows.both, input: nothing, output: session.nullable() },
  /**
   * Looks at the centre for forms that this desk does not keep, by form number or contact number, and keeps them; answers
   * how many there are.
   */
  'form.find-at-centre': {
    from: windows.desk,
    input: z.strictObject({ number: z.string().trim().min(1).max(32) }),
    output: resultOf(z.strictObject({ found: z.int() }), notHere),
  },
  'form.list': {
    from: windows.desk,
    input: z.strictObject({
      search: z.string().max(200),
      status: z.enum(['draft', 'submitted']).nullable(),
      /** Oldest first; null: every form, last changed first. */
      inbox: z.enum(inboxes).nullable(),
      /**
       * Nearest deadline first, then who has been there longest; suggestions the most wanted first (D1). `department`:
       * what departments have to answer, and for one of a department what theirs has to.
       */
      desk: z.enum(workedDesks).nullable(),
      /** Of an inbox, of a desk, or of all forms; null: whatever stands there. */
      part: z.enum([...inboxParts, ...deskParts]).nullable(),
      limit: z.int().min(1).max(200),
      offset: z.int().min(0),
    }),
    /** `more`: beyond `total` there are others; what a search finds is counted to a thousand and no further. */
    output: z.strictObject({ forms: z.array(formSummary), total: z.int(), more: z.boolean() }),
  },
  /** S4: of whose deadlines the one signed in has been told and that still run, the first due first. */
  'deadline.list': {
    from: windows.desk,
    input: nothing,
    output: z.strictObject({ forms: z.array(formSummary), total: z.int() }),
  },
  /** J2: forms of this kind whose text is like this one, the likest first; `except` is the form being written. */
  'form.likely': {
    from: windows.desk,
    input: z.strictObject({ kind: z.enum(formKinds), text: z.string().max(20_000), except: z.string().nullable() }),
    output: z.array(likelyForm),
  },
  /** J4, J5: forms of one caller, told by either, last changed first; what is empty tells nothing. */
  'form.of-caller': {
    from: windows.desk,
    input: z.strictObject({ number: z.string().max(64), account: z.string().max(40) }),
    output: z.array(form),
  },
  'form.read': { from: windows.desk, input: z.strictObject({ form: z.string() }), output: formView.nullable() },
  'form.open': {
    from: windows.desk,
    /** Of a letter, a fax on paper or a visit, `channel` says so. */
    input: z.strictObject({ kind: z.enum(formKinds), fields: complaintFields.partial() }),
    output: resultOf(formView, formFailure),
  },
  'form.perform': { from: windows.desk, input: formAction, output: resultOf(formView, formFailure) },
  /** Answers once it lies in the printer's queue. */
  'form.print': { from: windows.desk, input: paperAsked, output: resultOf(paperDone, paperFailure) },
  /** Asks where to. */
  'form.save-pdf': { from: windows.desk, input: paperAsked, output: resultOf(paperDone, paperFailure) },
  /** All that `form.list` gives for this, into a file; asks where to, and needs the centre. */
  'form.export': {
    from: windows.desk,
    input: z.strictObject({ search: z.string().max(200), status: z.enum(['draft', 'submitted']).nullable() }),
    output: resultOf(paperDone, paperFailure),
  },
  'paper.read': { from: windows.paper, input: nothing, output: paper.nullable() },
  /** All of it is laid out. */
  'paper.ready': { from: windows.paper, input: nothing, output: nothing },
  /** Keeps the bytes and attaches them to the form in one go; no `form.attach` need follow. */
  'attachment.add': {
    from: windows.desk,
    input: z.strictObject({
      form: z.string(),
      name: z.string().min(1).max(255),
      mediaType: z.string().max(100),
      bytes: z.instanceof(Uint8Array),
    }),
    output: resultOf(attachment, formFailure),
  },
  'attachment.read': {
    from: windows.desk,
    input: z.strictObject({ sha256: z.string() }),
    output: resultOf(z.instanceof(Uint8Array), notHere),
  },
  /** A3: of the talks of a form; `fresh`: the centre has just told so, else as it told last. */
  'recording.list': {
    from: windows.desk,
    input: z.strictObject({ form: z.uuid() }),
    output: resultOf(
      z.strictObject({ recordings: z.array(recording.extend({ here: z.boolean() })), fresh: z.boolean() }),
      recordingFailure,
    ),
  },
  /** The WAV, fetched first where it is not here; it is audited before the answer, as one playing. */
  'recording.play': {
    from: windows.desk,
    input: z.strictObject({ recording: z.uuid() }),
    output: resultOf(z.instanceof(Uint8Array), recordingFailure),
  },
  'inbox.counts': { from: windows.desk, input: nothing, output: inboxCounts },
  'desk.counts': { from: windows.desk, input: nothing, output: deskCounts },
  /** S2: what was found in a month, `2026-11`: one's own, or everybody's for those who assess or watch the floor. */
  'assessment.list': {
    from: windows.desk,
    input: z.strictObject({ month: z.string().regex(/^\d{4}-\d{2}$/) }),
    output: z.array(assessmentRow),
  },
  /** In this desk's cache, so with or without the network: published and valid today, best first. */
  'knowledge.search': {
    from: windows.desk,
    input: z.strictObject({ text: z.string().max(200), limit: z.int().min(1).max(100) }),
    output: articleHits,
  },
  /** As agents read it; null: withdrawn, or not valid today. */
  'knowledge.read': {
    from: windows.desk,
    input: z.strictObject({ article: z.string() }),
    output: publishedArticle.nullable(),
  },
  /** What follows is the centre's alone to answer: refused as `unreachable` while offline. */
  'knowledge.list': {
    from: windows.desk,
    input: z.strictObject({ part: z.enum(articleParts), title: z.string().max(200) }),
    output: resultOf(articlePage, knowledgeFailure),
  },
  'knowledge.view': {
    from: windows.desk,
    input: z.strictObject({ article: z.string() }),
    output: resultOf(articleView, knowledgeFailure),
  },
  'knowledge.act': { from: windows.desk, input: articleAction, output: resultOf(articleView, knowledgeFailure) },
  /** Keeps a file at the centre, for an article to name. */
  'knowledge.keep-file': {
    from: windows.desk,
    input: z.strictObject({
      name: z.string().min(1).max(255),
      mediaType: z.string().max(100),
      bytes: z.instanceof(Uint8Array),
    }),
    output: resultOf(attachment, knowledgeFailure),
  },
  'attention.list': { from: windows.desk, input: nothing, output: z.array(attentionCard) },
  /** `dismiss` puts the card away for good (it stays in the outbox's history). */
  'attention.settle': {
    from: windows.desk,
    input: z.strictObject({ operation: z.string(), how: z.enum(['dismiss']) }),
    output: resultOf(nothing, formFailure),
  },
  /**
   * Makes the same anew on the form as it is, and puts the card away: both or neither. What waited behind it
   * follows it. Where it is refused here again, the card stays.
   */
  'attention.offer-again': {
    from: windows.desk,
    input: z.strictObject({ operation: z.string() }),
    output: resultOf(nothing, formFailure),
  },
  'sync.read': { from: windows.desk, input: nothing, output: syncStatus },
  /** What has not reached the centre yet. */
  'sync.pending': {
    from: windows.desk,
    input: z.strictObject({ limit: z.int().min(1).max(200), offset: z.int().min(0) }),
    output: pendingPage,
  },
  /** Null: nobody is signed in. */
  'sync.details': { from: windows.desk, input: nothing, output: syncDetails.nullable() },
  /** Exchanges with the centre at once, whatever pause was to be kept. */
  'sync.now': { from: windows.desk, input: nothing, output: nothing },
  /** Asks where to; holds no personal data. `checkCache` reads the whole cache for damage, which takes its time. */
  'diagnostics.save': {
    from: windows.desk,
    input: z.strictObject({ checkCache: z.boolean() }),
    output: resultOf(diagnosticsDone, diagnosticsFailure),
  },
  'seat.read': { from: windows.desk, input: nothing, output: seatView.nullable() },
  'seat.send': {
    from: windows.desk,
    input: z.strictObject({ event: z.enum(['make-ready', 'pause', 'wrap-up-over']) }),
    output: resultOf(nothing, notHere),
  },
  /** The answer is the centre's first word to it, on which nothing has been begun yet. */
  'transfer.ask': { from: windows.desk, input: transferAsked, output: resultOf(transferView, notHere) },
  'transfer.step': { from: windows.desk, input: transferStep, output: resultOf(nothing, notHere) },
  'transfer.read': { from: windows.desk, input: nothing, output: transferView.nullable() },
  /** Sends what this desk did to the form, and answers within 3 s whether all of it has reached the centre. */
  'form.send': {
    from: windows.desk,
    input: z.strictObject({ form: z.string() }),
    output: z.strictObject({ sent: z.boolean() }),
  },
  /** Q1: leaves the call to the switch, which asks the caller how satisfied they are. */
  'rating.ask': {
    from: windows.desk,
    input: z.strictObject({ contactId: z.string().max(64) }),
    output: resultOf(nothing, notHere),
  },
  'phone.command': { from: windows.desk, input: phoneCommand, output: nothing },
  'phone.read': { from: windows.desk, input: nothing, output: phoneSnapshot },
  'phone.publish': { from: windows.phone, input: phoneSnapshot, output: nothing },
  /** The SIP account of this session with the full WebSocket URL; refused while offline. */
  'phone.account': {
    from: windows.phone,
    input: nothing,
    output: resultOf(sipAccount.extend({ webSocketUrl: z.string(), instanceId: z.uuid() }), notHere),
  },
  /** WAV files of announcement clips: the installer's recorded one where there is one, else ours. */
  'prompt.read': {
    from: windows.phone,
    input: z.strictObject({ clips: z.array(z.string().regex(/^(zh|en)\/[\w-]{1,40}$/)).max(40) }),
    output: resultOf(
      z.array(z.instanceof(Uint8Array)),
      z.strictObject({ code: z.literal('missing'), clip: z.string() }),
    ),
  },
  'settings.read': { from: windows.both, input: nothing, output: settings },
  'settings.write': { from: windows.desk, input: settings.partial(), output: settings },
} as const;
export type Requests = typeof requests;
export type RequestName = keyof Requests;
export type RequestInput<Name extends RequestName> = z.input<Requests[Name]['input']>;
export type RequestOutput<Name extends RequestName> = z.output<Requests[Name]['output']>;

/** What main tells windows. Each payload is whole: a window that missed one is right after the next. */
export const events = {
  'session.changed': { to: windows.both, payload: session.nullable() },
  /** Null: so many at once that whatever is shown is better read anew. */
  'form.changed': { to: windows.desk, payload: z.strictObject({ form: z.string().nullable() }) },
  /** What this desk may read of the knowledge base has changed. */
  'knowledge.changed': { to: windows.desk, payload: z.strictObject({}) },
  /** Of a file on its way to this desk; whole when `have` is `size`. */
  'file.progress': {
    to: windows.desk,
    payload: z.strictObject({ sha256: z.string(), have: z.int(), size: z.int() }),
  },
  'inbox.changed': { to: windows.desk, payload: inboxCounts },
  'desk.changed': { to: windows.desk, payload: deskCounts },
  'sync.changed': { to: windows.desk, payload: syncStatus },
  'seat.changed': { to: windows.desk, payload: seatView.nullable() },
  'queue.changed': { to: windows.desk, payload: z.strictObject({ waiting: z.int() }) },
  'transfer.changed': { to: windows.desk, payload: transferView },
  'phone.changed': { to: windows.desk, payload: phoneSnapshot },
  'phone.commanded': { to: windows.phone, payload: phoneCommand },
  'system.resumed': { to: windows.phone, payload: z.strictObject({}) },
  'settings.changed': { to: windows.both, payload: settings },
} as const;
export type Events = typeof events;
export type EventName = keyof Events;
export type EventPayload<Name extends EventName> = z.output<Events[Name]['payload']>;

/** What the preload script exposes as `window.desk`, the one way out of a window. */
export interface DeskBridge {
  readonly request: <Name extends RequestName>(name: Name, input: RequestInput<Name>) => Promise<RequestOutput<Name>>;
  /** Returns the function that stops listening. */
  readonly on: <Name extends EventName>(name: Name, listener: (payload: EventPayload<Name>) => void) => () => void;
}

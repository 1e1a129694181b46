import type { ColumnType, Generated } from 'kysely';
import type { Language } from '../../domain/access/language.ts';
import type { Service } from '../../domain/access/services.ts';
import type { Form, FormStatus, Refusal } from '../../domain/forms/form.ts';
import type { FormKind } from '../../domain/forms/form-kind.ts';
import type { Stage, StageDesk } from '../../domain/forms/procedure/stages.ts';
import type { Inbox, WorkState } from '../../domain/forms/work.ts';
import type { ArticleContent, VersionLife, VersionState } from '../../domain/knowledge/article.ts';
import type { Role } from '../../domain/people/roles.ts';

/** Written as JSON text, read parsed. Forms and operations are `json`, which keeps what it is given; `jsonb` refuses NUL and half emoji. */
type Json<Value> = ColumnType<Value, string, string>;
/** Never written again after the insert; a trigger holds it. */
type Fixed<Value> = ColumnType<Value, Value, never>;

interface StaffTable {
  staff_number: string;
  name: string;
  roles: Json<readonly Role[]>;
  languages: Json<readonly Language[]>;
  /** The services the person answers for; all six unless said otherwise (A3). */
  services: ColumnType<readonly Service[], string | undefined, string>;
  /** S4: the one whose orders the person answers. */
  department: ColumnType<string | null, string | null | undefined, string | null>;
  password_hash: string;
  /** Past staff stay: forms and the audit name them. */
  active: boolean;
  created_at: number;
}

/** 大用户: served first, by a senior agent (J1). */
interface KeyAccountsTable {
  /** Digits, with the plus where the trunk sends one. */
  number: string;
  name: string;
  added_at: number;
}

interface DevicesTable {
  id: string;
  /** The number that form numbers made at this desk carry. */
  desk: Generated<number>;
  first_seen_at: number;
  /** Highest `seq` taken from this desk. */
  last_seq: number;
  /** What its last sign-in was answered; null until it has been asked for. */
  epoch: ColumnType<string | null, string | null | undefined, string | null>;
}

interface CacheKeysTable {
  staff_number: string;
  vault: string;
  /** Sealed by a key that is not in the database, base64. */
  sealed_key: string;
  deposited_at: number;
}

interface SessionsTable {
  id: string;
  staff_number: string;
  device: string;
  started_at: number;
  /** Newest pair of tokens issued, counted from 1. */
  pair: number;
  /** Newest pair known to have reached the desk: one of its tokens was used. */
  confirmed_pair: number;
  ended_at: number | null;
  end_reason: SessionEndReason | null;
}
export type SessionEndReason = 'signed-out' | 'replaced' | 'token-reused';

interface RefreshTokensTable {
  /** SHA-256, hex: the token itself is nowhere kept. */
  hash: string;
  session: string;
  pair: number;
  ends_at: number;
  /** Its pair was superseded before it reached the desk. */
  void: Generated<boolean>;
}

interface FormsTable {
  id: string;
  number: string;
  kind: FormKind;
  status: FormStatus;
  work_state: WorkState;
  /** Null where the form is nobody's work. */
  inbox: Inbox | null;
  /** Of the procedure, and the desk at which a form lies in it. */
  stage: Stage;
  desk: StageDesk;
  /** S4: when the centre is to look at its orders' deadlines; null: not by time alone. */
  next_warning_at: number | null;
  contact_number: string;
  opened_by: string;
  opened_at: number;
  changed_at: number;
  /** Where the form's latest change stands in `changes`. */
  cursor: number;
  form: Json<Form>;
}

/** What a form can be found by besides its number. */
interface FormKeysTable {
  /** `formKey` of a Message-ID or a contact id. */
  key: string;
  form: string;
}

/** Which departments have had an order of a form. */
/** Which files stand on which forms, or once stood there: the form itself says which do now. */
interface FormAttachmentsTable {
  form: Fixed<string>;
  sha256: Fixed<string>;
}

interface FormDepartmentsTable {
  form: string;
  department: string;
}

/** Numbers the centre has given to forms of its own, by day (`YYMMDD`). */
interface CentreNumbersTable {
  day: string;
  count: number;
}

interface OperationsTable {
  id: Fixed<string>;
  device: Fixed<string>;
  seq: Fixed<number>;
  form: Fixed<string>;
  kind: Fixed<string>;
  made_by: Fixed<string>;
  made_at: Fixed<number>;
  received_at: Fixed<number>;
  session: Fixed<string>;
  /** As it was taken, in the `operationsVersion` of its day. */
  operation: ColumnType<unknown, string, never>;
  outcome: Fixed<'applied' | 'rejected'>;
  refusal: ColumnType<Refusal | null, string | null, never>;
}

/** Forms packed ahead for the first fill of a desk (sync/snapshot-segments.ts). */
interface SnapshotSegmentsTable {
  hi: Fixed<number>;
  lo: Fixed<number>;
  forms: Fixed<number>;
  made_by: Fixed<string>;
  packed: Fixed<Uint8Array>;
}

interface ChangesTable {
  cursor: Fixed<number>;
  form: Fixed<string>;
  operation: Fixed<string>;
}

/** One row; its lock makes positions in `changes` visible in the order of commits. */
interface ChangeCursorTable {
  cursor: number;
}

interface AttachmentsTable {
  sha256: string;
  size: number;
  stored_at: number;
  stored_by: string;
}

interface AuditTable {
  id: Generated<number>;
  at: Fixed<number>;
  /** Staff number; null where nobody was signed in. */
  actor: Fixed<string | null>;
  action: Fixed<string>;
  subject: Fixed<string>;
  details: ColumnType<Readonly<Record<string, unknown>>, string, never>;
}

/** A mail or a scan seen; `outcome` is null until all that is to be done about it is done. */
interface TakenInTable {
  /** SHA-256, hex. */
  fingerprint: string;
  form: Fixed<string>;
  operation: Fixed<string>;
  taken_at: Fixed<number>;
  outcome: 'opened' | 'threaded' | 'noted' | 'set-aside' | null;
  has_problem: Generated<boolean>;
}

interface MailPlacesTable {
  mailbox: string;
  uid_validity: number;
  uid: number;
  fingerprint: string;
}

/** Letters the centre writes by itself. */
interface LettersTable {
  /** A check-back's own id; a receipt's is made from its mail's. */
  id: string;
  kind: Fixed<'check-back' | 'receipt'>;
  form: Fixed<string>;
  /** Under which its outcome is told on the form. */
  operation: Fixed<string>;
  recipient: Fixed<string>;
  subject: Fixed<string>;
  body: Fixed<string>;
  /** Message-ID it answers; empty where it answers none. */
  in_reply_to: Fixed<string>;
  made_at: Fixed<number>;
  state: Generated<'waiting' | 'sending' | 'sent' | 'failed' | 'unsure'>;
  tries: Generated<number>;
  next_try_at: number;
  /** The other server's words on the last try that failed. */
  last_error: Generated<string>;
  settled_at: number | null;
  /** The outcome stands on the form. */
  told: Generated<boolean>;
}

/** A part of a talk, from the moment a caller and a seat speak to the moment either leaves. */
interface RecordingsTable {
  id: Fixed<string>;
  contact: Fixed<string>;
  seat: Fixed<string>;
  service: Fixed<Service>;
  caller: Fixed<string>;
  started_at: Fixed<number>;
  ended_at: Fixed<number>;
  /** What the file holds. */
  ms: Fixed<number>;
  sha256: Fixed<string>;
  /** In bytes; null: kept before sizes were, and not asked for since. */
  size: number | null;
  /** False where the server was killed, or the disk was full, before the talk ended. */
  complete: Fixed<boolean>;
  /** When the bytes went; null while they are kept. */
  pruned_at: number | null;
}

/** Which playings the audit has, by the id that the desk made. */
interface RecordingPlayingsTable {
  id: Fixed<string>;
  recording: Fixed<string>;
  noted_at: Fixed<number>;
}

interface KnowledgeArticlesTable {
  id: Fixed<string>;
  revision: number;
  /** S2: the form whose hard case it answers; both null or neither. */
  source_form: Fixed<string | null>;
  source_number: Fixed<string | null>;
  created_by: Fixed<string>;
  created_at: Fixed<number>;
  changed_by: string;
  changed_at: number;
  /** Of the newest version, in Chinese. */
  title: string;
  /** State of the version being made; null where none is. */
  open_state: VersionState | null;
  published_version: number | null;
  /** Where what agents read of it last changed; null where they never had it. */
  reader_cursor: number | null;
}

interface KnowledgeVersionsTable {
  article: Fixed<string>;
  version: Fixed<number>;
  content: Json<ArticleContent>;
  authors: Json<readonly string[]>;
  written_at: number;
  life: Json<VersionLife>;
}

/** One row; its lock makes `reader_cursor` visible in the order of commits. */
interface KnowledgeCursorTable {
  cursor: number;
}

/** "Used for this form", an operation each. */
interface KnowledgeUsesTable {
  operation: Fixed<string>;
  article: Fixed<string>;
  version: Fixed<number>;
  form: Fixed<string>;
  used_by: Fixed<string>;
  used_at: Fixed<number>;
  helped: Fixed<boolean | null>;
  words: Fixed<string>;
}

/** Which operation stands where in the audit trail; the hash vouches for it and for all before it. */
interface OperationChainTable {
  position: Fixed<number>;
  operation: Fixed<string>;
  /** SHA-256, hex. */
  hash: Fixed<string>;
}

export interface Tables {
  knowledge_articles: KnowledgeArticlesTable;
  knowledge_versions: KnowledgeVersionsTable;
  knowledge_cursor: KnowledgeCursorTable;
  knowledge_uses: KnowledgeUsesTable;
  staff: StaffTable;
  key_accounts: KeyAccountsTable;
  devices: DevicesTable;
  cache_keys: CacheKeysTable;
  sessions: SessionsTable;
  refresh_tokens: RefreshTokensTable;
  forms: FormsTable;
  form_keys: FormKeysTable;
  form_departments: FormDepartmentsTable;
  form_attachments: FormAttachmentsTable;
  centre_numbers: CentreNumbersTable;
  operations: OperationsTable;
  operation_chain: OperationChainTable;
  changes: ChangesTable;
  change_cursor: ChangeCursorTable;
  attachments: AttachmentsTable;
  snapshot_segments: SnapshotSegmentsTable;
  audit: AuditTable;
  taken_in: TakenInTable;
  mail_places: MailPlacesTable;
  letters: LettersTable;
  recordings: RecordingsTable;
  recording_playings: RecordingPlayingsTable;
}

import { type Kysely, type Migration, sql } from 'kysely';
import { noteAttachments } from './upgrade-attachments.ts';
import { chainWhatIsThere } from './upgrade-chain.ts';
import { formWithInbox, formWithProcedure, rewriteForms } from './upgrade-forms.ts';

/**
 * Every step the records have ever taken, in order. Steps that have shipped are never edited: a
 * database out there has taken them as they were. Each runs in a transaction with its own entry in
 * the list of steps taken.
 */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-people-and-forms': {
    up: (db) =>
      run(db, [
        sql`create table staff (
          staff_number text primary key check (staff_number ~ '^[0-9A-Z]{1,12}$'),
          name text not null,
          roles jsonb not null,
          languages jsonb not null,
          password_hash text not null,
          active boolean not null default true,
          created_at bigint not null
        )`,
        sql`create table devices (
          id uuid primary key,
          desk integer generated always as identity unique,
          first_seen_at bigint not null,
          last_seq bigint not null default 0
        )`,
        sql`create table sessions (
          id uuid primary key,
          staff_number text not null references staff,
          device uuid not null references devices,
          started_at bigint not null,
          pair integer not null,
          confirmed_pair integer not null,
          ended_at bigint,
          end_reason text check (end_reason in ('signed-out', 'replaced', 'token-reused')),
          check ((ended_at is null) = (end_reason is null))
        )`,
        sql`create index sessions_live_by_device on sessions (device) where ended_at is null`,
        sql`create table refresh_tokens (
          hash text primary key,
          session uuid not null references sessions,
          pair integer not null,
          ends_at bigint not null,
          void boolean not null default false
        )`,
        sql`create index refresh_tokens_by_session on refresh_tokens (session)`,
        sql`create table forms (
          id uuid primary key,
          number text not null unique,
          status text not null check (status in ('draft', 'submitted')),
          contact_number text not null,
          opened_by text not null references staff,
          opened_at bigint not null,
          changed_at bigint not null,
          cursor bigint not null unique,
          form json not null
        )`,
        sql`create index forms_by_contact_number on forms (contact_number)`,
        sql`create index forms_by_opened_at on forms (opened_at)`,
        sql`create table operations (
          id uuid primary key,
          device uuid not null references devices,
          seq bigint not null,
          form uuid not null,
          kind text not null,
          made_by text not null references staff,
          made_at bigint not null,
          received_at bigint not null,
          session uuid not null references sessions,
          operation json not null,
          outcome text not null check (outcome in ('applied', 'rejected')),
          refusal json,
          unique (device, seq),
          check ((outcome = 'rejected') = (refusal is not null))
        )`,
        sql`create index operations_by_form on operations (form)`,
        sql`create table changes (
          cursor bigint primary key,
          form uuid not null references forms,
          operation uuid not null unique references operations
        )`,
        sql`create table change_cursor (
          cursor bigint not null,
          only_row boolean primary key default true check (only_row)
        )`,
        sql`insert into change_cursor (cursor) values (0)`,
        sql`create table attachments (
          sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
          size bigint not null,
          stored_at bigint not null,
          stored_by text not null references staff
        )`,
        sql`create table audit (
          id bigint generated always as identity primary key,
          at bigint not null,
          actor text,
          action text not null,
          subject text not null,
          details jsonb not null
        )`,
        sql`create index audit_by_at on audit (at)`,
        sql`create function refuse_rewriting() returns trigger language plpgsql as
          $$ begin raise exception '% is append-only', tg_table_name; end $$`,
        ...['operations', 'changes', 'audit'].map(
          (table) => sql`create trigger append_only before update or delete or truncate on ${sql.table(table)}
            for each statement execute function refuse_rewriting()`,
        ),
      ]),
  },
  '0010-skills-and-key-accounts': {
    up: (db) =>
      run(db, [
        sql`alter table staff add column services jsonb not null
          default '["180", "112", "114", "189", "170", "160"]'`,
        sql`create table key_accounts (
          number text primary key check (number ~ '^[+]?[0-9]{3,31}$'),
          name text not null,
          added_at bigint not null
        )`,
      ]),
  },
  '0020-inboxes': {
    up: async (db) => {
      await rewriteForms(db, formWithInbox);
      await run(db, [
        // The work that a form waits for, as counts and searches look at it.
        sql`alter table forms
          add column kind text not null default 'complaint' check (kind in ('complaint', 'suggestion', 'fault')),
          add column work_state text not null default 'none'
            check (work_state in ('none', 'waiting', 'claimed', 'done', 'set-aside')),
          add column inbox text check (inbox in ('text', 'recording')),
          add check ((work_state = 'none') = (inbox is null))`,
        sql`create index forms_by_work on forms (inbox, work_state)`,
        sql`create index forms_by_digits on forms (replace(number, '-', ''))`,
        // SHA-256 of a kind and a value: what an e-mail's Message-ID may be long and odd.
        sql`create table form_keys (
          key text not null check (key ~ '^[0-9a-f]{64}$'),
          form uuid not null references forms,
          primary key (key, form)
        )`,
        // The centre as an author: nobody signs in as it, and no desk can know its device.
        sql`insert into staff (staff_number, name, roles, languages, password_hash, active, created_at)
          values ('CENTRE', 'CENTRE', '["centre"]', '["zh", "en"]', '', false, 0)`,
        sql`insert into devices (id, desk, first_seen_at, last_seq)
          overriding system value values (gen_random_uuid(), 0, 0, 0)`,
        sql`insert into sessions (id, staff_number, device, started_at, pair, confirmed_pair)
          select gen_random_uuid(), 'CENTRE', id, 0, 0, 0 from devices where desk = 0`,
        sql`create table centre_numbers (day text primary key, count integer not null)`,
      ]);
    },
  },
  '0021-intake': {
    up: (db) =>
      run(db, [
        sql`create table taken_in (
          fingerprint text primary key check (fingerprint ~ '^[0-9a-f]{64}$'),
          form uuid not null,
          operation uuid not null,
          taken_at bigint not null,
          outcome text check (outcome in ('opened', 'threaded', 'noted', 'set-aside')),
          has_problem boolean not null default false
        )`,
        sql`create table mail_places (
          mailbox text not null,
          uid_validity bigint not null,
          uid bigint not null,
          fingerprint text not null references taken_in,
          primary key (mailbox, uid_validity, uid)
        )`,
        sql`create table letters (
          id uuid primary key,
          kind text not null check (kind in ('check-back', 'receipt')),
          form uuid not null,
          operation uuid not null,
          recipient text not null,
          subject text not null,
          body text not null,
          in_reply_to text not null,
          made_at bigint not null,
          state text not null default 'waiting' check (state in ('waiting', 'sending', 'sent', 'failed', 'unsure')),
          tries integer not null default 0,
          next_try_at bigint not null,
          last_error text not null default '',
          settled_at bigint,
          told boolean not null default false,
          check ((settled_at is null) = (state in ('waiting', 'sending')))
        )`,
        sql`create index letters_to_send on letters (next_try_at) where settled_at is null`,
        sql`create index letters_to_tell on letters (id) where settled_at is not null and not told`,
        sql`create index letters_by_recipient on letters (recipient, made_at)`,
        sql`create index operations_check_back on operations (received_at) where kind = 'form.check-back'`,
      ]),
  },
  '0022-recordings': {
    up: (db) =>
      run(db, [
        sql`create table recordings (
          id uuid primary key,
          contact text not null,
          seat text not null,
          service text not null,
          caller text not null,
          started_at bigint not null,
          ended_at bigint not null,
          ms bigint not null,
          sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
          complete boolean not null,
          pruned_at bigint
        )`,
        sql`create index recordings_by_contact on recordings (contact)`,
        sql`create index recordings_by_sha256 on recordings (sha256)`,
        sql`create index recordings_to_prune on recordings (ended_at) where pruned_at is null`,
      ]),
  },
  '0030-procedures': {
    up: async (db) => {
      await rewriteForms(db, formWithProcedure);
      await run(db, [
        sql`alter table staff add column department text check (department ~ '^[a-z0-9-]{1,40}$')`,
        sql`alter table forms add column stage text, add column desk text`,
        // From columns and not from the form, whose JSON may hold NUL.
        sql`update forms set stage = case when status = 'draft' then 'drafting' when kind = 'suggestion' then 'curation'
          when kind = 'fault' then 'booked' else 'senior' end`,
        sql`update forms set desk = case stage when 'drafting' then 'author' when 'senior' then 'senior'
          when 'curation' then 'data-admin' else 'nobody' end`,
        sql`alter table forms alter column stage set not null, alter column desk set not null`,
        sql`create table form_departments (
          form uuid not null references forms,
          department text not null,
          primary key (department, form)
        )`,
        sql`create index forms_by_desk on forms (desk, changed_at)`,
      ]);
    },
  },
  '0040-knowledge': {
    up: (db) =>
      run(db, [
        sql`create table knowledge_articles (
          id uuid primary key,
          revision integer not null,
          source_form uuid,
          source_number text,
          created_by text not null references staff,
          created_at bigint not null,
          changed_by text not null references staff,
          changed_at bigint not null,
          title text not null,
          open_state text check (open_state in ('draft', 'in-review', 'approved')),
          published_version integer,
          reader_cursor bigint unique,
          check ((source_form is null) = (source_number is null)),
          check (published_version is null or reader_cursor is not null)
        )`,
        sql`create index knowledge_articles_by_change on knowledge_articles (changed_at desc, id)`,
        sql`create table knowledge_versions (
          article uuid not null references knowledge_articles,
          version integer not null,
          content json not null,
          authors jsonb not null,
          written_at bigint not null,
          life json not null,
          primary key (article, version)
        )`,
        sql`create table knowledge_cursor (
          cursor bigint not null,
          only_row boolean primary key default true check (only_row)
        )`,
        sql`insert into knowledge_cursor (cursor) values (0)`,
        // No reference to the articles: a desk may name one that this centre does not have, and the form keeps it.
        sql`create table knowledge_uses (
          operation uuid primary key references operations,
          article uuid not null,
          version integer not null,
          form uuid not null,
          used_by text not null,
          used_at bigint not null,
          helped boolean,
          words text not null
        )`,
        sql`create index knowledge_uses_by_article on knowledge_uses (article, used_at desc)`,
        sql`create trigger append_only before update or delete or truncate on knowledge_uses
          for each statement execute function refuse_rewriting()`,
      ]),
  },
  '0050-deadlines': {
    up: (db) =>
      run(db, [
        sql`alter table forms add column next_warning_at bigint`,
        sql`create index forms_to_warn on forms (next_warning_at) where next_warning_at is not null`,
      ]),
  },
  '0060-operation-chain': {
    up: async (db) => {
      await run(db, [
        sql`create table operation_chain (
          position bigint primary key check (position > 0),
          operation uuid not null unique references operations,
          hash text not null check (hash ~ '^[0-9a-f]{64}$')
        )`,
      ]);
      await chainWhatIsThere(db);
      await run(db, [
        sql`create trigger append_only before update or delete or truncate on operation_chain
          for each statement execute function refuse_rewriting()`,
      ]);
    },
  },
  '0070-form-attachments': {
    up: async (db) => {
      await run(db, [
        sql`create table form_attachments (
          form uuid not null references forms,
          sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
          primary key (sha256, form)
        )`,
      ]);
      await noteAttachments(db);
    },
  },
  '0080-device-epoch': { up: (db) => run(db, [sql`alter table devices add column epoch uuid`]) },
  // Few of millions of forms: a desk that is filled need not have the closed ones looked through for them.
  '0090-forms-worked-on': {
    up: (db) =>
      run(db, [
        sql`create index forms_worked_on on forms (cursor)
          where work_state in ('waiting', 'claimed') or desk <> 'nobody'`,
      ]),
  },
  '0100-snapshot-segments': {
    up: (db) =>
      run(db, [
        sql`create table snapshot_segments (
          hi bigint primary key,
          lo bigint not null,
          forms integer not null,
          made_by text not null,
          packed bytea not null,
          check (lo <= hi)
        )`,
      ]),
  },
  '0110-cache-keys': {
    up: (db) =>
      run(db, [
        sql`create table cache_keys (
          staff_number text not null references staff,
          vault uuid not null,
          sealed_key text not null,
          deposited_at bigint not null,
          primary key (staff_number, vault)
        )`,
      ]),
  },
  '0110-checks-in-bulk': {
    up: (db) =>
      run(db, [
        // One look for each operation instead of three, and a stricter one: the session's own desk and person.
        sql`alter table sessions add constraint sessions_whose unique (id, device, staff_number)`,
        sql`alter table operations
          drop constraint operations_made_by_fkey,
          drop constraint operations_device_fkey,
          drop constraint operations_session_fkey,
          add constraint operations_whose foreign key (session, device, made_by)
            references sessions (id, device, staff_number) not valid`,
        // A foreign key looks for each row by itself. What it points at is never deleted: one look a statement holds as
        // well; by the indexes, whatever the planner took these tables for when they were small.
        sql`create trigger never_deleted before delete or truncate on forms
          for each statement execute function refuse_rewriting()`,
        sql`alter table changes drop constraint changes_form_fkey, drop constraint changes_operation_fkey`,
        sql`create function refuse_loose_changes() returns trigger language plpgsql
          set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$ begin
            if exists (select from added left join forms on forms.id = added.form
                left join operations on operations.id = added.operation
                where forms.id is null or operations.id is null) then
              raise foreign_key_violation using message = 'a change names a form or an operation that is not there';
            end if;
            return null;
          end $$`,
        sql`create trigger names_what_is_there after insert on changes referencing new table as added
          for each statement execute function refuse_loose_changes()`,
        sql`alter table operation_chain drop constraint operation_chain_operation_fkey`,
        sql`create function refuse_loose_links() returns trigger language plpgsql
          set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$ begin
            if exists (select from added left join operations on operations.id = added.operation
                where operations.id is null) then
              raise foreign_key_violation using message = 'a link of the chain names an operation that is not there';
            end if;
            return null;
          end $$`,
        sql`create trigger names_what_is_there after insert on operation_chain referencing new table as added
          for each statement execute function refuse_loose_links()`,
        // As strict as the regular expression it was, which cost more than the rest of the insert.
        sql`alter table operation_chain
          drop constraint operation_chain_hash_check,
          add check (length(hash) = 64 and translate(hash, '0123456789abcdef', '') = '')`,
        // No query looks by these, and every change of a form had to write them.
        sql`drop index forms_by_opened_at, forms_by_desk`,
        // A form of 2 to 8 kB is written as it is: to compress it costs more than its place.
        sql`alter table forms set (toast_tuple_target = 8160)`,
      ]),
  },
  '0120-recording-files': {
    up: (db) =>
      run(db, [
        // Those kept before are measured when they are first asked for.
        sql`alter table recordings add column size bigint`,
        sql`create table recording_playings (
          id uuid primary key,
          recording uuid not null references recordings,
          noted_at bigint not null
        )`,
        sql`create trigger append_only before update or delete or truncate on recording_playings
          for each statement execute function refuse_rewriting()`,
      ]),
  },
  '0130-inbox-index': {
    up: (db) =>
      run(db, [
        // Most forms are in no inbox: their changes need not write it, and it is all that a count looks at.
        sql`drop index forms_by_work`,
        sql`create index forms_by_work on forms (inbox, work_state) where inbox is not null`,
      ]),
  },
};

const run = async (db: Kysely<unknown>, statements: readonly ReturnType<typeof sql>[]): Promise<void> => {
  for (const statement of statements) await statement.execute(db);
};

/** Of a form that was kept before there were procedures. Part of a step taken: never edited. */
const firstProcedure = `'{"stage":"' || CASE
    WHEN form ->> '$.status' = 'draft' THEN 'drafting'
    WHEN form ->> '$.kind' = 'suggestion' THEN 'curation'
    WHEN form ->> '$.kind' = 'fault' THEN 'booked'
    ELSE 'senior' END || '","since":' || (form ->> '$.changedAt') || ',"holder":null,"orders":[],"answer":null,' ||
  '"declined":null,"decision":null,"handOvers":[],"repeats":[],"supplements":[],"callBacks":[],"assessments":[],' ||
  '"supporters":[],"mergedInto":null,"settled":null,"links":[],"articlesUsed":[]}'`;

/** Of `forms`, as they had become. Part of a step taken: never edited. */
const keptColumns = [
  'number TEXT NOT NULL',
  "status TEXT NOT NULL CHECK (status IN ('draft', 'submitted'))",
  'caller_name TEXT NOT NULL',
  'contact_number TEXT NOT NULL',
  'excerpt TEXT NOT NULL',
  'opened_by TEXT NOT NULL',
  'opened_at INTEGER NOT NULL',
  'changed_at INTEGER NOT NULL',
  "kind TEXT NOT NULL CHECK (kind IN ('complaint', 'suggestion', 'fault'))",
  'via TEXT NOT NULL',
  'work_state TEXT NOT NULL',
  "inbox TEXT CHECK (inbox IN ('text', 'recording'))",
  'claimed_by TEXT',
  'waiting_since INTEGER',
  'problem INTEGER NOT NULL CHECK (problem IN (0, 1))',
  'next_try_at INTEGER',
  'ring_until INTEGER',
  'remind_at INTEGER',
  'stage TEXT NOT NULL',
  'desk TEXT NOT NULL',
  'stage_since INTEGER NOT NULL',
  'holder TEXT',
  'due_at INTEGER',
  'deadline TEXT',
  'told TEXT',
  'overdue_from INTEGER',
  'at_departments TEXT NOT NULL',
  'supporters INTEGER NOT NULL',
  'merged_into TEXT',
  'assessed_at INTEGER',
];
const namesOf = (columns: readonly string[]): string =>
  columns.map((column) => column.slice(0, column.indexOf(' '))).join(', ');

/**
 * The cache's schema, one step a version, only ever appended to. `meta` holds one row; `server_forms`
 * what the centre has; `outbox` what this desk did, by `seq`; `forms` what the screen shows: the
 * centre's state with the outbox on top.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE meta (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    device TEXT NOT NULL,
    next_seq INTEGER NOT NULL DEFAULT 1,
    cursor INTEGER NOT NULL DEFAULT 0,
    clock_offset_ms INTEGER NOT NULL DEFAULT 0,
    last_contact_at INTEGER,
    desk_number INTEGER,
    person TEXT,
    verifier TEXT,
    failed_tries INTEGER NOT NULL DEFAULT 0,
    locked_until INTEGER NOT NULL DEFAULT 0
  ) STRICT;

  CREATE TABLE form_counts (day TEXT PRIMARY KEY, count INTEGER NOT NULL) STRICT;

  CREATE TABLE server_forms (id TEXT PRIMARY KEY, cursor INTEGER NOT NULL, form TEXT NOT NULL) STRICT;

  CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    form TEXT NOT NULL,
    form_number TEXT NOT NULL,
    kind TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    operation TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'acknowledged', 'rejected', 'dismissed')),
    refusal TEXT
  ) STRICT;
  CREATE INDEX outbox_by_form ON outbox (form, seq);
  CREATE INDEX outbox_by_state ON outbox (state, seq);

  CREATE TABLE forms (
    id TEXT PRIMARY KEY,
    number TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('draft', 'submitted')),
    caller_name TEXT NOT NULL,
    contact_number TEXT NOT NULL,
    excerpt TEXT NOT NULL,
    opened_by TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    search_text TEXT NOT NULL,
    form TEXT NOT NULL
  ) STRICT;
  CREATE INDEX forms_by_change ON forms (changed_at DESC, id);

  CREATE TABLE attachments (
    sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
    size INTEGER NOT NULL,
    uploaded INTEGER NOT NULL DEFAULT 0 CHECK (uploaded IN (0, 1))
  ) STRICT;
  `,
  // Inboxes. What this desk has kept so far was opened in a talk: a complaint of nobody's inbox.
  `
  ALTER TABLE forms ADD COLUMN kind TEXT NOT NULL DEFAULT 'complaint' CHECK (kind IN ('complaint', 'suggestion', 'fault'));
  ALTER TABLE forms ADD COLUMN via TEXT NOT NULL DEFAULT 'desk';
  ALTER TABLE forms ADD COLUMN work_state TEXT NOT NULL DEFAULT 'none';
  ALTER TABLE forms ADD COLUMN inbox TEXT CHECK (inbox IN ('text', 'recording'));
  ALTER TABLE forms ADD COLUMN claimed_by TEXT;
  ALTER TABLE forms ADD COLUMN waiting_since INTEGER;
  ALTER TABLE forms ADD COLUMN problem INTEGER NOT NULL DEFAULT 0 CHECK (problem IN (0, 1));
  ALTER TABLE forms ADD COLUMN next_try_at INTEGER;
  ALTER TABLE forms ADD COLUMN ring_until INTEGER;
  ALTER TABLE forms ADD COLUMN remind_at INTEGER;
  CREATE INDEX forms_by_inbox ON forms (inbox, work_state, waiting_since);

  UPDATE forms SET form = json_set(form,
    '$.kind', 'complaint', '$.origin', json_object('via', 'desk', 'channel', form ->> '$.fields.channel'),
    '$.work', json_object('state', 'none'), '$.fields.forwardedBy', '', '$.transcript', '',
    '$.callbackTries', json_array(), '$.checkBacks', json_array(), '$.received', json_array());
  UPDATE server_forms SET form = json_set(form,
    '$.kind', 'complaint', '$.origin', json_object('via', 'desk', 'channel', form ->> '$.fields.channel'),
    '$.work', json_object('state', 'none'), '$.fields.forwardedBy', '', '$.transcript', '',
    '$.callbackTries', json_array(), '$.checkBacks', json_array(), '$.received', json_array());
  UPDATE outbox SET operation = json_set(operation,
    '$.payload.kind', 'complaint',
    '$.payload.origin', json_object('via', 'desk', 'channel', operation ->> '$.payload.fields.channel'),
    '$.payload.fields.forwardedBy', '', '$.payload.attachments', json_array())
  WHERE kind = 'form.open';
  `,
  // When customers are rung again, as the centre told it last; null until it has.
  'ALTER TABLE meta ADD COLUMN callback_rules TEXT',
  // The knowledge base as agents read it; `article_cursor` holds one row: how far it has been pulled.
  `
  CREATE TABLE articles (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    article TEXT NOT NULL
  ) STRICT;
  CREATE VIRTUAL TABLE article_search USING fts5(title, body, content = '', contentless_delete = 1,
    detail = column, tokenize = 'ascii');
  CREATE TABLE article_cursor (id INTEGER PRIMARY KEY CHECK (id = 1), cursor INTEGER NOT NULL) STRICT;
  INSERT INTO article_cursor (id, cursor) VALUES (1, 0);
  `,
  // Search (search/form-index.ts, which fills `form_search` when the cache is opened): no two texts at one place,
  // in the order of their last change. What is contentless keeps grams alone; the texts stand beside it.
  `
  CREATE TABLE form_texts (place INTEGER PRIMARY KEY, form_id TEXT NOT NULL UNIQUE, text TEXT NOT NULL) STRICT;
  INSERT INTO form_texts (place, form_id, text)
    SELECT nth + max(changed_at / 1000 * 16 - nth) OVER (ORDER BY nth), id, search_text
    FROM (SELECT id, changed_at, search_text, row_number() OVER (ORDER BY changed_at, id DESC) AS nth FROM forms);
  CREATE VIRTUAL TABLE form_search USING fts5(grams, content = '', contentless_delete = 1, detail = none,
    tokenize = 'ascii');
  ALTER TABLE forms DROP COLUMN search_text;
  ALTER TABLE meta ADD COLUMN form_index_version INTEGER NOT NULL DEFAULT 0;
  `,
  // Procedures. What was submitted lies where its kind goes first; a fault was booked.
  `
  ALTER TABLE meta ADD COLUMN procedure_rules TEXT;
  ALTER TABLE forms ADD COLUMN stage TEXT NOT NULL DEFAULT 'drafting';
  ALTER TABLE forms ADD COLUMN desk TEXT NOT NULL DEFAULT 'author';
  ALTER TABLE forms ADD COLUMN stage_since INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE forms ADD COLUMN holder TEXT;
  ALTER TABLE forms ADD COLUMN due_at INTEGER;
  CREATE INDEX forms_by_desk ON forms (desk, stage_since);
  CREATE INDEX forms_by_contact ON forms (contact_number);

  UPDATE forms SET form = json_set(form, '$.fields.idNumber', '', '$.procedure', json(${firstProcedure}));
  UPDATE server_forms SET form = json_set(form, '$.fields.idNumber', '', '$.procedure', json(${firstProcedure}));
  UPDATE forms SET stage = form ->> '$.procedure.stage', stage_since = changed_at,
    desk = CASE form ->> '$.procedure.stage' WHEN 'drafting' THEN 'author' WHEN 'senior' THEN 'senior'
           WHEN 'curation' THEN 'data-admin' ELSE 'nobody' END;
  UPDATE outbox SET operation = json_set(operation, '$.payload.fields.idNumber', '') WHERE kind = 'form.open';
  `,
  // S3: the deadline that counts, for lists to show as it stands; `due_at` is when it ends.
  'ALTER TABLE forms ADD COLUMN deadline TEXT',
  // S4: who has been told that the deadline runs out.
  `
  ALTER TABLE forms ADD COLUMN told TEXT;
  CREATE INDEX forms_told ON forms (due_at) WHERE told IS NOT NULL;
  `,
  // Lists by desk. What this desk has kept so far has no orders, assessments or supporters.
  `
  ALTER TABLE forms ADD COLUMN overdue_from INTEGER;
  ALTER TABLE forms ADD COLUMN at_departments TEXT NOT NULL DEFAULT '';
  ALTER TABLE forms ADD COLUMN supporters INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE forms ADD COLUMN merged_into TEXT;
  ALTER TABLE forms ADD COLUMN assessed_at INTEGER;
  CREATE INDEX forms_at_departments ON forms (due_at) WHERE at_departments <> '';
  CREATE INDEX forms_overdue ON forms (overdue_from) WHERE overdue_from IS NOT NULL;
  CREATE INDEX forms_merged ON forms (merged_into) WHERE merged_into IS NOT NULL;
  CREATE INDEX forms_assessed ON forms (assessed_at) WHERE assessed_at IS NOT NULL;
  `,
  // Files of articles that are not here yet, so that they can be opened offline.
  'CREATE TABLE article_files (sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64)) STRICT',
  // Articles are searched in folded texts, by grams that say in what part they stand: all are pulled anew.
  `
  DROP TABLE article_search;
  CREATE VIRTUAL TABLE article_search USING fts5(grams, content = '', contentless_delete = 1, detail = none,
    tokenize = 'ascii');
  DELETE FROM articles;
  UPDATE article_cursor SET cursor = 0;
  `,
  // Filling, scope, epoch. A form's row says how the centre has it too: `cursor` is null where it has not, `server_form`
  // where the screen shows the centre's own. A form waits in `unindexed` until a search looks through it.
  `
  ALTER TABLE meta ADD COLUMN epoch TEXT;
  ALTER TABLE meta ADD COLUMN scope TEXT;
  ALTER TABLE meta ADD COLUMN cache_rules TEXT;
  ALTER TABLE meta ADD COLUMN fill_head INTEGER;
  ALTER TABLE meta ADD COLUMN fill_before INTEGER;
  ALTER TABLE meta ADD COLUMN fill_done INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE meta ADD COLUMN fill_total INTEGER NOT NULL DEFAULT 0;
  UPDATE meta SET scope = '' WHERE cursor > 0;

  CREATE TABLE new_forms (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    cursor INTEGER,
    ${keptColumns.join(', ')},
    form TEXT NOT NULL,
    server_form TEXT
  ) STRICT;
  INSERT INTO new_forms (id, cursor, ${namesOf(keptColumns)}, form, server_form)
    SELECT id, (SELECT cursor FROM server_forms WHERE server_forms.id = forms.id), ${namesOf(keptColumns)}, form,
      (SELECT form FROM server_forms WHERE server_forms.id = forms.id AND EXISTS (
        SELECT 1 FROM outbox WHERE outbox.form = forms.id AND state IN ('pending', 'acknowledged')))
    FROM forms;
  DROP TABLE server_forms;
  DROP TABLE forms;
  ALTER TABLE new_forms RENAME TO forms;
  CREATE INDEX forms_by_change ON forms (changed_at DESC, id);
  CREATE INDEX forms_by_inbox ON forms (inbox, work_state, waiting_since) WHERE inbox IS NOT NULL;
  CREATE INDEX forms_by_desk ON forms (desk, due_at IS NULL, due_at, stage_since, id);
  CREATE INDEX forms_drafts ON forms (changed_at DESC, id) WHERE status = 'draft';
  CREATE INDEX forms_by_contact ON forms (contact_number);
  CREATE INDEX forms_told ON forms (due_at) WHERE told IS NOT NULL;
  CREATE INDEX forms_at_departments ON forms (due_at) WHERE at_departments <> '';
  CREATE INDEX forms_overdue ON forms (overdue_from) WHERE overdue_from IS NOT NULL;
  CREATE INDEX forms_merged ON forms (merged_into) WHERE merged_into IS NOT NULL;
  CREATE INDEX forms_assessed ON forms (assessed_at) WHERE assessed_at IS NOT NULL;

  CREATE TABLE unindexed (key INTEGER PRIMARY KEY) STRICT;
  `,
  // Files in the store beside the cache, for the least used to make room; those of before are known when next used.
  // What stops a file from ever going up stands in `refusal`.
  `
  CREATE TABLE kept_files (sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64), size INTEGER NOT NULL,
    used_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX kept_files_by_use ON kept_files (used_at);
  INSERT INTO kept_files (sha256, size, used_at) SELECT sha256, size, 0 FROM attachments;
  ALTER TABLE attachments ADD COLUMN refusal TEXT;
  CREATE INDEX attachments_to_upload ON attachments (sha256) WHERE uploaded = 0 AND refusal IS NULL;
  CREATE INDEX forms_by_holder ON forms (holder) WHERE holder IS NOT NULL;
  CREATE INDEX forms_by_claim ON forms (claimed_by) WHERE claimed_by IS NOT NULL;
  `,
  // Recordings of the talks of forms, as the centre told them last; `playings` waits to be told to the centre's audit.
  `
  CREATE TABLE recordings (
    form TEXT NOT NULL,
    place INTEGER NOT NULL,
    id TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    recording TEXT NOT NULL,
    PRIMARY KEY (form, place)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX recordings_by_id ON recordings (id);
  CREATE INDEX recordings_by_sha256 ON recordings (sha256);
  CREATE TABLE recording_lists (form TEXT PRIMARY KEY, heard_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE playings (id TEXT PRIMARY KEY, recording TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  `,
  // Reminders are counted at every change of a form, strays looked for after a fill. What stands on one form is found
  // beside thousands that wait. The id orders the few of one moment alone, and made three indexes twice as large.
  `
  CREATE INDEX forms_to_remind ON forms (remind_at) WHERE remind_at IS NOT NULL;
  CREATE INDEX forms_strays ON forms (key) WHERE cursor = 0;
  DROP INDEX forms_by_change;
  DROP INDEX forms_by_desk;
  DROP INDEX forms_drafts;
  CREATE INDEX forms_by_change ON forms (changed_at DESC);
  CREATE INDEX forms_by_desk ON forms (desk, due_at IS NULL, due_at, stage_since);
  CREATE INDEX forms_drafts ON forms (changed_at DESC) WHERE status = 'draft';
  DROP INDEX outbox_by_form;
  CREATE INDEX outbox_by_form ON outbox (form, state, seq);
  CREATE INDEX outbox_refused ON outbox (seq) WHERE refusal IS NOT NULL;
  `,
];

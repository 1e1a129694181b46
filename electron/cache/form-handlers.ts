import { v4 as uuidV4 } from 'uuid';
import type { FormView, RequestOutput } from '../../contract/ipc.ts';
import { attachment } from '../../domain/forms/complaint.ts';
import type { Form } from '../../domain/forms/form.ts';
import { copiedMasked } from '../../domain/forms/personal-data.ts';
import { ok, type Result, refused } from '../../domain/result.ts';
import { fileFailureOf } from '../files/file-failure.ts';
import type { HandlersOf } from '../ipc/register.ts';
import type { Sessions } from '../session/sessions.ts';
import type { Workplace } from '../session/workplace.ts';
import { listAssessments } from './assessment-list.ts';
import { noteAttachment } from './attachment-rows.ts';
import type { Writes } from './database.ts';
import { countDesks, noDesks } from './desk-counts.ts';
import { isDiskFull } from './disk-full.ts';
import { listForms } from './form-list.ts';
import { readForm, readView } from './form-views.ts';
import { countInboxes, noInboxes } from './inbox-counts.ts';
import { checkUnmasked, type Sight, seenForm, seenSummary, seenView } from './masked-views.ts';
import { formsOfCaller } from './search/forms-of-caller.ts';
import { likelyForms } from './search/likely-forms.ts';
import type { Author } from './store/act.ts';
import { openForm, performAction } from './work-form.ts';

export type FormFailure = Extract<RequestOutput<'form.perform'>, { ok: false }>['error'];
/** Part of a transaction that ends with the form as it then is. */
type Work = (writes: Writes, author: Author, sight: Sight) => Result<Form, FormFailure>;
type FormNames =
  | 'form.list'
  | 'form.likely'
  | 'form.of-caller'
  | 'form.read'
  | 'form.open'
  | 'form.perform'
  | 'inbox.counts';
type CountNames = 'desk.counts' | 'assessment.list';
type AttachmentNames = 'attachment.add' | 'attachment.read';

/**
 * Everything an agent may do with a form, with or without the network: it is on the disk before the
 * answer goes out, and on its way to the centre right after.
 */
export const formHandlers = (sessions: Sessions): HandlersOf<FormNames | CountNames | AttachmentNames> => {
  const work = (does: Work): Result<FormView, FormFailure> => {
    const workplace = sessions.current();
    if (!workplace) return refused({ code: 'not-signed-in' });
    const done = commit(workplace, does);
    if (done.ok) {
      workplace.tellFormChanged(done.value.form.id);
      workplace.sync.kick();
    }
    return done;
  };
  return {
    'form.list': (query) => {
      const workplace = sessions.current();
      if (!workplace) return { forms: [], total: 0, more: false };
      const found = workplace.cache.database.read((reads) => listForms(reads, query, workplace.author()));
      const sight = workplace.sight();
      return { ...found, forms: found.forms.map((form) => seenSummary(form, sight)) };
    },
    'form.likely': (asked) => sessions.current()?.cache.database.read((reads) => likelyForms(reads, asked)) ?? [],
    'form.of-caller': (caller) => {
      const workplace = sessions.current();
      if (!workplace) return [];
      const sight = workplace.sight();
      return workplace.cache.database
        .read((reads) => formsOfCaller(reads, caller))
        .map((form) => seenForm(form, sight));
    },
    'inbox.counts': () => {
      const workplace = sessions.current();
      if (!workplace) return noInboxes;
      return workplace.cache.database.read((reads) => countInboxes(reads, workplace.author()));
    },
    'desk.counts': () => {
      const workplace = sessions.current();
      if (!workplace) return noDesks;
      return workplace.cache.database.read((reads) => countDesks(reads, workplace.author()));
    },
    'assessment.list': ({ month }) => {
      const workplace = sessions.current();
      if (!workplace) return [];
      return workplace.cache.database.read((reads) => listAssessments(reads, month, workplace.author()));
    },
    'form.read': ({ form }) => {
      const workplace = sessions.current();
      const view = workplace?.cache.database.read((reads) => readView(reads, form));
      return workplace && view ? seenView(view, workplace.sight()) : null;
    },
    'form.open': ({ kind, fields }) => {
      const copied = copiedMasked(fields);
      if (copied.length > 0) return refused({ code: 'masked', fields: [...copied] });
      return work((writes, author) => openForm(writes, author, fields, kind));
    },
    'form.perform': (action) => {
      const workplace = sessions.current();
      const done = work((writes, author, sight) => {
        const checked = checkUnmasked(action, readForm(writes, action.form), sight);
        return checked.ok ? performAction(writes, author, action) : checked;
      });
      if (!workplace || !done.ok || action.kind !== 'form.unmask') return done;
      workplace.unmask(action.form, action.payload.fields);
      const view = workplace.cache.database.read((reads) => readView(reads, action.form));
      return view ? ok(seenView(view, workplace.sight())) : refused({ code: 'not-found' });
    },
    'attachment.add': ({ form, name, mediaType, bytes }) => {
      const workplace = sessions.current();
      if (!workplace) return refused({ code: 'not-signed-in' });
      if (bytes.length > (attachment.shape.size.maxValue ?? 0)) return refused({ code: 'too-large' });
      const kept = diskFullAsRefusal(() => ok(workplace.files.keep(bytes)));
      if (!kept.ok) return kept;
      const payload = { id: uuidV4(), sha256: kept.value, name, mediaType, size: bytes.length };
      const attached = work((writes, author) => {
        noteAttachment(writes, payload.sha256, payload.size);
        return performAction(writes, author, { form, kind: 'form.attach', payload });
      });
      return attached.ok ? ok(payload) : attached;
    },
    'attachment.read': async ({ sha256 }) => {
      const workplace = sessions.current();
      if (!workplace) return refused({ code: 'not-signed-in' });
      if (!/^[0-9a-f]{64}$/.test(sha256)) return refused({ code: 'not-found' });
      const opened = await workplace.files.openAttachment(sha256);
      return opened.ok ? opened : refused({ code: fileFailureOf(opened.error) });
    },
  };
};

const commit = (workplace: Workplace, does: Work): Result<FormView, FormFailure> =>
  diskFullAsRefusal(() =>
    workplace.cache.database.write((writes): Result<FormView, FormFailure> => {
      const done = does(writes, workplace.author(), workplace.sight());
      if (!done.ok) return done;
      const view = readView(writes, done.value.id);
      return view ? ok(seenView(view, workplace.sight())) : refused({ code: 'not-found' });
    }),
  );

export const diskFullAsRefusal = <Value>(work: () => Result<Value, FormFailure>): Result<Value, FormFailure> => {
  try {
    return work();
  } catch (error) {
    if (isDiskFull(error)) return refused({ code: 'disk-full' });
    throw error;
  }
};

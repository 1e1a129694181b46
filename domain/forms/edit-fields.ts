import { ok, type Result, refused } from '../result.ts';
import { type ComplaintField, type ComplaintFields, complaintFieldNames } from './complaint.ts';
import type { HistoryEntry } from './form.ts';
import type { Operation } from './operations.ts';

type Edit = Extract<Operation, { kind: 'form.edit' }>['payload'];

interface Edited {
  readonly fields: ComplaintFields;
  readonly changes: NonNullable<HistoryEntry['changes']>;
}

/**
 * Edits of different fields merge. The same field merges only where its value is still the one the
 * agent saw, or already the one the agent wrote; else the whole edit is refused, nothing overwritten.
 */
export const editFields = (
  fields: ComplaintFields,
  { from, to }: Edit,
): Result<Edited, { readonly code: 'fields-changed-meanwhile'; readonly fields: readonly ComplaintField[] }> => {
  const touched = complaintFieldNames.filter((name) => to[name] !== undefined);
  const clashing = touched.filter((name) => fields[name] !== from[name] && fields[name] !== to[name]);
  if (clashing.length > 0) return refused({ code: 'fields-changed-meanwhile', fields: clashing });
  const changes = touched
    .filter((name) => fields[name] !== to[name])
    .map((field) => ({ field, from: fields[field], to: to[field] ?? null }));
  return ok({ fields: { ...fields, ...definedOf(to) }, changes });
};

const definedOf = (fields: Edit['to']): Partial<ComplaintFields> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

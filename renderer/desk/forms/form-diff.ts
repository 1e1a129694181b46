import {
  type ComplaintField,
  type ComplaintFields,
  complaintFieldNames,
  complaintFields,
} from '../../../domain/forms/complaint.ts';

/**
 * What an agent has typed into a form and main has not confirmed yet. Kept until main has it, or
 * the agent gives it up.
 */
export interface Draft {
  readonly typed: Partial<ComplaintFields>;
  /** What stood in each typed field when the agent began, or last agreed to write over. */
  readonly seen: Partial<ComplaintFields>;
  /** The part of `typed` now on its way to main. */
  readonly sending: Partial<ComplaintFields> | null;
}

export const emptyDraft: Draft = { typed: {}, seen: {}, sending: null };

type FieldValue = ComplaintFields[ComplaintField];

const without = (fields: Partial<ComplaintFields>, gone: ComplaintField): Partial<ComplaintFields> => {
  const { [gone]: _, ...rest } = fields;
  return rest;
};

const pick = (fields: Partial<ComplaintFields>, names: readonly ComplaintField[]): Partial<ComplaintFields> =>
  Object.fromEntries(names.map((name) => [name, fields[name]]));

const typedNames = (draft: Draft): readonly ComplaintField[] =>
  complaintFieldNames.filter((name) => draft.typed[name] !== undefined);

/** The draft after the agent typed into a field that shows `standing` beneath. */
export const withTyped = (draft: Draft, standing: ComplaintFields, field: ComplaintField, value: FieldValue): Draft => {
  const seen = draft.typed[field] === undefined ? standing[field] : draft.seen[field];
  const onItsWay = draft.sending?.[field] !== undefined;
  if (value === seen && !onItsWay) {
    return { ...draft, typed: without(draft.typed, field), seen: without(draft.seen, field) };
  }
  return { ...draft, typed: { ...draft.typed, [field]: value }, seen: { ...draft.seen, [field]: seen } };
};

/** What the screen shows: the typed over what stands. */
export const shownFields = (standing: ComplaintFields, draft: Draft): ComplaintFields => ({
  ...standing,
  ...draft.typed,
});

/** Typed fields that another desk has changed since the agent saw them. */
export const clashingFields = (standing: ComplaintFields, draft: Draft): readonly ComplaintField[] =>
  typedNames(draft).filter(
    (name) =>
      standing[name] !== draft.seen[name] &&
      standing[name] !== draft.typed[name] &&
      standing[name] !== draft.sending?.[name],
  );

export type FieldFault =
  | { readonly code: 'tooLong'; readonly max: number; readonly length: number }
  | { readonly code: 'wrong' };

/** Why a value cannot be written, or null. */
export const faultOf = (field: ComplaintField, value: FieldValue): FieldFault | null => {
  const parsed = complaintFields.shape[field].safeParse(value);
  if (parsed.success) return null;
  const issue = parsed.error.issues[0];
  if (issue?.code === 'too_big') return { code: 'tooLong', max: Number(issue.maximum), length: value?.length ?? 0 };
  return { code: 'wrong' };
};

/** Typed fields that main would refuse as they are; kept on the screen until put right. */
export const faultyFields = (draft: Draft): readonly ComplaintField[] =>
  typedNames(draft).filter((name) => faultOf(name, draft.typed[name] ?? null) !== null);

export interface Edit {
  readonly from: Partial<ComplaintFields>;
  readonly to: Partial<ComplaintFields>;
}

/** The edit that takes all that can be written now, or null where there is nothing. */
export const nextEdit = (standing: ComplaintFields, draft: Draft): Edit | null => {
  const held = [...clashingFields(standing, draft), ...faultyFields(draft)];
  const names = typedNames(draft).filter((name) => !held.includes(name));
  if (names.length === 0) return null;
  return { from: pick(draft.seen, names), to: pick(draft.typed, names) };
};

/** The draft once main has taken what was sent: only what was typed meanwhile remains. */
export const afterSaved = (draft: Draft): Draft => {
  const sent = draft.sending ?? {};
  const rest = typedNames(draft).filter((name) => draft.typed[name] !== sent[name]);
  return { typed: pick(draft.typed, rest), seen: pick({ ...draft.seen, ...sent }, rest), sending: null };
};

/** The agent's word stays although the field changed: what stands now counts as seen. */
export const keepMine = (draft: Draft, standing: ComplaintFields, field: ComplaintField): Draft => ({
  ...draft,
  seen: { ...draft.seen, [field]: standing[field] },
});

/** The agent lets the other's word stand. */
export const takeTheirs = (draft: Draft, field: ComplaintField): Draft => ({
  ...draft,
  typed: without(draft.typed, field),
  seen: without(draft.seen, field),
});

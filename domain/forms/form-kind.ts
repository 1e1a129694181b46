import type { ComplaintField, ComplaintFields } from './complaint.ts';

/** J1: a complaint (投诉单) or a suggestion (建议单); a fault is what 112 books (A2). */
export const formKinds = ['complaint', 'suggestion', 'fault'] as const;
export type FormKind = (typeof formKinds)[number];

/** Fields a form must have before it can be submitted (J2, J6 "record in full"); of a fault, the line. */
export const requiredToSubmit: Record<FormKind, readonly ComplaintField[]> = {
  complaint: ['contactNumber', 'complaintType', 'text'],
  suggestion: ['text'],
  fault: ['account'],
};

/** Fields still empty that a submitted form of this kind must have (J2, J6). */
export const missingToSubmit = (form: {
  readonly kind: FormKind;
  readonly fields: ComplaintFields;
}): readonly ComplaintField[] => requiredToSubmit[form.kind].filter((name) => !form.fields[name]);

/** Who works at the hotline (spec, "Words"). */
export const roles = [
  'junior-agent',
  'text-clerk',
  'recording-clerk',
  'senior-agent',
  'manager-hotline',
  'data-admin',
  'department',
  'supervisor',
  'installer',
  /** The centre itself, where it opens a form that came in with nobody at a desk. */
  'centre',
] as const;
export type Role = (typeof roles)[number];

export const rights = [
  'call.take',
  /** To ring a number outside. */
  'call.out',
  'form.open',
  'form.edit',
  'form.submit',
  'form.read',
  /** To open a form that came in by itself, and to put what comes in later onto it. */
  'form.take-in',
  /** S1–S4: to audit, send, chase and take back orders, to check replies, to assess juniors. */
  'order.audit',
  /** To answer what was sent to one's own department. */
  'order.answer',
  /** Q1, S4: to ring users about a settled matter. */
  'form.call-back',
  /** M1: to decide for good. */
  'form.decide',
  /** D1: to merge, split and settle suggestions. */
  'suggestion.curate',
  /** S4: to hand what is overdue to the manager hotline; the centre's own. */
  'form.escalate',
  'claim.text',
  'claim.recording',
  /** To take a form from somebody who has claimed it, back into its inbox. */
  'claim.lift',
  'floor.watch',
  /** To hear recorded talks; each playing is audited. */
  'recording.play',
  'staff.administer',
  /** To see where the audit trail ends, so that it can be noted elsewhere. */
  'audit.read',
  /** To see personal data on every form without asking for it. */
  'personal.read',
  /** To take lists of forms out of the house; each is noted at the centre. */
  'form.export',
  /** To write knowledge articles, to publish and to retire them. */
  'knowledge.write',
  /** To see articles that are not published, and to judge what others wrote. */
  'knowledge.review',
  /** To hand in the method for a hard case (S2). */
  'knowledge.propose',
] as const;
export type Right = (typeof rights)[number];

const deskWork = [
  ...(['call.take', 'call.out', 'form.open', 'form.edit', 'form.submit', 'form.read', 'form.call-back'] as const),
];

const rightsByRole: Record<Role, readonly Right[]> = {
  'junior-agent': deskWork,
  'text-clerk': [...deskWork, 'claim.text'],
  'recording-clerk': [...deskWork, 'claim.recording'],
  'senior-agent': [
    ...deskWork,
    ...(['claim.text', 'claim.recording', 'claim.lift', 'order.audit'] as const),
    ...(['knowledge.review', 'knowledge.propose'] as const),
  ],
  'manager-hotline': [
    ...deskWork,
    'recording.play',
    'claim.lift',
    'order.audit',
    'form.decide',
    'personal.read',
    'form.export',
    'knowledge.propose',
  ],
  'data-admin': ['form.read', 'suggestion.curate', 'knowledge.write', 'knowledge.review'],
  department: ['form.read', 'order.answer'],
  supervisor: ['form.read', 'floor.watch', 'claim.lift', 'recording.play', 'audit.read', 'form.export'],
  installer: ['staff.administer', 'audit.read'],
  centre: ['form.open', 'form.edit', 'form.submit', 'form.take-in', 'claim.lift', 'form.escalate'],
};

/** Whether any of a person's roles grants the right. */
export const mayDo = (held: readonly Role[], right: Right): boolean =>
  held.some((role) => rightsByRole[role].includes(right));

/** 工号: 1–12 letters and digits, upper case; read out digit by digit (A3). */
export const staffNumberPattern = /^[0-9A-Z]{1,12}$/;

/** The author of what the centre does by itself; nobody can sign in with it. */
export const centreStaffNumber = 'CENTRE';

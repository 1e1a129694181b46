import type { Role } from '../../../people/roles.ts';
import type { FormKind } from '../../form-kind.ts';
import type { Operation } from '../../operations.ts';
import type { Stage } from '../stages.ts';

/**
 * The procedures once more, by roles and clauses as the spec tells them, to hold the tables against: nothing here is
 * taken from them. An operation that is applied must be somebody's by one of these, from where the form was to where
 * it is; one that is refused for its stage or for a right must be nobody's.
 */
export interface Law {
  readonly clause: string;
  readonly form: FormKind;
  readonly kind: Operation['kind'];
  /** Of several things that one kind of operation does. */
  readonly only?: (operation: Operation) => boolean;
  readonly roles: readonly Role[];
  readonly from: readonly Stage[];
  /** `same`: the form stays where it is. */
  readonly to: readonly Stage[] | 'same';
}

const seniors: readonly Role[] = ['senior-agent', 'manager-hotline'];
const juniors: readonly Role[] = ['junior-agent', 'text-clerk', 'recording-clerk'];
const agents: readonly Role[] = [...juniors, ...seniors];
/** The centre opens forms by itself. */
const recorders: readonly Role[] = [...agents, 'centre'];
const manager: readonly Role[] = ['manager-hotline'];
const department: readonly Role[] = ['department'];
const dataAdmin: readonly Role[] = ['data-admin'];
const centre: readonly Role[] = ['centre'];

const withOrders: readonly Stage[] = ['audit', 'senior', 'department', 'reply-check'];
const atWork: readonly Stage[] = [...withOrders, 'informing'];
const ended: readonly Stage[] = ['answered', 'declined', 'closed'];

const handsOver =
  (to: 'senior' | 'manager') =>
  (operation: Operation): boolean =>
    operation.kind === 'form.hand-over' && operation.payload.to === to;
const needs =
  (...some: readonly string[]) =>
  (operation: Operation): boolean =>
    operation.kind === 'form.supplement' && some.includes(operation.payload.needs);
const outcome =
  (given: string, source: 'agent' | 'keyed' = 'agent') =>
  (operation: Operation): boolean =>
    operation.kind === 'form.call-back' && operation.payload.outcome === given && operation.payload.source === source;

type Row = readonly [
  clause: string,
  kind: Operation['kind'],
  roles: Law['roles'],
  from: Law['from'],
  to: Law['to'],
  only?: Law['only'],
];

const lawsOf = (form: FormKind, rows: readonly Row[]): readonly Law[] =>
  rows.map(([clause, kind, roles, from, to, only]) => ({ clause, form, kind, roles, from, to, ...(only && { only }) }));

const complaintRows: readonly Row[] = [
  ['J1', 'form.hand-over', recorders, ['drafting'], ['senior'], handsOver('senior')],
  ['J3', 'form.decline', recorders, ['drafting'], ['declined']],
  ['J3', 'form.decline', seniors, ['senior'], ['declined']],
  ['J3', 'form.hand-over', recorders, ['drafting', 'declined'], ['manager'], handsOver('manager')],
  ['J4a', 'form.repeat', recorders, ended, ['manager', 'closed', 'senior', ...ended]],
  ['J4b J4c', 'form.repeat', recorders, atWork, ['manager', ...atWork]],
  ['J4b J4c', 'form.repeat', recorders, ['manager'], 'same'],
  ['J5', 'form.supplement', recorders, [...atWork, ...ended, 'manager'], 'same', needs('nothing')],
  ['J5', 'form.supplement', recorders, [...atWork, ...ended], ['senior', 'audit'], needs('order', 'senior')],
  ['J5', 'form.supplement', recorders, ['manager'], 'same', needs('order', 'senior')],
  ['J5', 'form.settle-supplement', seniors, atWork, atWork],
  ['J5', 'form.settle-supplement', manager, ['manager'], 'same'],
  ['J5', 'form.order', [...juniors, 'centre'], atWork, ['audit']],
  ['J6', 'form.submit', recorders, ['drafting'], ['senior']],
  ['J6', 'form.answer', recorders, ['drafting'], ['answered']],
  ['J6', 'form.order', [...juniors, 'centre'], ['drafting'], ['audit']],
  ['J6', 'form.audit-order', seniors, withOrders, atWork],
  ['J6', 'form.audit-order', seniors, ['manager'], 'same'],
  ['S1', 'form.order', seniors, ['drafting'], ['department']],
  ['S1', 'form.order', seniors, atWork, atWork],
  ['S1', 'form.answer', seniors, ['senior'], ['answered']],
  ['S1', 'form.hand-over', seniors, withOrders, ['manager'], handsOver('manager')],
  ['S1', 'form.hand-over', agents, ['informing', 'answered'], ['manager'], handsOver('manager')],
  ['S1', 'form.hand-over', agents, ['informing'], ['senior'], handsOver('senior')],
  ['S1', 'form.take', seniors, ['audit', 'senior', 'reply-check'], 'same'],
  ['S1', 'form.put-back', seniors, ['audit', 'senior', 'reply-check'], 'same'],
  ['S3', 'form.pause', seniors, [...withOrders, 'manager'], 'same'],
  ['S3', 'form.resume', seniors, [...withOrders, 'manager'], 'same'],
  ['S4', 'form.warn', centre, [...withOrders, 'manager'], 'same'],
  ['S4', 'form.escalate', centre, [...withOrders, 'manager'], ['manager']],
  ['S4', 'form.answer-order', department, withOrders, ['audit', 'senior', 'reply-check']],
  ['S4', 'form.question-order', department, withOrders, withOrders],
  ['S4', 'form.refuse-order', department, withOrders, atWork],
  ['S4', 'form.hand-on-order', department, withOrders, withOrders],
  ['S4', 'form.reply-question', seniors, withOrders, withOrders],
  ['S4', 'form.check-reply', seniors, withOrders, atWork],
  ['S4', 'form.answer-order', department, ['manager'], 'same'],
  ['S4', 'form.question-order', department, ['manager'], 'same'],
  ['S4', 'form.refuse-order', department, ['manager'], 'same'],
  ['S4', 'form.hand-on-order', department, ['manager'], 'same'],
  ['S4', 'form.reply-question', seniors, ['manager'], 'same'],
  ['S4', 'form.check-reply', seniors, ['manager'], 'same'],
  ['S4', 'form.answer', agents, ['informing'], ['answered']],
  ['M1', 'form.order', manager, ['manager'], atWork],
  ['M1', 'form.hand-over', manager, ['manager'], atWork, handsOver('senior')],
  ['M1', 'form.decide', manager, ['manager'], ['answered', 'declined']],
  ['M1', 'form.take', manager, ['manager'], 'same'],
  ['M1', 'form.put-back', manager, ['manager'], 'same'],
  ['Q1', 'form.call-back', agents, ['answered'], ['closed'], outcome('satisfied')],
  ['Q1', 'form.call-back', agents, ['answered'], ['senior', 'closed'], outcome('dissatisfied')],
  ['Q1', 'form.call-back', agents, ['answered'], ['answered', 'closed'], outcome('unreachable')],
  ['Q1', 'form.call-back', centre, ['answered'], ['closed'], outcome('satisfied', 'keyed')],
  ['Q1', 'form.call-back', centre, ['answered'], ['senior', 'closed'], outcome('dissatisfied', 'keyed')],
  ['Q1', 'form.call-back', centre, ['answered'], ['answered', 'closed'], outcome('unreachable', 'keyed')],
  ['Q1', 'form.take', agents, ['informing', 'answered'], 'same'],
  ['Q1', 'form.put-back', agents, ['informing', 'answered'], 'same'],
];

const suggestionRows: readonly Row[] = [
  ['J2', 'form.submit', recorders, ['drafting'], ['curation']],
  ['J2', 'form.count', recorders, ['curation', 'merged'], 'same'],
  ['J2', 'form.count', recorders, ['settled'], ['curation']],
  ['D1', 'form.merge', dataAdmin, ['curation', 'settled'], ['merged']],
  ['D1', 'form.split', dataAdmin, ['merged'], ['curation']],
  ['D1', 'form.settle-suggestion', dataAdmin, ['curation', 'settled'], ['settled']],
  ['D1', 'form.take', dataAdmin, ['curation'], 'same'],
  ['D1', 'form.put-back', dataAdmin, ['curation'], 'same'],
];

const anywhere = (stages: readonly Stage[]): readonly Row[] => [
  ['J1', 'form.link', recorders, stages, 'same'],
  ['S2', 'form.assess', seniors, stages, 'same'],
  ['S2', 'form.answer-assessment', recorders, stages, 'same'],
  ['D1', 'form.use-article', recorders, stages, 'same'],
  ['personal data', 'form.unmask', [...agents, 'data-admin', 'department', 'supervisor'], stages, 'same'],
];

export const laws: readonly Law[] = [
  ...lawsOf('complaint', [...complaintRows, ...anywhere(['drafting', ...atWork, 'manager', ...ended])]),
  ...lawsOf('suggestion', [...suggestionRows, ...anywhere(['drafting', 'curation', 'merged', 'settled'])]),
  ...lawsOf('fault', [['A2', 'form.submit', recorders, ['drafting'], ['booked']], ...anywhere(['drafting', 'booked'])]),
];

/** Stages that are ends: nobody has to do anything about a form there. */
export const ends: readonly Stage[] = ['declined', 'closed', 'merged', 'settled', 'booked'];

import type { ComplaintFields } from '../../../domain/forms/complaint.ts';
import type { Form } from '../../../domain/forms/form.ts';
import { cameIn } from './cache-with-desk.ts';

/** A form as it might stand in the cache, whatever has led to it. */
export const writtenForm = (
  known: Partial<Pick<Form, 'id' | 'number' | 'kind' | 'status' | 'work' | 'changedAt' | 'transcript' | 'checkBacks'>>,
  fields: Partial<ComplaintFields>,
): Form => {
  const form = cameIn({ via: 'desk', channel: 'voice' }, 1);
  return { ...form, ...known, fields: { ...form.fields, ...fields } };
};

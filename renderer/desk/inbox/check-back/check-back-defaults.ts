import type { checkBackChannels } from '../../../../domain/forms/check-back.ts';
import type { Form } from '../../../../domain/forms/form.ts';

export type CheckBackChannel = (typeof checkBackChannels)[number];

const hourMs = 3_600_000;

/** How long to wait for an answer, ms. */
export const reminders = {
  '2-hours': 2 * hourMs,
  '1-day': 24 * hourMs,
  '3-days': 72 * hourMs,
  '7-days': 168 * hourMs,
} as const;

type Asked = Pick<Form, 'origin' | 'fields'>;

/** The customer is asked the way they came, where that can be answered. */
export const usualChannel = ({ origin, fields }: Asked): CheckBackChannel => {
  if (origin.via === 'e-mail' || origin.via === 'fax') return origin.via;
  if (origin.via === 'web-message') return origin.contact.includes('@') ? 'e-mail' : 'call';
  if (origin.via === 'desk' && (origin.channel === 'letter' || origin.channel === 'fax')) return origin.channel;
  return fields.contactNumber === '' && fields.channel === 'letter' ? 'letter' : 'call';
};

/** Number or address, as far as the form knows it; empty: the clerk must say. */
export const addressFor = ({ origin, fields }: Asked, channel: CheckBackChannel): string => {
  switch (channel) {
    case 'call':
      return fields.contactNumber || ('number' in origin ? origin.number : '');
    case 'fax':
      return origin.via === 'fax' ? origin.fromNumber : '';
    case 'e-mail':
      if (origin.via === 'e-mail') return origin.from;
      return origin.via === 'web-message' && origin.contact.includes('@') ? origin.contact : '';
    case 'web-message':
      return origin.via === 'web-message' ? origin.contact : '';
    case 'letter':
      return '';
    default:
      return channel satisfies never;
  }
};

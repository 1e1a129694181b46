import type { Origin } from '../../../domain/forms/origin.ts';
import { scanMediaTypes } from '../scans/sniff.ts';
import type { ReadMail } from './read-mail.ts';

/** How a mail came in (A1): by itself, or as the envelope a fax gateway put a fax into. */
export const mailOrigin = (mail: ReadMail, receivedAt: number, faxGateways: readonly string[]): Origin => {
  const fax = faxGateways.includes(mail.from)
    ? mail.files.find(({ mediaType }) => scanMediaTypes.includes(mediaType))
    : undefined;
  if (fax) {
    return {
      via: 'fax',
      fromNumber: faxNumberIn(mail.subject) ?? faxNumberIn(fax.name) ?? '',
      receivedAt,
      fileName: fax.name,
      problem: null,
    };
  }
  return {
    via: 'e-mail',
    from: mail.from,
    fromName: mail.fromName,
    to: mail.to,
    subject: mail.subject,
    messageId: mail.messageId,
    references: mail.references,
    receivedAt,
    excerpt: mail.text.slice(0, 500).replace(/\p{Surrogate}/gu, ''),
    problem: mail.problem,
  };
};

/** `Fax from +86 28 8666 1234` → `+862886661234`. */
export const faxNumberIn = (text: string): string | undefined =>
  /\+?\d[\d\s()-]{4,20}\d/.exec(text)?.[0].replace(/[^\d+]/g, '');

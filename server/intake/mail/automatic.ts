/**
 * Mail that no person wrote, told by its header (RFC 3834 section 2 and what mailers do in its place).
 * None of it is ever answered by itself: that is how two robots write to each other for ever.
 */
export type Nature =
  | { readonly is: 'personal'; readonly mayConfirm: boolean }
  | { readonly is: 'automatic'; readonly sign: AutomaticSign }
  /** RFC 3464: a letter of ours that did not arrive, or has not yet. */
  | { readonly is: 'bounce'; readonly final: boolean; readonly detail: string };

export type AutomaticSign =
  | 'own-letter'
  | 'auto-submitted'
  | 'auto-response'
  | 'read-receipt'
  | 'mailing-list'
  | 'bulk'
  | 'null-return-path'
  | 'auto-reply-subject';

/** The header of a mail: names in lower case, values unfolded. */
export type Header = ReadonlyMap<string, readonly string[]>;

/** `subject` decoded; `deliveryStatus`: the machine-readable part of a report, where there is one. */
export const natureOf = (
  header: Header,
  known: { readonly loopToken: string; readonly subject: string; readonly deliveryStatus: string | undefined },
): Nature => {
  const { loopToken, subject, deliveryStatus } = known;
  const first = (name: string): string => header.get(name)?.[0]?.trim() ?? '';
  if (header.get('x-loop')?.some((value) => value.trim() === loopToken)) return automatic('own-letter');
  const contentType = first('content-type').toLowerCase();
  if (deliveryStatus !== undefined || /report-type="?delivery-status/.test(contentType))
    return bounceOf(deliveryStatus ?? '');
  if (/report-type="?disposition-notification/.test(contentType)) return automatic('read-receipt');
  // `auto-generated`, `auto-replied` and whatever is registered later; parameters may follow.
  const submitted = first('auto-submitted').toLowerCase().split(';')[0]?.trim();
  if (submitted !== undefined && submitted !== '' && submitted !== 'no') return automatic('auto-submitted');
  if (['x-autoreply', 'x-autorespond', 'x-autoresponder'].some((name) => header.has(name)))
    return automatic('auto-response');
  const precedence = first('precedence').toLowerCase();
  if (precedence === 'auto_reply') return automatic('auto-response');
  if (precedence === 'list' || header.has('list-id') || header.has('list-unsubscribe'))
    return automatic('mailing-list');
  if (precedence === 'bulk' || precedence === 'junk') return automatic('bulk');
  if (first('return-path') === '<>') return automatic('null-return-path');
  if (autoReplySubject.test(subject)) return automatic('auto-reply-subject');
  return { is: 'personal', mayConfirm: !header.has('x-auto-response-suppress') && !noReply.test(first('from')) };
};

/** Webmail of the region answers for its users with nothing but the subject to tell it by. */
const autoReplySubject = /^(自动回复|自動回覆|自动答复|automatic reply|auto[- ]?reply|out of office)(?![a-z])/i;

const noReply = /\b(no-?reply|do-?not-?reply|mailer-daemon|postmaster)@/i;

const automatic = (sign: AutomaticSign): Nature => ({ is: 'automatic', sign });

const bounceOf = (status: string): Nature => {
  const field = (name: string): string =>
    new RegExp(`^${name}:[ \\t]*(.+(?:\\r?\\n[ \\t].+)*)`, 'im').exec(status)?.[1] ?? '';
  const detail = [field('Final-Recipient').replace(/^rfc822;\s*/i, ''), field('Status'), field('Diagnostic-Code')]
    .map((part) => part.replace(/\s+/g, ' ').trim())
    .filter((part) => part !== '')
    .join(' ');
  return { is: 'bounce', final: field('Action').trim().toLowerCase() !== 'delayed', detail: detail.slice(0, 500) };
};

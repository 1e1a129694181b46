/** Where the public page and what it asks for stand at the centre; without schemas, so that a page may load it alone. */
export const pagePath = '/service/';
export const webPaths = {
  ticket: '/service/ticket',
  message: '/service/message',
  status: '/service/status',
  answer: '/service/answer',
  callPass: '/service/call-pass',
} as const;

/** Header of a ticket: what carries one can not be sent by a page of another site without asking us first. */
export const ticketHeader = 'x-zuoxi-ticket';

/** Status link: its token stands after the `#`, which no server, log or Referer gets to see. */
export const statusLink = (token: string): string => `${pagePath}#status=${token}`;

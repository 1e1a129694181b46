/**
 * What a NOTIFY says of the transfer we asked for: its body is the status line of the new call
 * (RFC 3515 section 2.4.5, `message/sipfrag`). `undefined`: it cannot be read.
 */
export const transferProgress = (sipfrag: string): 'under-way' | 'done' | 'failed' | undefined => {
  const status = Number(/^SIP\/2\.0 ([1-6]\d\d)(?: |\r|\n|$)/.exec(sipfrag)?.[1]);
  if (Number.isNaN(status)) return undefined;
  if (status < 200) return 'under-way';
  return status < 300 ? 'done' : 'failed';
};

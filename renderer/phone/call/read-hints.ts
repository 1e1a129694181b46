import { type CallHints, callHints, sipHeaders } from '../../../contract/sip-headers.ts';

/** The hints of a call out of a queue; `undefined` where it is none (one seat calls another) or they are not valid. */
export const readHints = (header: (name: string) => string | undefined): CallHints | undefined => {
  const hints = callHints.safeParse({
    contactId: header(sipHeaders.contactId),
    caller: header(sipHeaders.caller) ?? '',
    service: header(sipHeaders.service),
    language: header(sipHeaders.language),
    waitedSeconds: header(sipHeaders.waitedSeconds),
    origin: header(sipHeaders.origin),
    priority: header(sipHeaders.priority),
    callback: header(sipHeaders.callback),
    form: header(sipHeaders.form),
    giver: header(sipHeaders.giver),
  });
  return hints.success ? hints.data : undefined;
};

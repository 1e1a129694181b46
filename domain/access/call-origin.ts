import type { ComplaintFields } from '../forms/complaint.ts';

/** A1: a caller comes by telephone or from the browser of the public page. */
export const callOrigins = ['trunk', 'web'] as const;
export type CallOrigin = (typeof callOrigins)[number];

/** The channel of a form that is written in such a call. */
export const channelOfCall = (origin: CallOrigin): ComplaintFields['channel'] =>
  origin === 'web' ? 'web-voice' : 'voice';

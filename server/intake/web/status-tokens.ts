import type { Seal } from './seal.ts';

/** Names a form to the one who left it, and to nobody else: it can not be guessed, nor made from a form's id. */
export interface StatusTokens {
  readonly of: (form: string) => string;
  /** The form's id; `undefined` for what is no token of ours. */
  readonly formOf: (token: string) => string | undefined;
}

export const createStatusTokens = (seal: Seal): StatusTokens => ({
  of: (form) => seal.seal(form),
  formOf: (token) => seal.open(token),
});

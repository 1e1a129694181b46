import { createHash } from 'node:crypto';

/** Why the centre writes to a customer by itself. */
export const letterKinds = ['check-back', 'receipt'] as const;
export type LetterKind = (typeof letterKinds)[number];

/** Who we are in the mail: the address letters come from, and how our own are known again. */
export interface OwnAddress {
  readonly address: string;
  readonly domain: string;
  /** Stands in `X-Loop` of all we send: what comes in with it has gone round. */
  readonly loopToken: string;
}

export const ownAddressOf = (address: string): OwnAddress => ({
  address,
  domain: address.slice(address.lastIndexOf('@') + 1).toLowerCase(),
  loopToken: `zuoxi-${createHash('sha256').update(address.toLowerCase()).digest('hex').slice(0, 16)}`,
});

/** Made from the letter's id, so that a letter sent a second time is the same letter; without angle brackets. */
export const messageIdOf = (own: OwnAddress, kind: LetterKind, id: string): string => `${kind}.${id}@${own.domain}`;

/** The letter of ours that a Message-ID names. */
export const letterOf = (own: OwnAddress, messageId: string): string | undefined => {
  const found = ownMessageId.exec(messageId.toLowerCase());
  return found?.[2] === own.domain ? found[1] : undefined;
};

const ownMessageId = new RegExp(`^(?:${letterKinds.join('|')})\\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@(.+)$`);

import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Letter } from './outbox.ts';
import { messageIdOf, type OwnAddress } from './own-letters.ts';

export interface MailAccount {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte. */
  readonly secure: boolean;
  readonly user: string;
  readonly password: string;
}

/** What the other mail server made of a letter. */
export type Handed =
  | { readonly outcome: 'sent' }
  /** It will not take this letter, ever (RFC 5321 section 4.2.1, 5yz). */
  | { readonly outcome: 'refused'; readonly words: string }
  /** It was not reached, or says "later" (4yz), or will not let us in: the letter is surely not sent. */
  | { readonly outcome: 'later'; readonly words: string }
  /** The line went dead after the letter was begun: it may have arrived. */
  | { readonly outcome: 'unsure'; readonly words: string };

export interface Smtp {
  readonly hand: (letter: Letter) => Promise<Handed>;
}

/**
 * Hands letters to the mail server (RFC 6409), one connection each.
 *
 * @param patienceMs How long the other side may think (RFC 5321 section 4.5.3.2 allows minutes).
 */
export const createSmtp = (account: MailAccount, own: OwnAddress, fromName: string, patienceMs = 120_000): Smtp => ({
  hand: async (letter) => {
    const bytes = await composed(letter, own, fromName);
    let isBegun = false;
    const message = new Readable({
      // First asked for when the server has said 354: until then nothing of the letter is out.
      read() {
        isBegun = true;
        this.push(bytes);
        this.push(null);
      },
    });
    try {
      await deliver(account, { from: own.address, to: letter.recipient }, message, patienceMs);
      return { outcome: 'sent' };
    } catch (error) {
      return handedOf(error, isBegun);
    }
  },
});

const deliver = async (
  account: MailAccount,
  envelope: { readonly from: string; readonly to: string },
  message: Readable,
  patienceMs: number,
): Promise<void> => {
  const connection = new SMTPConnection({
    host: account.host,
    port: account.port,
    secure: account.secure,
    // Passwords and customers' letters cross no network in the clear.
    requireTLS: !account.secure && !isLoopback(account.host),
    connectionTimeout: Math.min(patienceMs, 20_000),
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
  });
  await new Promise<void>((resolve, reject) => {
    const settle = (error: unknown) => (error ? reject(error) : resolve());
    connection.once('error', reject);
    connection.once('end', () => reject(new Error('the mail server hung up')));
    connection.connect((error) => {
      if (error) return reject(error);
      const send = () => connection.send({ from: envelope.from, to: [envelope.to] }, message, settle);
      if (account.user === '') return send();
      connection.login(
        { user: account.user, credentials: { user: account.user, pass: account.password } },
        (refusal) => (refusal ? reject(refusal) : send()),
      );
    });
  }).finally(() => {
    // What still goes wrong on a line that is being closed is nobody's concern.
    connection.on('error', () => undefined);
    connection.quit();
  });
};

const composed = (letter: Letter, own: OwnAddress, fromName: string): Promise<Buffer> =>
  new MailComposer({
    from: { name: fromName, address: own.address },
    to: { name: '', address: letter.recipient },
    subject: letter.subject,
    text: letter.body,
    messageId: `<${messageIdOf(own, letter.kind, letter.id)}>`,
    date: new Date(letter.madeAt),
    ...(letter.inReplyTo === '' ? {} : { inReplyTo: `<${letter.inReplyTo}>`, references: `<${letter.inReplyTo}>` }),
    headers: {
      // RFC 3834 section 5: a robot that hears this does not answer.
      'Auto-Submitted': letter.kind === 'receipt' ? 'auto-replied' : 'auto-generated',
      'X-Auto-Response-Suppress': 'OOF, AutoReply',
      'X-Loop': own.loopToken,
    },
    // A letter is its words alone: nothing in it may make us read a file or fetch an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();

export const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || host.startsWith('127.');

const handedOf = (error: unknown, isBegun: boolean): Handed => {
  if (!(error instanceof Error)) throw error;
  const words = error.message.slice(0, 500);
  const code = 'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : undefined;
  // Not the letter is refused but we are: somebody has to mend the password, and then it goes.
  if ('code' in error && (error.code === 'EAUTH' || error.code === 'ETLS')) return { outcome: 'later', words };
  if (code !== undefined && code >= 500) return { outcome: 'refused', words };
  if (code !== undefined && code >= 400) return { outcome: 'later', words };
  return { outcome: isBegun ? 'unsure' : 'later', words };
};

import { ImapFlow } from 'imapflow';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { type MailServers, mailDomain } from './mail-servers.ts';

export interface RawMail {
  readonly raw: Buffer;
  readonly from?: string;
  readonly to?: string;
}

/** Sends bytes as they are, over SMTP, as a customer's own mail program would. */
export const sendRaw = (servers: MailServers, mails: readonly RawMail[]): Promise<void> =>
  handOver({ host: '127.0.0.1', port: servers.smtpPort, ignoreTLS: true }, mails);

/** Into the mailbox past the SMTP server: for what no client gets past one, and for the very large. */
export const deliverRaw = (servers: MailServers, mails: readonly RawMail[]): Promise<void> =>
  handOver({ host: '127.0.0.1', port: servers.lmtpPort, ignoreTLS: true, lmtp: true }, mails);

const handOver = async (options: SMTPConnection.Options, mails: readonly RawMail[]): Promise<void> => {
  const connection = new SMTPConnection(options);
  await new Promise<void>((resolve, reject) => {
    connection.once('error', reject);
    connection.connect((error) => (error ? reject(error) : resolve()));
  });
  for (const { raw, from = `liu@${mailDomain}`, to = `hotline@${mailDomain}` } of mails) {
    await new Promise<void>((resolve, reject) => {
      connection.send({ from, to: [to] }, raw, (error) => (error ? reject(error) : resolve()));
    });
  }
  connection.quit();
};

export interface SeenMail {
  readonly folder: string;
  readonly raw: string;
}

/** How many mails lie in each folder of a mailbox. */
export const countMails = (servers: MailServers, user: string): Promise<ReadonlyMap<string, number>> =>
  lookInto(servers, user, async (imap) => {
    const counts = new Map<string, number>();
    for (const { path } of await imap.list()) {
      const status = await imap.status(path, { messages: true });
      counts.set(path, status ? (status.messages ?? 0) : 0);
    }
    return counts;
  });

/** All mails of a mailbox, in every folder. */
export const seeMailbox = (servers: MailServers, user: string): Promise<readonly SeenMail[]> =>
  lookInto(servers, user, async (imap) => {
    const seen: SeenMail[] = [];
    for (const { path } of await imap.list()) {
      await imap.mailboxOpen(path);
      const mails = await imap.fetchAll('1:*', { uid: true, source: { start: 0, maxLength: 4_096 } });
      for (const { source } of mails) seen.push({ folder: path, raw: (source ?? Buffer.alloc(0)).toString() });
    }
    return seen;
  });

const lookInto = async <Seen>(
  servers: MailServers,
  user: string,
  look: (imap: ImapFlow) => Promise<Seen>,
): Promise<Seen> => {
  const imap = new ImapFlow({
    host: '127.0.0.1',
    port: servers.imapPort,
    secure: false,
    auth: { user: `${user}@${mailDomain}`, pass: servers.password },
    logger: false,
  });
  await imap.connect();
  try {
    return await look(imap);
  } finally {
    await imap.logout();
  }
};

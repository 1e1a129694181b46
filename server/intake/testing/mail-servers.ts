import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Dovecot (IMAP, and LMTP to fill mailboxes with) and an SMTP server before it, on loopback, as whoever
 * runs the tests: nothing of the system's own mail is touched, and all is gone after `stop`.
 */
export interface MailServers {
  readonly imapPort: number;
  readonly smtpPort: number;
  readonly lmtpPort: number;
  readonly imapUrl: (user: string) => string;
  readonly smtpUrl: string;
  /** Every mailbox has this one. */
  readonly password: string;
  /** Cuts every open connection, as a restart of the mail server does, and takes new ones. */
  readonly restartImap: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** The mailboxes there are; letters to any other are refused (550). */
const mailboxes = ['hotline', 'liu', 'wang', 'gateway', 'greylisted', 'silent'];
export const mailDomain = 'hotline.example';
const password = 'mailbox-secret';

export const startMailServers = async (): Promise<MailServers> => {
  const folder = await mkdtemp(join(tmpdir(), 'zuoxi-mail-'));
  const [imapPort, lmtpPort, smtpPort] = await freePorts();
  const configuration = join(folder, 'dovecot.conf');
  await writeConfiguration(folder, configuration, { imapPort, lmtpPort });
  let dovecot = await startDovecot(configuration, folder, imapPort);
  const relay = await startRelay(smtpPort, lmtpPort);
  return {
    imapPort,
    smtpPort,
    lmtpPort,
    password,
    imapUrl: (user) => `imap://${user}%40${mailDomain}:${password}@127.0.0.1:${imapPort}/INBOX`,
    smtpUrl: `smtp://127.0.0.1:${smtpPort}`,
    restartImap: async () => {
      await end(dovecot);
      dovecot = await startDovecot(configuration, folder, imapPort);
    },
    stop: async () => {
      await end(relay);
      await end(dovecot);
      await rm(folder, { recursive: true, force: true });
    },
  };
};

const writeConfiguration = async (
  folder: string,
  file: string,
  ports: { readonly imapPort: number; readonly lmtpPort: number },
): Promise<void> => {
  const me = userInfo();
  // Dovecot never opens a mailbox as root.
  const owner = me.uid === 0 ? { uid: 65_534, gid: 65_534 } : { uid: me.uid, gid: me.gid };
  const roles =
    me.uid === 0
      ? ''
      : `default_internal_user = ${me.username}\ndefault_internal_group = ${me.gid}\ndefault_login_user = ${me.username}\n`;
  await chmod(folder, 0o755);
  await mkdir(join(folder, 'mail'));
  if (me.uid === 0) await chown(join(folder, 'mail'), owner.uid, owner.gid);
  await writeFile(
    join(folder, 'users'),
    mailboxes
      .map((name) => `${name}@${mailDomain}:{PLAIN}${password}:${owner.uid}:${owner.gid}::/nonexistent::\n`)
      .join(''),
  );
  await writeFile(
    file,
    `${roles}protocols = imap lmtp
listen = 127.0.0.1
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/dovecot.log
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
first_valid_uid = 1
mail_location = maildir:${folder}/mail/%u
mail_fsync = never
mail_max_userip_connections = 50
passdb {
  driver = passwd-file
  args = ${folder}/users
}
userdb {
  driver = passwd-file
  args = ${folder}/users
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${ports.imapPort}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${ports.lmtpPort}
  }
}
lmtp_rcpt_check_quota = no
`,
  );
};

const startDovecot = async (configuration: string, folder: string, port: number): Promise<ChildProcess> => {
  const child = spawn('/usr/sbin/dovecot', ['-F', '-c', configuration], { stdio: 'ignore' });
  for (let left = 400; left > 0; left -= 1) {
    if (child.exitCode !== null) break;
    if (await answers(port)) return child;
    await sleep(25);
  }
  child.kill('SIGKILL');
  const log = await readFile(join(folder, 'dovecot.log'), 'utf8').catch(() => '');
  throw new Error(`Dovecot did not start:\n${log}`);
};

const answers = async (port: number): Promise<boolean> => {
  const { connect } = await import('node:net');
  const socket = connect(port, '127.0.0.1');
  try {
    const [greeting]: Buffer[] = await once(socket, 'data');
    return String(greeting).startsWith('* OK');
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
};

const startRelay = async (smtpPort: number, lmtpPort: number): Promise<ChildProcess> => {
  const script = join(import.meta.dirname, 'smtp_relay.py');
  // Debian's own Python, which its aiosmtpd is for; whatever else is first on the PATH has none.
  const child = spawn('/usr/bin/python3', [script, String(smtpPort), String(lmtpPort)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) if (line === 'ready') return child;
  throw new Error('the SMTP server did not start');
};

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
};

const freePorts = async (): Promise<[number, number, number]> => {
  const probes = [0, 0, 0].map(() => createServer().listen(0, '127.0.0.1'));
  const ports: number[] = [];
  for (const probe of probes) {
    if (!probe.listening) await once(probe, 'listening');
    const address = probe.address();
    if (typeof address === 'object' && address !== null) ports.push(address.port);
    probe.close();
  }
  const [one = 0, two = 0, three = 0] = ports;
  return [one, two, three];
};

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Form } from '../../domain/forms/form.ts';
import { hasProblem } from '../../domain/forms/origin.ts';
import { openEmbedded } from '../records/open-records.ts';
import { encodeAs } from './testing/encode-as.ts';
import { until } from './testing/intake-centre.ts';
import { countMails, deliverRaw, sendRaw } from './testing/mail-client.ts';
import { type MailServers, mailDomain, startMailServers } from './testing/mail-servers.ts';
import { complaint, malformedMails, traditionalComplaint } from './testing/malformed-mails.ts';
import { startServer } from './testing/server-process.ts';

let servers: MailServers;
let folder: string;
beforeAll(async () => {
  servers = await startMailServers();
  folder = await mkdtemp(join(tmpdir(), 'zuoxi-flood-'));
});
afterAll(async () => {
  await servers?.stop();
  await rm(folder, { recursive: true, force: true });
});

const english = 'My line has been dead since Monday.';
const letters = [
  { charset: 'utf-8', text: Buffer.from(complaint), reads: complaint },
  { charset: 'gb2312', text: encodeAs('gb18030', complaint), reads: complaint },
  { charset: 'big5', text: encodeAs('big5', traditionalComplaint), reads: traditionalComplaint },
  {
    charset: 'us-ascii',
    text: Buffer.from(english),
    reads: english,
  },
] as const;

const wellFormed = (n: number, subject = `mail-${n}`, id = `flood.${n}`) => {
  const { charset, text, reads } = letters[n % letters.length] ?? letters[0];
  const head = `From: Liu <liu@${mailDomain}>\r\nTo: hotline@${mailDomain}\r\nMessage-ID: <${id}@customers.example>\r\nSubject: ${subject}\r\n`;
  const body = Buffer.concat([Buffer.from(`Content-Type: text/plain; charset=${charset}\r\n\r\n`), text]);
  const raw =
    n % 10 === 0
      ? Buffer.concat([
          Buffer.from(`${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n`),
          body,
          Buffer.from(
            `\r\n--b\r\nContent-Type: image/png; name=${n}.png\r\nContent-Disposition: attachment; filename=${n}.png\r\nContent-Transfer-Encoding: base64\r\n\r\n` +
              `${Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.from(`${n}`)]).toString('base64')}\r\n--b--\r\n`,
          ),
        ])
      : Buffer.concat([Buffer.from(head), body]);
  return { raw, subject, reads };
};

test('A1 A4 500 mails with 20 malformed ones and two kill -9: nothing is lost, nothing doubled, each bad one on the list', async () => {
  const plain = Array.from({ length: 470 }, (_, n) => wellFormed(n));
  // A Message-ID that a broken mailer uses twice for different letters.
  const sameId = [wellFormed(1_000, 'same-id-a', 'same'), wellFormed(1_001, 'same-id-b', 'same')];
  const secondCopies = plain.slice(0, 8);
  const fine = [...plain, ...sameId];
  expect(fine.length + secondCopies.length + malformedMails.length).toBe(500);

  const lanes = 4;
  await Promise.all([
    ...Array.from({ length: lanes }, (_, lane) =>
      sendRaw(
        servers,
        fine.filter((_mail, n) => n % lanes === lane),
      ),
    ),
    deliverRaw(
      servers,
      malformedMails.map(({ raw }) => ({ raw: raw() })),
    ),
  ]);
  await sendRaw(servers, secondCopies);

  const environment = {
    ZUOXI_DATA: folder,
    ZUOXI_MAIL_IMAP: servers.imapUrl('hotline'),
    ZUOXI_MAIL_FROM: `hotline@${mailDomain}`,
  };
  let taken = 0;
  for (const killAt of [120, 150]) {
    const server = await startServer(environment);
    taken += await until(async () => {
      const count = await server.figure('zuoxi_mail_taken_total');
      return count >= killAt && count;
    });
    await server.end('SIGKILL');
  }
  const server = await startServer(environment);
  const left = await until(async () => {
    const counts = await countMails(servers, 'hotline');
    return counts.get('INBOX') === 0 && counts;
  });
  await server.end('SIGTERM');

  const records = await openEmbedded(join(folder, 'records'));
  const forms = (await records.db.selectFrom('forms').select('form').execute()).map(({ form }) => form);
  await records.close();
  const subjectOf = (form: Form) => (form.origin.via === 'e-mail' ? form.origin.subject : '');
  const problems = forms.filter(({ origin }) => hasProblem(origin));

  for (const { subject, reads } of fine) {
    const opened = forms.filter((form) => subjectOf(form) === subject);
    expect(opened, subject).toHaveLength(1);
    expect(opened[0]?.fields.text).toBe(reads);
  }
  expect(problems).toHaveLength(malformedMails.length);
  for (const { name, problem, reads = '', overImap = { problem, reads } } of malformedMails) {
    const listed = problems.filter(
      ({ origin, fields }) =>
        origin.via === 'e-mail' && origin.problem?.code === overImap.problem && fields.text.includes(overImap.reads),
    );
    expect(listed.length, name).toBeGreaterThan(0);
  }
  // The original stands on each of them, byte for byte as it lay in the mailbox.
  for (const form of problems) {
    const original = form.attachments.find(({ name }) => name.startsWith('original'));
    if (!original) throw new Error(`no original on ${form.number}`);
    const kept = await readFile(join(folder, 'attachments', original.sha256.slice(0, 2), original.sha256));
    expect(kept.length).toBe(original.size);
  }
  expect(forms).toHaveLength(fine.length + malformedMails.length);
  expect(new Set(forms.map(({ number }) => number)).size).toBe(forms.length);
  expect(Object.fromEntries(left)).toEqual({ INBOX: 0, Processed: 480, Problem: 20 });
  console.info(
    `500 mails, killed twice after ${taken}: ${forms.length} forms (${secondCopies.length} second copies known again), ` +
      `${problems.length} on the problem list, 0 lost, 0 doubled`,
  );
}, 300_000);

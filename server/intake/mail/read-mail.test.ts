import { expect, test } from 'vitest';
import { encodeAs } from '../testing/encode-as.ts';
import { complaint, malformedMails, traditionalComplaint } from '../testing/malformed-mails.ts';
import { type ReadMail, readMail, usualLimits } from './read-mail.ts';

const read = (raw: Buffer | string, complete = true): Promise<ReadMail> =>
  readMail(Buffer.from(raw), { loopToken: 'zuoxi-ours', complete, limits: usualLimits });

const header =
  'From: =?utf-8?B?5YiY5aWz5aOr?= <Liu@Customers.example>\r\nTo: hotline@hotline.example\r\nMessage-ID: <1@x>\r\n';

test('A1 a mail gives its sender, subject, text, thread and files', async () => {
  const mail = await read(
    `${header}In-Reply-To: <q@y>\r\nReferences: <p@y> <q@y>\r\nSubject: =?gb2312?B?${encodeAs('gb18030', '投诉').toString('base64')}?=\r\n` +
      `Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${complaint}\r\n` +
      '--b\r\nContent-Type: application/octet-stream; name="=?utf-8?B?5Y+R56WoLnBkZg==?="\r\nContent-Disposition: attachment\r\n' +
      `Content-Transfer-Encoding: base64\r\n\r\n${Buffer.from('%PDF-1.7 ').toString('base64')}\r\n--b--\r\n`,
  );
  expect(mail).toMatchObject({
    from: 'liu@customers.example',
    fromName: '刘女士',
    subject: '投诉',
    messageId: '1@x',
    references: ['q@y', 'p@y'],
    text: complaint,
    nature: { is: 'personal', mayConfirm: true },
    problem: null,
  });
  // The file is a PDF whatever its sender called it.
  expect(mail.files).toMatchObject([{ name: '发票.pdf', mediaType: 'application/pdf' }]);
});

test.each([
  ['gb2312', encodeAs('gb18030', complaint), complaint],
  ['gbk', encodeAs('gb18030', complaint), complaint],
  ['gb18030', encodeAs('gb18030', complaint), complaint],
  ['cp936', encodeAs('gb18030', complaint), complaint],
  ['big5', encodeAs('big5', traditionalComplaint), traditionalComplaint],
  ['shift_jis', encodeAs('shift_jis', 'ネットがつながりません'), 'ネットがつながりません'],
  ['iso-2022-jp', Buffer.from('\u001b$B%M%C%H\u001b(B', 'latin1'), 'ネット'],
  ['iso-8859-1', Buffer.from('Grüße aus Köln', 'latin1'), 'Grüße aus Köln'],
])('A1 text in %s is read as it is written, and nothing is amiss', async (charset, bytes, text) => {
  const mail = await read(
    Buffer.concat([Buffer.from(`${header}Content-Type: text/plain; charset=${charset}\r\n\r\n`), bytes]),
  );
  expect(mail).toMatchObject({ text, problem: null });
});

test.each(malformedMails.filter(({ name }) => name !== 'a file of 60 MB'))(
  'A1 $name: what can be read is read, and what is wrong is said',
  async ({ raw, problem, reads }) => {
    const mail = await read(raw());
    expect(mail.problem?.code).toBe(problem);
    expect(mail.text).toContain(reads ?? '');
  },
);

test('A1 of a mail that is too large the beginning is read, and no half file is taken for a whole one', async () => {
  const large = malformedMails.find(({ name }) => name === 'a file of 60 MB');
  if (!large) throw new Error('no large mail');
  const mail = await read(large.raw().subarray(0, 1024 * 1024), false);
  expect(mail).toMatchObject({ text: large.reads, files: [], problem: { code: 'too-large' } });
});

test('a zip bomb is kept byte for byte and never unpacked', async () => {
  const bomb = malformedMails.find(({ name }) => name === 'a zip bomb');
  if (!bomb) throw new Error('no bomb');
  const raw = bomb.raw();
  const before = process.memoryUsage.rss();
  const { files } = await read(raw);
  expect(files).toMatchObject([{ name: 'invoice.zip', mediaType: 'application/zip' }]);
  expect(files[0]?.bytes.length).toBeLessThan(200_000);
  // It says 2 GiB; its making alone took more than its reading may.
  expect(process.memoryUsage.rss() - before).toBeLessThan(100 * 1024 * 1024);
});

test('a file name is shown as it is read: no path, no turned reading direction', async () => {
  const named = (name: string) =>
    read(
      `${header}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: application/x; name="${name}"\r\n` +
        'Content-Disposition: attachment\r\n\r\nx\r\n--b--\r\n',
    ).then((mail) => mail.files[0]?.name);
  expect(await named('../../etc/passwd')).toBe('passwd');
  expect(await named(`=?utf-8?B?${Buffer.from('账单\u202egpj.exe').toString('base64')}?=`)).toBe('账单gpj.exe');
  expect(await named(`${'长'.repeat(5)}${'a'.repeat(400)}.pdf`)).toMatch(/^.{251}\.pdf$/);
});

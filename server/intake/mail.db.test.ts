import { randomUUID } from 'node:crypto';
import { v7 as newId } from 'uuid';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Person } from '../../contract/http.ts';
import type { Form } from '../../domain/forms/form.ts';
import { signInAt, type TestDesk } from '../sync/push.fixture.ts';
import { createIntakeCentre, type IntakeCentre, until } from './testing/intake-centre.ts';
import { seeMailbox, sendRaw } from './testing/mail-client.ts';
import { type MailServers, mailDomain, startMailServers } from './testing/mail-servers.ts';
import { complaint } from './testing/malformed-mails.ts';

const clerk: Person = { staffNumber: '2001', name: '陈静', roles: ['text-clerk'], languages: ['zh'] };

let servers: MailServers;
let centre: IntakeCentre;
let desk: TestDesk;
beforeAll(async () => {
  servers = await startMailServers();
  centre = await createIntakeCentre();
  desk = await signInAt(centre.records, clerk);
}, 180_000);
afterEach(() => centre?.stop());
afterAll(async () => {
  await centre?.close();
  await servers?.stop();
});

const environment = (more: Readonly<Record<string, string>> = {}) => ({
  ZUOXI_MAIL_IMAP: servers.imapUrl('hotline'),
  ZUOXI_MAIL_SMTP: servers.smtpUrl,
  ZUOXI_MAIL_FROM: `hotline@${mailDomain}`,
  ...more,
});

let count = 0;
/** A letter of a customer's, with a subject of its own to find it by. */
const mail = (
  subject: string,
  more: { readonly headers?: string; readonly text?: string; readonly from?: string } = {},
) => {
  count += 1;
  const { headers = '', text = complaint, from = `liu@${mailDomain}` } = more;
  const raw = Buffer.from(
    `From: =?utf-8?B?5YiY5aWz5aOr?= <${from}>\r\nTo: hotline@${mailDomain}\r\nMessage-ID: <m${count}.${randomUUID()}@customers.example>\r\n` +
      `Subject: =?utf-8?B?${Buffer.from(subject).toString('base64')}?=\r\n${headers}Content-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n`,
  );
  return { raw, from };
};

const bySubject = (subject: string): Promise<Form> =>
  until(async () =>
    (await centre.allForms()).find(({ origin }) => origin.via === 'e-mail' && origin.subject === subject),
  );
const now = async (form: Form): Promise<Form> => {
  const found = await centre.forms.findById(form.id);
  if (!found) throw new Error('the form is gone');
  return found;
};
/** Letters of ours that have arrived in a customer's mailbox, about one form. */
const lettersAt = async (user: string, form: Form): Promise<readonly string[]> =>
  (await seeMailbox(servers, user)).map(({ raw }) => raw).filter((raw) => decodedSubject(raw).includes(form.number));
const decodedSubject = (raw: string): string =>
  (/^Subject: (.*(?:\r?\n[ \t].*)*)/m.exec(raw)?.[1] ?? '')
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi, (_all, kind: string, text: string) =>
      kind.toUpperCase() === 'B'
        ? Buffer.from(text, 'base64').toString()
        : Buffer.from(
            text
              .replace(/_/g, ' ')
              .replace(/=([0-9A-F]{2})/gi, (_hex, pair: string) => String.fromCharCode(Number.parseInt(pair, 16))),
            'latin1',
          ).toString(),
    );
const headerOf = (raw: string, name: string): string =>
  new RegExp(`^${name}:\\s*(.*)$`, 'mi').exec(raw)?.[1]?.trim() ?? '';

const checkBack = async (form: Form, to: string, text: string): Promise<string> => {
  const id = randomUUID();
  const asked = { id, channel: 'e-mail', to, text, remindAt: Date.now() + 1_000_000 } as const;
  const claims = (await now(form)).work.state === 'waiting' ? [desk.make('form.claim', form.id, {})] : [];
  const { results } = await centre.push.take([...claims, desk.make('form.check-back', form.id, asked)], desk.session);
  for (const result of results) expect(result.outcome).toBe('applied');
  return id;
};
const sendingOf = (form: Form, id: string) =>
  until(async () => (await now(form)).checkBacks.find((one) => one.id === id)?.sending ?? undefined);

test('A1 a mail becomes one form in the inbox of the text clerks, and leaves the mailbox only then', async () => {
  await centre.start(environment());
  await sendRaw(servers, [mail('投诉宽带')]);
  const form = await bySubject('投诉宽带');
  expect(form).toMatchObject({
    kind: 'complaint',
    status: 'draft',
    fields: { channel: 'e-mail', callerName: '刘女士', text: complaint },
    origin: { via: 'e-mail', from: `liu@${mailDomain}`, problem: null },
    work: { state: 'waiting', inbox: 'text' },
  });
  await until(async () => (await seeMailbox(servers, 'hotline')).some(({ folder }) => folder === 'Processed'));
  expect((await seeMailbox(servers, 'hotline')).filter(({ folder }) => folder === 'INBOX')).toEqual([]);
});

test('A4 a check-back goes out as a letter, and its answer comes back onto the form, whoever sends it', async () => {
  await centre.start(environment({ ZUOXI_MAIL_RECEIPTS: '0' }));
  await sendRaw(servers, [mail('断网')]);
  const form = await bySubject('断网');
  const id = await checkBack(form, `liu@${mailDomain}`, '请问是哪一天断网的？');
  expect(await sendingOf(form, id)).toMatchObject({ outcome: 'sent' });
  const [letter = ''] = await until(async () => {
    const letters = await lettersAt('liu', form);
    return letters.length > 0 && letters;
  });
  expect(headerOf(letter, 'Auto-Submitted')).toBe('auto-generated');
  expect(headerOf(letter, 'Message-ID')).toBe(`<check-back.${id}@${mailDomain}>`);
  expect(headerOf(letter, 'In-Reply-To')).toBe(form.origin.via === 'e-mail' ? `<${form.origin.messageId}>` : '');
  await sendRaw(servers, [
    mail('Re: 断网', {
      headers: `In-Reply-To: ${headerOf(letter, 'Message-ID')}\r\n`,
      text: '上星期三。',
      from: `wang@${mailDomain}`,
    }),
  ]);
  const answered = await until(async () => {
    const changed = await now(form);
    return changed.received.length > 0 && changed;
  });
  expect(answered.checkBacks[0]?.answer).toMatchObject({ text: '上星期三。' });
  expect(answered.received[0]).toMatchObject({ from: `wang@${mailDomain}`, text: '上星期三。' });
});

test('A4 the number in the subject threads a letter only where its check digit and its sender are right', async () => {
  await centre.start(environment({ ZUOXI_MAIL_RECEIPTS: '0' }));
  await sendRaw(servers, [mail('没有声音')]);
  const form = await bySubject('没有声音');
  const wrongDigit = form.number.slice(0, -1) + ((Number(form.number.at(-1)) + 1) % 10);
  await sendRaw(servers, [
    mail(`补充 ${form.number}`, { text: '还有杂音。' }),
    mail(`补充 ${wrongDigit}`, { text: '别的单子。' }),
    mail(`冒充 ${form.number}`, { text: '我不是他。', from: 'stranger@elsewhere.example' }),
  ]);
  await bySubject(`补充 ${wrongDigit}`);
  await bySubject(`冒充 ${form.number}`);
  expect((await now(form)).received.map(({ text }) => text)).toEqual(['还有杂音。']);
});

test('A4 a receipt is sent in the language of the letter, and no more than three a day to one address', async () => {
  await centre.start(environment());
  await sendRaw(
    servers,
    [1, 2, 3, 4].map((n) => mail(`Slow line ${n}`, { text: 'My line is slow.', from: `wang@${mailDomain}` })),
  );
  const forms = await Promise.all([1, 2, 3, 4].map((n) => bySubject(`Slow line ${n}`)));
  const receipts = await until(async () => {
    const all = (await Promise.all(forms.map((form) => lettersAt('wang', form)))).flat();
    return all.length >= 3 && all;
  });
  expect(receipts).toHaveLength(3);
  expect(decodedSubject(receipts[0] ?? '')).toMatch(/^We have received your letter \[\d{6}-/);
  expect(headerOf(receipts[0] ?? '', 'Auto-Submitted')).toBe('auto-replied');
});

test.each([
  ['an automatic reply', 'Auto-Submitted: auto-replied\r\n'],
  ['a mailing list', 'List-Id: <news.example>\r\n'],
  ['bulk', 'Precedence: bulk\r\n'],
])('A4 %s is set aside where it can be found, and nobody answers it', async (name, headers) => {
  await centre.start(environment());
  await sendRaw(servers, [mail(`robot: ${name}`, { headers, from: `gateway@${mailDomain}` })]);
  const form = await bySubject(`robot: ${name}`);
  const aside = await until(async () => {
    const changed = await now(form);
    return changed.work.state === 'set-aside' && changed;
  });
  expect(aside.work).toMatchObject({ reason: expect.stringContaining('auto-reply') });
  expect(await lettersAt('gateway', form)).toEqual([]);
});

test('A4 a robot that answers a check-back is noted on the form, and answers nothing', async () => {
  await centre.start(environment({ ZUOXI_MAIL_RECEIPTS: '0' }));
  await sendRaw(servers, [mail('账单有误')]);
  const form = await bySubject('账单有误');
  const id = await checkBack(form, `liu@${mailDomain}`, '是哪个月的账单？');
  await sendingOf(form, id);
  await sendRaw(servers, [
    mail('自动回复：我在休假', { headers: `In-Reply-To: <check-back.${id}@${mailDomain}>\r\n`, text: '我在休假。' }),
  ]);
  const noted = await until(async () => {
    const changed = await now(form);
    return changed.notes.length > 0 && changed;
  });
  expect(noted.notes[0]?.text).toContain('我在休假');
  expect(noted.checkBacks[0]?.answer).toBeNull();
});

test('A4 a letter that is refused is told on its form, one put off is sent later, once', async () => {
  await centre.start(environment({ ZUOXI_MAIL_RECEIPTS: '0' }));
  await sendRaw(servers, [mail('没有信号')]);
  const form = await bySubject('没有信号');
  const refused = await checkBack(form, `nobody@${mailDomain}`, '请问地址？');
  expect(await sendingOf(form, refused)).toMatchObject({ outcome: 'failed', detail: expect.stringContaining('550') });
  await checkBack(form, `greylisted@${mailDomain}`, '请问楼号？');
  const waiting = await until(() =>
    centre.records.db
      .selectFrom('letters')
      .selectAll()
      .where('recipient', 'like', 'greylisted%')
      .where('tries', '=', 1)
      .where('state', '=', 'waiting')
      .executeTakeFirst(),
  );
  expect(waiting.last_error).toContain('451');
  // Its time has come.
  await centre.records.db.updateTable('letters').set({ next_try_at: 0 }).where('id', '=', waiting.id).execute();
  await centre.stop();
  await centre.start(environment({ ZUOXI_MAIL_RECEIPTS: '0' }));
  expect(await sendingOf(form, waiting.id)).toMatchObject({ outcome: 'sent' });
  expect(await lettersAt('greylisted', form)).toHaveLength(1);
});

test('A4 a letter on its way when the centre is killed is told as maybe sent, and not sent again', async () => {
  await centre.start(environment({ ZUOXI_MAIL_RECEIPTS: '0' }));
  await sendRaw(servers, [mail('线路杂音')]);
  const form = await bySubject('线路杂音');
  await centre.stop();
  const id = await checkBack(form, `wang@${mailDomain}`, '请问什么时候？');
  // The row as the crash leaves it: marked before the letter is handed over, not settled after.
  await centre.records.db
    .insertInto('letters')
    .values({
      id,
      kind: 'check-back',
      form: form.id,
      operation: newId(),
      recipient: `wang@${mailDomain}`,
      subject: 's',
      body: 'b',
      in_reply_to: '',
      made_at: Date.now(),
      next_try_at: 0,
      state: 'sending',
      settled_at: null,
    })
    .execute();
  await centre.start(environment({ ZUOXI_MAIL_RECEIPTS: '0' }));
  expect(await sendingOf(form, id)).toMatchObject({ outcome: 'unsure' });
  expect(await lettersAt('wang', form)).toEqual([]);
});

test('A1 the mail server goes away and comes back: the mailbox is read again', async () => {
  await centre.start(environment({ ZUOXI_MAIL_RECEIPTS: '0' }));
  await sendRaw(servers, [mail('重启之前')]);
  await bySubject('重启之前');
  await servers.restartImap();
  await sendRaw(servers, [mail('重启之后')]);
  expect(await bySubject('重启之后')).toMatchObject({ work: { state: 'waiting' } });
});

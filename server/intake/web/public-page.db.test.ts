import { v7 as uuidV7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callPass, messageAnswer, statusAnswer, ticketAnswer, webError } from '../../../contract/web.ts';
import { ticketHeader, webPaths } from '../../../contract/web-paths.ts';
import { pushInto, signInAt, type TestDesk, textClerk } from '../../sync/push.fixture.ts';
import { startTestPage, type TestPage } from './public-page.fixture.ts';

let page: TestPage;
beforeAll(async () => {
  page = await startTestPage();
});
afterAll(() => page.stop());

const png = (name: string, bytes = 100): File =>
  new File([Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(bytes)])], name);
const errorOf = (answer: { readonly json: () => unknown }) => webError.parse(answer.json()).error;
const post = (url: string, payload: object, remoteAddress = '198.51.100.9') =>
  page.app.inject({ method: 'POST', url, payload, remoteAddress });

describe('A1 web message', () => {
  test('A1 a message opens one form, with what was written and where it came from', async () => {
    const answer = await page.send({ files: [png('router.png')] });
    expect(answer.statusCode).toBe(200);
    const { number } = messageAnswer.parse(answer.json());
    const form = await page.forms.findByNumber(number);
    expect(form).toMatchObject({
      number,
      kind: 'complaint',
      status: 'draft',
      openedBy: 'CENTRE',
      origin: { via: 'web-message', name: '王小明', contact: '13800138000', language: 'zh' },
      fields: { callerName: '王小明', contactNumber: '13800138000', text: '宽带每晚断线。', channel: 'web-message' },
      work: { state: 'waiting', inbox: 'text' },
      attachments: [{ name: 'router.png', mediaType: 'image/png', size: 108 }],
    });
  });

  test('A1 a suggestion by e-mail, in English', async () => {
    const fields = { kind: 'suggestion', contactBy: 'e-mail', contact: 'wang@example.cn', language: 'en' };
    const { number } = messageAnswer.parse((await page.send({ fields })).json());
    expect(await page.forms.findByNumber(number)).toMatchObject({
      kind: 'suggestion',
      origin: { contact: 'wang@example.cn', language: 'en' },
      fields: { contactNumber: '' },
    });
  });

  test('A1 sent again, or five times at once, it is one form with one number', async () => {
    const before = await page.countForms();
    const ticket = await page.ticket();
    const fields = { key: uuidV7() };
    const sent = await Promise.all(Array.from({ length: 5 }, () => page.send({ fields, ticket })));
    page.pass(3_600_000);
    sent.push(await page.send({ fields }));
    const numbers = new Set(sent.map((answer) => messageAnswer.parse(answer.json()).number));
    expect(numbers.size).toBe(1);
    expect(await page.countForms()).toBe(before + 1);
  });

  test('A1 another text under the same key is another form: nothing written is taken for sent', async () => {
    const key = uuidV7();
    const first = messageAnswer.parse((await page.send({ fields: { key } })).json());
    const second = messageAnswer.parse((await page.send({ fields: { key, text: '另外，账单也不对。' } })).json());
    expect(second.number).not.toBe(first.number);
  });

  test('A1 each field tells what is wrong with it', async () => {
    const answer = await page.send({ fields: { contact: 'none', text: ' ' } });
    expect(answer.statusCode).toBe(422);
    expect(errorOf(answer)).toMatchObject({ code: 'fields', fields: { contact: 'not-a-number', text: 'missing' } });
  });

  test('A1 whoever fills in the field that is not shown is refused, and told so', async () => {
    const before = await page.countForms();
    expect(errorOf(await page.send({ fields: { website: 'http://spam.example' } })).code).toBe('looks-automatic');
    expect(await page.countForms()).toBe(before);
  });

  test('A1 a message that comes sooner than anybody writes waits', async () => {
    const { ticket } = ticketAnswer.parse((await page.app.inject({ url: webPaths.ticket })).json());
    page.pass(1_000);
    expect(errorOf(await page.send({ ticket }))).toMatchObject({ code: 'too-soon', waitMs: 2_000 });
    page.pass(2_000);
    expect((await page.send({ ticket })).statusCode).toBe(200);
  });

  test.each([
    ['none', ''],
    ['an invented one', 'MTc2NDAwMDAwMDAwMA.AAAA'],
    ['one signed for another purpose', undefined],
  ])('A1 a message with %s for a ticket is refused before it is read', async (_what, ticket) => {
    const other = messageAnswer.parse((await page.send({})).json()).statusToken;
    const answer = await page.send({ ticket: ticket ?? other });
    expect(answer.statusCode).toBe(403);
    expect(errorOf(answer).code).toBe('ticket-ended');
  });

  test('A1 a ticket ends after twelve hours', async () => {
    const ticket = await page.ticket();
    page.pass(12 * 3_600_000);
    expect(errorOf(await page.send({ ticket })).code).toBe('ticket-ended');
  });

  test('A1 one address may send so many in ten minutes, another one still can', async () => {
    const ticket = await page.ticket();
    const statuses: number[] = [];
    for (let sent = 0; sent < 12; sent++)
      statuses.push((await page.send({ ticket, from: `2001:db8:5:6::${sent}`, fields: { text: '' } })).statusCode);
    expect(statuses.filter((status) => status === 429)).toHaveLength(2);
    expect((await page.send({ ticket, from: '2001:db8:5:7::1' })).statusCode).toBe(200);
  });

  test('A1 the word of a proxy that is not trusted is not taken for the address', async () => {
    const ask = (forwarded: string, remoteAddress: string) =>
      page.app.inject({
        method: 'POST',
        url: webPaths.status,
        payload: {},
        remoteAddress,
        headers: { 'x-forwarded-for': forwarded },
      });
    const left = async (forwarded: string, remoteAddress: string) =>
      Number((await ask(forwarded, remoteAddress)).headers['x-ratelimit-remaining']);
    expect(await left('203.0.113.201', '198.51.100.50')).toBe((await left('203.0.113.202', '198.51.100.50')) + 1);
    expect(await left('203.0.113.201', '192.0.2.1')).toBe(await left('203.0.113.202', '192.0.2.1'));
  });
});

describe('A1 attachments', () => {
  test.each([
    ['a program', new File([Buffer.from('MZ\u0000\u0003')], 'photo.jpg')],
    ['a page', new File(['<!doctype html><script>1</script>'], 'note.txt')],
    ['a drawing that runs scripts', new File(['<svg xmlns="http://www.w3.org/2000/svg"/>'], 'a.png')],
    ['an archive', new File([Buffer.from('504b0304', 'hex')], 'a.pdf')],
    ['nothing', new File([], 'empty.txt')],
  ])('A1 %s is refused whatever its name says', async (_what, file) => {
    const answer = await page.send({ files: [file] });
    expect(errorOf(answer)).toMatchObject({ code: 'file-kind', file: file.name });
  });

  test('A1 a file keeps no path, no odd sign, and the ending of what it is', async () => {
    const files = [png('../../etc/<b>.exe'), new File(['你好'], '说明.TXT'), png('.png')];
    const { number } = messageAnswer.parse((await page.send({ files })).json());
    const names = (await page.forms.findByNumber(number))?.attachments.map(({ name }) => name);
    expect(names).toEqual(['b.exe.png', '说明.TXT', 'file.png']);
  });

  test('A1 too many, too large, too large together', async () => {
    expect(errorOf(await page.send({ files: Array.from({ length: 6 }, (_, at) => png(`${at}.png`)) })).code).toBe(
      'too-many-files',
    );
    const large = png('large.png', 10 * 1024 * 1024);
    expect(errorOf(await page.send({ files: [large] }))).toMatchObject({ code: 'file-too-large', file: 'large.png' });
    const two = [png('1.png', 7 * 1024 * 1024), png('2.png', 7 * 1024 * 1024), png('3.png', 6.2 * 1024 * 1024)];
    expect(errorOf(await page.send({ files: two })).code).toBe('files-too-large');
    const beyond = [png('1.png', 9 * 1024 * 1024), png('2.png', 9 * 1024 * 1024), png('3.png', 9 * 1024 * 1024)];
    expect((await page.send({ files: beyond })).statusCode).toBe(413);
  });
});

describe('A1 garbage', () => {
  test.each([
    ['no multipart', 'multipart/form-data; boundary=x', 'garbage'],
    ['no boundary', 'multipart/form-data', '--x--'],
    ['JSON', 'application/json', '{"text":"hi"}'],
    ['nothing', 'multipart/form-data; boundary=x', ''],
    ['half a part', 'multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nhal'],
  ])('A1 %s is refused, and harms nobody', async (_what, type, payload) => {
    const answer = await page.app.inject({
      method: 'POST',
      url: webPaths.message,
      remoteAddress: '198.51.100.77',
      headers: { [ticketHeader]: await page.ticket(), 'content-type': type },
      payload,
    });
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.statusCode).toBeLessThan(500);
    expect(webError.safeParse(answer.json()).success).toBe(true);
  });

  test('A1 NUL and other controls reach no record', async () => {
    const { number } = messageAnswer.parse((await page.send({ fields: { text: 'a\u0000b\u0008c\u202ed' } })).json());
    expect((await page.forms.findByNumber(number))?.fields.text).toBe('abcd');
  });
});

describe('A4 check-back by web message', () => {
  let clerk: TestDesk;
  beforeAll(async () => {
    clerk = await signInAt(page.records, textClerk);
  });
  const asked = async () => {
    const sent = messageAnswer.parse((await page.send({})).json());
    const form = await page.forms.findByNumber(sent.number);
    if (!form) throw new Error('no form');
    const question = crypto.randomUUID();
    const ask = (id: string, channel: 'web-message' | 'call', text: string) =>
      clerk.make('form.check-back', form.id, {
        id,
        channel,
        to: '13800138000',
        text,
        remindAt: page.now() + 86_400_000,
      });
    const { results } = await pushInto(page.records, { clock: page.now }).take(
      [
        clerk.make('form.claim', form.id, {}),
        clerk.make('form.note', form.id, { text: '内部备注' }),
        ask(question, 'web-message', '请问是哪一天开始的？'),
        ask(crypto.randomUUID(), 'call', '电话里问的'),
      ],
      clerk.session,
    );
    expect(results.map(({ outcome }) => outcome)).toEqual(Array(4).fill('applied'));
    return { ...sent, form: form.id, question };
  };

  test('A4 the sender reads the question by the link and answers it; it stands on the form', async () => {
    const { statusToken: token, number, form, question } = await asked();
    const shown = await post(webPaths.status, { token });
    expect(statusAnswer.parse(shown.json())).toMatchObject({
      number,
      progress: 'in-hand',
      questions: [{ id: question, text: '请问是哪一天开始的？', answer: null }],
    });
    expect(shown.body).not.toContain('内部备注');
    expect(shown.body).not.toContain('电话里问的');
    const answered = await post(webPaths.answer, { token, question, text: ' 上周二\r\n晚上 ' });
    expect(statusAnswer.parse(answered.json()).questions[0]?.answer?.text).toBe('上周二\n晚上');
    const kept = await page.forms.findById(form);
    expect(kept?.checkBacks.find(({ id }) => id === question)?.answer?.text).toBe('上周二\n晚上');
  });

  test('A4 the same answer again is taken for the first; another one is refused, and nothing is lost', async () => {
    const { statusToken: token, question } = await asked();
    await post(webPaths.answer, { token, question, text: '上周二' });
    expect((await post(webPaths.answer, { token, question, text: '上周二' })).statusCode).toBe(200);
    const other = await post(webPaths.answer, { token, question, text: '不，是周三' });
    expect(errorOf(other).code).toBe('answered-already');
  });

  test('A4 an empty answer and a question of another form are refused', async () => {
    const { statusToken: token, question } = await asked();
    const another = await asked();
    expect(errorOf(await post(webPaths.answer, { token, question, text: ' ' })).fields).toEqual({ answer: 'missing' });
    expect((await post(webPaths.answer, { token, question: another.question, text: 'x' })).statusCode).toBe(404);
  });

  test('A4 nobody gets at a form without its link', async () => {
    const { statusToken, form } = await asked();
    const [body = ''] = statusToken.split('.');
    const forged = [form, `${body}.${'A'.repeat(43)}`, `${body}.`, statusToken.slice(0, -1), `${statusToken}.x`, ''];
    for (const token of forged)
      expect((await post(webPaths.status, { token }, '198.51.100.8')).statusCode, token).toBe(404);
    // A ticket is sealed by the same key, for another purpose.
    expect((await post(webPaths.status, { token: await page.ticket() }, '198.51.100.8')).statusCode).toBe(404);
  });
});

describe('A1 web voice passes', () => {
  const askPass = async (remoteAddress: string, ticket?: string) =>
    page.app.inject({
      method: 'POST',
      url: webPaths.callPass,
      remoteAddress,
      headers: { [ticketHeader]: ticket ?? (await page.ticket()) },
    });

  test('A1 a pass is a guest account that may call the hotline for a minute', async () => {
    const pass = callPass.parse((await askPass('198.51.100.20')).json());
    expect(pass).toMatchObject({ webSocketPath: '/sip', domain: 'zuoxi', hotline: '1000' });
    const account = page.guests.find(pass.username);
    expect(account).toMatchObject({ kind: 'guest', dials: '1000', source: '198.51.100.20' });
    if (account?.kind !== 'guest') throw new Error('no guest');
    expect(account.mayCallUntil - page.now()).toBe(60_000);
    page.pass(4 * 3_600_000);
    expect(page.guests.find(pass.username)).toBeUndefined();
  });

  test('A1 no pass without a ticket, and so many in ten minutes', async () => {
    expect(errorOf(await askPass('198.51.100.21', 'x.y')).code).toBe('ticket-ended');
    const statuses: number[] = [];
    for (let asked = 0; asked < 11; asked++) statuses.push((await askPass('198.51.100.22')).statusCode);
    expect(statuses.filter((status) => status === 200)).toHaveLength(10);
    expect(statuses.at(-1)).toBe(429);
  });
});

describe('A1 the page', () => {
  test('A1 it comes with a strict content security policy and asks for nobody else', async () => {
    const answer = await page.app.inject({ url: '/service/' });
    expect(answer.statusCode).toBe(200);
    const policy = String(answer.headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*|data:/);
    expect(answer.headers).toMatchObject({
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'permissions-policy': expect.stringContaining('microphone=(self)'),
    });
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect((await page.app.inject({ url: '/service/', headers: { 'if-none-match': '"1"' } })).statusCode).toBe(304);
  });

  test.each([
    '/service/../server/main.ts',
    '/service/%2e%2e/package.json',
    '/service/assets/..%2f..%2fkey',
    '/service/nothing',
  ])('A1 %s is no page', async (url) => {
    expect((await page.app.inject({ url })).statusCode).toBe(404);
  });

  test.each(['/service', '/service?next=https://evil.example', '/service?//evil.example'])(
    'A1 %s leads to the page and nowhere else',
    async (url) => {
      const answer = await page.app.inject({ url });
      expect(answer.statusCode).toBe(308);
      expect(answer.headers.location).toBe('/service/');
    },
  );
});

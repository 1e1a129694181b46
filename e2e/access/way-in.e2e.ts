import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { spokenDigits, spokenMoney, spokenMonth } from '../../domain/access/spoken-number.ts';
import { callerVoiceFile } from '../caller/caller-voice.ts';
import { type Centre, startCentre } from '../stage/centre.ts';
import { type KeptRecords, readRecords } from '../stage/read-records.ts';
import { linearOf, segmentSamples } from './said.ts';
import { callIn, likeEnough, type VoiceCaller } from './voice-caller.ts';

/**
 * Callers by sipp on the real switch, all at once and with no agent at any desk; what they left is read from the
 * records afterwards. Keys go as RFC 4733, those of one caller as SIP INFO.
 */
const work = mkdtempSync(join(tmpdir(), 'zuoxi-way-in-'));
const sample = join(import.meta.dirname, '../../build/line-records/sample.csv');
const voice = readFileSync(callerVoiceFile);
const segmentSeconds = 3;

let centre: Centre;
let kept: KeptRecords;
const callers: VoiceCaller[] = [];

const call = async (from: string, steps?: Parameters<typeof callIn>[0]['steps']): Promise<VoiceCaller> => {
  const caller = await callIn({
    sipPort: centre.sipPort,
    from,
    workDir: join(work, from),
    ...(steps ? { steps } : {}),
  });
  callers.push(caller);
  return caller;
};
const toOffer = async (caller: VoiceCaller): Promise<void> => {
  await caller.hears('zh/welcome');
  await caller.press('1');
  await caller.hears('zh/service-menu');
  await caller.press('1');
  await caller.hears('zh/queue-joined');
  await caller.hears('zh/overflow-offer');
};

/** Each caller's way; the answers are told to the tests. */
const ways = {
  callback: async () => {
    const caller = await call('13800000001');
    await toOffer(caller);
    await caller.press('1');
    await caller.hears('zh/own-number');
    await caller.press('2');
    await caller.hears('zh/key-callback-number');
    await caller.press('0105551234#');
    await caller.hears('zh/number-keyed');
    await caller.hears('zh/number-keys');
    const readBack = caller.heardInARow(['zh/number-keyed', ...spokenDigits('0105551234', 'zh')]);
    await caller.press('1');
    await caller.hears('zh/callback-kept');
    await caller.hears('zh/anything-else');
    await caller.press('1');
    await caller.hears('zh/service-menu');
    await caller.press('1');
    await caller.hears('zh/overflow-offer');
    await caller.press('1');
    await caller.hears('zh/own-number');
    await caller.press('*');
    await caller.hears('zh/anything-else');
    await caller.press('2');
    await caller.hears('zh/goodbye');
    return { readBack, ended: await caller.ended };
  },
  waiting: async () => {
    const caller = await call('13800000002');
    await toOffer(caller);
    await caller.press('3');
    await caller.hears('music/hold');
    await caller.hears('zh/overflow-offer');
    await caller.press('1');
    await caller.hears('zh/own-number');
    await caller.press('1');
    await caller.hears('zh/callback-kept');
    await caller.press('2');
    return { ended: await caller.ended };
  },
  message: async () => {
    const caller = await call('13800000003');
    await toOffer(caller);
    await caller.press('2');
    await caller.hears('zh/own-number');
    await caller.press('1');
    await caller.hears('zh/message-intro');
    await caller.press('#');
    await caller.hears('tones/record');
    await sleep(500);
    let full = false;
    const asked = caller.hears('zh/message-continue').then(() => {
      full = true;
    });
    await caller.say(voice, () => !full);
    await asked;
    await caller.press('1');
    await caller.hears('tones/record');
    await sleep(500);
    await caller.say(voice.subarray(0, 8_000));
    await caller.press('#');
    await caller.hears('zh/message-playback');
    await caller.hears('zh/message-keys');
    await caller.press('1');
    await caller.hears('zh/message-kept');
    await caller.press('2');
    return { ended: await caller.ended };
  },
  hangUp: async () => {
    const caller = await call('13800000004', ({ pause, bye }) => `${pause(45_000)}${bye(2)}`);
    await toOffer(caller);
    await caller.press('2');
    await caller.hears('zh/own-number');
    await caller.press('1');
    await caller.hears('zh/message-intro');
    await caller.press('#');
    await caller.hears('tones/record');
    await caller.say(voice.subarray(0, 12_000));
    return { ended: await caller.ended };
  },
  fault: async () => {
    const caller = await call('13800000005');
    await caller.hears('zh/welcome');
    await caller.press('1');
    await caller.hears('zh/service-menu');
    await caller.press('2');
    await caller.hears('zh/key-fault-line');
    await caller.press('01066669999#');
    await caller.hears('zh/line-unknown');
    await caller.hears('zh/key-fault-line');
    await caller.press('01066660001#');
    await caller.hears('zh/fault-kinds');
    await caller.press('3');
    await caller.hears('zh/fault-booked');
    await caller.hears('zh/hear-again');
    await caller.press('1');
    await caller.hears('zh/fault-booked');
    await caller.hears('zh/hear-again');
    await caller.press('#');
    await caller.hears('zh/anything-else');
    await caller.press('2');
    return { caller, ended: await caller.ended };
  },
  bill: async () => {
    const caller = await call('13800000006');
    await caller.hears('en/welcome');
    await caller.press('2');
    await caller.hears('en/service-menu');
    await caller.press('5');
    await caller.hears('en/key-bill-line');
    await caller.press('01066660001#');
    await caller.hears('en/bill-password');
    await caller.press('111111#');
    await caller.hears('en/bill-mismatch');
    await caller.hears('en/key-bill-line');
    await caller.press('01066660001#');
    await caller.hears('en/bill-password');
    await caller.press('246810#');
    await caller.hears('en/bill-of');
    await caller.hears('en/hear-again');
    const amount = caller.heardInARow([
      'en/bill-of',
      ...spokenMonth(10, 'en'),
      'en/bill-is',
      ...spokenMoney(12_345, 'en'),
    ]);
    await caller.press('#');
    await caller.hears('en/anything-else');
    await caller.press('2');
    return { amount, ended: await caller.ended };
  },
  byInfo: async () => {
    const caller = await call('13800000007', ({ info, pause }) =>
      [
        pause(1_500),
        info('1', 2),
        pause(1_500),
        info('1', 3),
        pause(9_000),
        info('1', 4),
        pause(2_000),
        info('1', 5),
      ].join('\n'),
    );
    await caller.hears('zh/service-menu');
    await caller.hears('zh/overflow-offer');
    await caller.hears('zh/own-number');
    await caller.hears('zh/callback-kept');
    return { ended: await caller.ended };
  },
};
type Ways = typeof ways;
let went: { readonly [Way in keyof Ways]: PromiseSettledResult<Awaited<ReturnType<Ways[Way]>>> };

const outcome = <Value>(settled: PromiseSettledResult<Value>): Value => {
  if (settled.status === 'rejected') throw settled.reason;
  return settled.value;
};

beforeAll(async () => {
  centre = await startCentre({
    dataDir: join(work, 'centre'),
    environment: {
      ZUOXI_OFFER_SECONDS: '2',
      ZUOXI_OFFER_AGAIN_SECONDS: '4',
      ZUOXI_SEGMENT_SECONDS: String(segmentSeconds),
      ZUOXI_KEY_SECONDS: '15',
      ZUOXI_LINE_RECORDS: `csv:${sample}`,
    },
  });
  const settle = async <Value>(way: () => Promise<Value>) => (await Promise.allSettled([way()]))[0];
  const [callback, waiting, message, hangUp, fault, bill, byInfo] = await Promise.all([
    ...([settle(ways.callback), settle(ways.waiting), settle(ways.message), settle(ways.hangUp)] as const),
    ...([settle(ways.fault), settle(ways.bill), settle(ways.byInfo)] as const),
  ]);
  went = { callback, waiting, message, hangUp, fault, bill, byInfo };
  await centre.stop();
  kept = await readRecords(centre.dataDir);
}, 240_000);
afterAll(async () => {
  for (const caller of callers) caller.kill();
  await centre?.kill();
  rmSync(work, { recursive: true, force: true });
});

const formOf = (caller: string) => {
  const forms = kept.forms.filter(({ origin }) => 'caller' in origin && origin.caller === caller);
  expect(forms, `forms of ${caller}`).toHaveLength(1);
  const [form] = forms;
  if (!form) throw new Error(`no form of ${caller}`);
  return form;
};

describe('the way in, by callers of sipp', () => {
  test('A5 A6 A8 RFC 4733: the offer, a number keyed and read back, the callback kept, back to the menu, out', () => {
    const { readBack, ended } = outcome(went.callback);
    expect(readBack).toBeGreaterThanOrEqual(likeEnough);
    expect(ended).toBe(0);
    expect(formOf('13800000001').origin).toMatchObject({ via: 'callback', number: '0105551234', language: 'zh' });
  });

  test('A5 keeping waiting: music, and the offer again', () => {
    expect(outcome(went.waiting).ended).toBe(0);
    expect(formOf('13800000002').origin).toMatchObject({ via: 'callback', number: '13800000002' });
  });

  test('A6 SIP INFO: the same way by keys of another kind', () => {
    expect(outcome(went.byInfo).ended).toBe(0);
    expect(formOf('13800000007').origin).toMatchObject({ via: 'callback', number: '13800000007' });
  });

  test('A7 a message in segments, each sample as it was sent', () => {
    expect(outcome(went.message).ended).toBe(0);
    const { origin } = formOf('13800000003');
    expect(origin).toMatchObject({ via: 'voice-message', number: '13800000003', ending: { complete: true } });
    if (origin.via !== 'voice-message') throw new Error(origin.via);
    expect(origin.recording[0]?.ms).toBe(segmentSeconds * 1_000);
    expect(origin.recording).toHaveLength(2);
    for (const { sha256 } of origin.recording) expectSaid(sha256);
  });

  test('A7 a hang-up in the middle keeps what was said, and marks it', () => {
    expect(outcome(went.hangUp).ended).toBe(0);
    const { origin } = formOf('13800000004');
    expect(origin).toMatchObject({ via: 'voice-message', ending: { complete: false, reason: 'hung-up' } });
  });

  test('A2 112: an unknown line, a known one, the kind; the number of the form is read, and again', () => {
    const { caller, ended } = outcome(went.fault);
    expect(ended).toBe(0);
    const { origin, kind, number } = formOf('13800000005');
    expect(origin).toMatchObject({ via: 'fault-line', lineNumber: '01066660001' });
    expect(kind).toBe('fault');
    expect(caller.heardInARow(['zh/fault-booked', ...spokenDigits(number, 'zh')])).toBeGreaterThanOrEqual(likeEnough);
  });

  test('A2 170: a wrong password, the right one, the amount in English', () => {
    const { amount, ended } = outcome(went.bill);
    expect(amount).toBeGreaterThanOrEqual(likeEnough);
    expect(ended).toBe(0);
  });

  test('A2 170: no log line of the server holds the password', () => {
    const log = readFileSync(join(centre.dataDir, 'server.log'), 'utf8');
    expect(log).toContain('a caller arrived');
    expect(log).not.toContain('246810');
  });

  test('A7 the spool is empty: each message was filed once', () => {
    expect(readdirSync(join(centre.dataDir, 'messages'))).toEqual([]);
  });
});

/** What was said is in the segment, sample for sample, and the rest of it is silence. */
const expectSaid = (sha256: string): void => {
  const { samples, firstSound, lastSound } = segmentSamples(centre.dataDir, sha256);
  expect(lastSound - firstSound, 'samples of speech').toBeGreaterThan(4_000);
  expect(linearOf(voice).indexOf(samples.subarray(2 * firstSound, 2 * lastSound))).toBeGreaterThanOrEqual(0);
};

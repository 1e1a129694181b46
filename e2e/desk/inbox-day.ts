import { join } from 'node:path';
import type { Origin } from '../../domain/forms/origin.ts';
import { readWav, SAMPLE_RATE_HZ } from '../audio/wav.ts';
import type { Filling } from '../stage/fill-inboxes.ts';
import { makePdf, makeTiff } from './make-scans.ts';

const minuteMs = 60_000;
const voice = readWav(join(import.meta.dirname, '../voices/agent.wav'));

/** Seconds of a real voice, as a segment of a message is kept. */
export const spoken = (fromSecond: number, seconds: number): Buffer => {
  const samples = voice.subarray(fromSecond * SAMPLE_RATE_HZ, (fromSecond + seconds) * SAMPLE_RATE_HZ);
  const bytes = Buffer.alloc(44 + 2 * samples.length);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  for (const [at, value] of [
    [16, 16],
    [24, SAMPLE_RATE_HZ],
    [28, 2 * SAMPLE_RATE_HZ],
  ] as const) {
    bytes.writeUInt32LE(value, at);
  }
  for (const [at, value] of [
    [20, 1],
    [22, 1],
    [32, 2],
    [34, 16],
  ] as const) {
    bytes.writeUInt16LE(value, at);
  }
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(2 * samples.length, 40);
  for (const [i, sample] of samples.entries()) bytes.writeInt16LE(Math.round(sample * 32_767), 44 + 2 * i);
  return bytes;
};

type Message = Extract<Origin, { via: 'voice-message' }>;

/** A form that came in as a voice message of these segments; its id. */
export const leaveMessage = async (
  filling: Filling,
  number: string,
  segments: readonly Buffer[],
  ending: Message['ending'] = { complete: true },
): Promise<string> => {
  const recording = [];
  for (const bytes of segments) {
    recording.push({ sha256: await filling.keep(bytes), ms: Math.round((bytes.length - 44) / 2 / 8) });
  }
  const leftAt = Date.now() - 12 * minuteMs;
  const caller = { caller: number, language: 'zh', service: '180', contactId: `message-${number}` } as const;
  return filling.open({
    kind: 'complaint',
    origin: { via: 'voice-message', number, ...caller, recording, ending, leftAt },
    fields: { contactNumber: number },
    attachments: [],
  });
};

/** A form that came in as the wish to be called back; its id. */
export const askForCallback = (filling: Filling, number: string): Promise<string> => {
  const askedAt = Date.now() - 25 * minuteMs;
  const caller = { caller: number, language: 'en', service: '180', contactId: `callback-${number}` } as const;
  return filling.open({
    kind: 'complaint',
    origin: {
      via: 'callback',
      number,
      ...caller,
      askedAt,
      window: { from: askedAt, to: Date.now() + 8 * 60 * minuteMs },
    },
    fields: { contactNumber: number },
    attachments: [],
  });
};

/** What came in writing: a mail with a scan, one that is broken, a web message, a fax. */
export const sendWriting = async (filling: Filling): Promise<void> => {
  const receivedAt = Date.now() - 40 * minuteMs;
  const mail = { via: 'e-mail', to: '1000@telecom.example', references: [], receivedAt, problem: null } as const;
  const text =
    '您好：\n我家宽带自上周三起每晚八点后频繁断线，已三次拨打热线仍未修好，请尽快派人检修并说明原因。\n账单见附件。\n张建国';
  await filling.open({
    kind: 'complaint',
    origin: {
      ...mail,
      from: 'zhang.jianguo@example.com',
      fromName: '张建国',
      subject: '宽带反复断线',
      messageId: 'a1@example.com',
      excerpt: text.slice(0, 60),
    },
    fields: { callerName: '张建国', text },
    attachments: [await filling.attach('账单.pdf', 'application/pdf', makePdf(['Bill, October']))],
  });
  await filling.open({
    kind: 'complaint',
    origin: {
      ...mail,
      from: 'unknown@example.com',
      fromName: '',
      subject: '',
      messageId: 'a2@example.com',
      excerpt: '',
      problem: { code: 'broken-mime', detail: 'boundary never closed' },
    },
    fields: {},
    attachments: [],
  });
  await filling.open({
    kind: 'suggestion',
    origin: { via: 'web-message', name: 'Mary Smith', contact: 'mary@example.com', language: 'en', receivedAt },
    fields: { callerName: 'Mary Smith', text: 'Please let the voice menu repeat the English options more slowly.' },
    attachments: [],
  });
  await filling.open({
    kind: 'complaint',
    origin: { via: 'fax', fromNumber: '01066668888', receivedAt, fileName: 'fax-0017.tif', problem: null },
    fields: {},
    attachments: [await filling.attach('fax-0017.tif', 'image/tiff', makeTiff([235, 220]))],
  });
};

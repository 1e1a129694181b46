import type { Origin, OriginVia } from './origin.ts';

const caller = { caller: '02087654321', language: 'zh', service: '180', contactId: 'contact-1' } as const;

/** One of each, with nothing wrong about it. */
export const origins: { readonly [Via in OriginVia]: Extract<Origin, { via: Via }> } = {
  desk: { via: 'desk', channel: 'voice' },
  callback: { via: 'callback', number: '13900001111', ...caller, askedAt: 1, window: { from: 1, to: 100_000 } },
  'voice-message': {
    via: 'voice-message',
    number: '13900001111',
    ...caller,
    recording: [
      { sha256: 'a'.repeat(64), ms: 300_000 },
      { sha256: 'b'.repeat(64), ms: 41_000 },
    ],
    ending: { complete: true },
    leftAt: 1,
  },
  'e-mail': {
    via: 'e-mail',
    from: 'zhang@example.com',
    fromName: '张三',
    to: '1000@telecom.example',
    subject: '宽带慢',
    messageId: 'first@example.com',
    references: [],
    receivedAt: 1,
    excerpt: '这两天宽带很慢',
    problem: null,
  },
  'web-message': { via: 'web-message', name: '李四', contact: '13900002222', language: 'zh', receivedAt: 1 },
  'fault-line': { via: 'fault-line', lineNumber: '02087654321', ...caller, bookedAt: 1 },
  fax: { via: 'fax', fromNumber: '02012345678', receivedAt: 1, fileName: 'fax-0001.tif', problem: null },
};

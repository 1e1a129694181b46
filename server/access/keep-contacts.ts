import { createReadStream } from 'node:fs';
import { channelOfCall } from '../../domain/access/call-origin.ts';
import type { FaultKind } from '../../domain/access/fault-kinds.ts';
import type { Rating } from '../../domain/access/voice-call.ts';
import type { Segment } from '../../domain/forms/origin.ts';
import type { Contact } from '../floor/contact.ts';
import type { CentreForms } from '../forms/centre-forms.ts';
import { type AttachmentStore, hashOfFile } from '../records/attachment-store.ts';
import type { ContactKeeper, KeptMessage } from './contact-keeper.ts';

export interface KeepContactsParts {
  readonly forms: Pick<CentreForms, 'open'>;
  readonly store: Pick<AttachmentStore, 'keep'>;
  readonly clock: () => number;
  /** UUIDv7s. */
  readonly newId: () => string;
  readonly callbackWindowHours: number;
  readonly keepRating: (contactId: string, outcome: Rating) => Promise<void>;
}

/** What a fault is called on its form. */
const faultTexts: Record<FaultKind, string> = {
  'no-dial-tone': '没有拨号音 no dial tone',
  noise: '有杂音 noise',
  broadband: '宽带故障 broadband',
  other: '其他故障 other',
};

/** Callers' callbacks, messages and faults as forms that the centre opens. */
export const keepContacts = (parts: KeepContactsParts): ContactKeeper => {
  const { forms, store, clock, newId } = parts;

  const open = async (request: Parameters<CentreForms['open']>[0]) => {
    const opened = await forms.open(request);
    if (!opened.ok) throw new Error(`a form was refused: ${opened.error.code}`);
    return opened.value;
  };
  const callerOf = ({ caller, language, service, contactId }: Contact) => ({ caller, language, service, contactId });

  return {
    keepCallback: async (contact, number) => {
      const askedAt = clock();
      await open({
        form: newId(),
        operation: newId(),
        kind: 'complaint',
        origin: {
          via: 'callback',
          number,
          ...callerOf(contact),
          askedAt,
          window: { from: askedAt, to: askedAt + parts.callbackWindowHours * 3_600_000 },
        },
        fields: { contactNumber: number, channel: channelOfCall(contact.origin) },
        attachments: [],
      });
    },
    keepMessage: async ({ form, operation, contact, number, ended, segments }) => {
      const recording: Segment[] = [];
      for (const { file, ms } of segments) {
        const sha256 = await hashOfFile(file);
        const kept = await store.keep(sha256, createReadStream(file));
        if (!kept.ok) throw new Error(`a segment was refused: ${kept.error}`);
        recording.push({ sha256, ms: Math.round(ms) });
      }
      await open({
        form,
        operation,
        kind: 'complaint',
        origin: {
          via: 'voice-message',
          number,
          ...callerOf(contact),
          recording,
          ending: endingOf(ended.how),
          leftAt: ended.at,
        },
        fields: { contactNumber: number, channel: channelOfCall(contact.origin) },
        attachments: [],
      });
    },
    keepRating: ({ contactId }, outcome) => parts.keepRating(contactId, outcome),
    bookFault: async (contact, line, kind) => {
      const booked = await open({
        form: newId(),
        operation: newId(),
        kind: 'fault',
        origin: { via: 'fault-line', lineNumber: line, ...callerOf(contact), bookedAt: clock() },
        fields: {
          account: line,
          contactNumber: contact.caller,
          text: faultTexts[kind],
          channel: channelOfCall(contact.origin),
        },
        attachments: [],
      });
      return booked.number;
    },
  };
};

const endingOf = (how: KeptMessage['ended']['how']) =>
  how === 'confirmed' ? ({ complete: true } as const) : ({ complete: false, reason: how } as const);

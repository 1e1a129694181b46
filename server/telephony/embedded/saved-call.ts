import { z } from 'zod';
import type { ChannelId } from '../port.ts';

/** A caller's answered call as it must be known again after a kill: its dialog, and where its voice comes in. */
export const savedCall = z.object({
  channel: z.string().transform((id) => id as ChannelId),
  user: z.string(),
  /** The caller's number. */
  caller: z.string(),
  remote: z.object({ address: z.string(), port: z.int() }),
  dialog: z.object({
    callId: z.string(),
    localTag: z.string(),
    remoteTag: z.string(),
    local: z.string(),
    remote: z.string(),
    remoteTarget: z.string(),
    routeSet: z.array(z.string()),
    localSequence: z.int(),
    remoteSequence: z
      .int()
      .optional()
      .transform((sequence) => sequence),
  }),
  /** The caller's SDP, and ours: the latter names the port that the caller sends to. */
  offer: z.string(),
  answer: z.string(),
});
export type SavedCall = z.infer<typeof savedCall>;

export interface CallJournal {
  readonly keep: (key: string, call: SavedCall) => void;
  readonly forget: (key: string) => void;
  readonly all: () => readonly SavedCall[];
}

export const noJournal: CallJournal = { keep: () => undefined, forget: () => undefined, all: () => [] };

import { join } from 'node:path';
import type { Language } from '../../domain/access/language.ts';
import { announcementClips } from '../../domain/announcement/clips.ts';
import { findClipInPieces, type Match } from '../audio/find-clip.ts';
import { readWav, SAMPLE_RATE_HZ, type Samples } from '../audio/wav.ts';
import { callerVoice } from '../caller/caller-voice.ts';

const root = join(import.meta.dirname, '../..');
const voices = join(root, 'e2e/voices');

/** What the ear finds in the two recordings of a journey. */
export interface Findings {
  /** The announcement of the staff number in what the caller heard; its start after the ACK, in ms. */
  readonly announcement: { readonly score: number; readonly startsAfterMs: number; readonly endsAfterMs: number };
  /** The agent's voice between the answer and the announcement's end: how alike, at most. */
  readonly voiceBeforeEnd: number;
  /** The agent's voice after the announcement. */
  readonly voiceAfter: number;
  /** The caller's voice in what the agent heard. */
  readonly callerAtDesk: number;
}

/** Longer than any announcement of ours after the answer. */
const announcementWithinMs = 15_000;
const excerptMs = 2_000;

/**
 * A voice mixed under the announcement at its level scores well above this, other sound well below
 * (listen.test.ts shows both).
 */
export const openMicrophoneFrom = 0.4;

export const listen = (recordings: {
  readonly callerHeard: string;
  readonly callerHeardFrom: number;
  readonly acknowledgedAt: number;
  readonly agentHeard: string;
  readonly staffNumber: string;
  readonly language: Language;
}): Findings => {
  const heard = readWav(recordings.callerHeard);
  const answeredMs = recordings.acknowledgedAt - recordings.callerHeardFrom;
  const fromAnswer = heard.subarray(samplesIn(answeredMs));
  const clip = announcementOf(recordings.staffNumber, recordings.language);
  const { score, offsetMs } = findClipInPieces(clip, fromAnswer.subarray(0, samplesIn(announcementWithinMs)));
  const endsAfterMs = offsetMs + (clip.length / SAMPLE_RATE_HZ) * 1_000;
  const voice = readWav(join(voices, 'agent.wav'));
  return {
    announcement: { score, startsAfterMs: offsetMs, endsAfterMs },
    voiceBeforeEnd: likest(voice, fromAnswer.subarray(0, samplesIn(endsAfterMs))),
    voiceAfter: likest(voice, fromAnswer.subarray(samplesIn(endsAfterMs))),
    callerAtDesk: likest(callerVoice(), readWav(recordings.agentHeard)),
  };
};

const samplesIn = (ms: number): number => Math.max(0, Math.round((ms * SAMPLE_RATE_HZ) / 1_000));

/** The announcement as our clips, one after the other, make it. */
export const announcementOf = (staffNumber: string, language: Language): Samples =>
  join32(announcementClips(staffNumber, language).map((name) => readWav(join(root, 'build/prompts', `${name}.wav`))));

const join32 = (parts: readonly Samples[]): Samples => Float32Array.from(parts.flatMap((part) => [...part]));

/** The best match of any two seconds of a voice: the voice is said over and over, so the recording holds only parts. */
export const likest = (voice: Samples, recording: Samples): number => {
  const excerpt = samplesIn(excerptMs);
  const matches: Match[] = [];
  for (let at = 0; at + excerpt <= voice.length && excerpt <= recording.length; at += excerpt) {
    matches.push(findClipInPieces(voice.subarray(at, at + excerpt), recording));
  }
  return matches.reduce((best, { score }) => Math.max(best, score), 0);
};

/** What must hold of a journey (A3, P1), each with the figure it was judged by. */
export const judge = (found: Findings): readonly { readonly what: string; readonly holds: boolean }[] => [
  {
    what: `the caller heard the staff number: correlation ${found.announcement.score.toFixed(2)} (≥ 0.80)`,
    holds: found.announcement.score >= 0.8,
  },
  {
    what: `it began ${Math.round(found.announcement.startsAfterMs)} ms after the ACK (≤ 600)`,
    holds: found.announcement.startsAfterMs <= 600,
  },
  {
    what: `no microphone before its end: likeness ${found.voiceBeforeEnd.toFixed(2)} (< ${openMicrophoneFrom})`,
    holds: found.voiceBeforeEnd < openMicrophoneFrom,
  },
  {
    what: `then the caller heard the agent: correlation ${found.voiceAfter.toFixed(2)} (≥ 0.80)`,
    holds: found.voiceAfter >= 0.8,
  },
  {
    what: `the agent heard the caller: correlation ${found.callerAtDesk.toFixed(2)} (≥ 0.80)`,
    holds: found.callerAtDesk >= 0.8,
  },
];

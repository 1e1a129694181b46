import { ok, refused } from '../../../../domain/result.ts';
import type { LegKind, MediaEngine, MediaLeg, MediaLegEvent, PlaybackEnd } from '../media/media-leg.ts';

/** A media engine without sound: signalling is tried with it where RTP does not matter. */
export interface StillMedia extends MediaEngine {
  readonly legs: readonly StillLeg[];
}

export interface StillLeg extends MediaLeg {
  readonly closed: () => boolean;
  readonly onClosed: (listener: () => void) => void;
  readonly tell: (event: MediaLegEvent) => void;
}

export const stillSdp = (direction = 'sendrecv'): string =>
  [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    'c=IN IP4 127.0.0.1',
    't=0 0',
    'm=audio 9 RTP/AVP 0',
    `a=${direction}`,
    '',
  ].join('\r\n');

const promptMs = 50;

export const createStillMedia = (): StillMedia => {
  const legs: StillLeg[] = [];
  const endings = new Map<MediaLeg, (how: PlaybackEnd) => void>();
  const record = (
    recorded: readonly MediaLeg[],
    { maxMs, onEnd }: Parameters<MediaEngine['record']>[2] = {},
  ): ReturnType<MediaEngine['record']> => {
    const startedAt = Date.now();
    const end = (why: 'stopped' | 'full'): void => {
      if (timer.over) return;
      timer.over = true;
      clearTimeout(timer.id);
      onEnd?.({ why, ms: maxMs !== undefined && why === 'full' ? maxMs : Date.now() - startedAt });
    };
    const timer = { over: false, id: maxMs === undefined ? undefined : setTimeout(() => end('full'), maxMs) };
    for (const leg of legs) if (recorded.includes(leg)) leg.onClosed(() => end('stopped'));
    return { stop: () => Promise.resolve().then(() => end('stopped')) };
  };
  return {
    legs,
    openLeg: (kind) => {
      const leg = createStillLeg(kind);
      legs.push(leg);
      return Promise.resolve(ok(leg));
    },
    play: (leg, _prompts, repeat, onEnd) => {
      endings.get(leg)?.('stopped');
      const end = (how: PlaybackEnd): void => {
        if (endings.get(leg) !== end) return;
        endings.delete(leg);
        clearTimeout(timer);
        onEnd(how);
      };
      const timer = repeat === 'once' ? setTimeout(() => end('played'), promptMs) : undefined;
      endings.set(leg, end);
      return { stop: () => end('stopped') };
    },
    record: (leg, _file, options) => record([leg], options),
    recordPair: (pair, _file, onEnd) => record(pair, onEnd && { onEnd }),
    bridge: (bridged) => {
      for (const leg of bridged) endings.get(leg)?.('stopped');
      return { close: () => undefined };
    },
    hasPrompt: () => true,
    close: () => {
      for (const leg of legs) leg.close();
      return Promise.resolve();
    },
  };
};

const createStillLeg = (kind: LegKind): StillLeg => {
  const listeners = new Set<(event: MediaLegEvent) => void>();
  let peerHolds = false;
  let closed = false;
  const closedListeners: (() => void)[] = [];
  const take = (sdp: string) => {
    if (!sdp.startsWith('v=0')) return refused('malformed' as const);
    if (!sdp.includes('m=audio')) return refused('no-audio' as const);
    peerHolds = sdp.includes('a=sendonly') || sdp.includes('a=inactive');
    return ok(undefined);
  };
  return {
    kind,
    get peerHolds() {
      return peerHolds;
    },
    createOffer: () => Promise.resolve(stillSdp()),
    acceptAnswer: (sdp) => Promise.resolve(take(sdp)),
    acceptOffer: (sdp) => {
      const taken = take(sdp);
      return Promise.resolve(taken.ok ? ok(stillSdp()) : taken);
    },
    sendDigit: () => undefined,
    onEvent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => {
      closed = true;
      for (const listener of closedListeners.splice(0)) listener();
    },
    closed: () => closed,
    onClosed: (listener) => void closedListeners.push(listener),
    tell: (event) => {
      for (const listener of listeners) listener(event);
    },
  };
};

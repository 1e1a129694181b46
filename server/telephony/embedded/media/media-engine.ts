import { statSync } from 'node:fs';
import { ok, type Result, refused } from '../../../../domain/result.ts';
import type { Sound } from '../../port.ts';
import type { AudioStream } from './audio-stream.ts';
import { Bridge, type MixParty } from './bridge.ts';
import { FRAME_SAMPLES } from './g711.ts';
import type { LegKind, MediaEngine, MediaEngineOptions, MediaLeg, PlaybackEnd } from './media-leg.ts';
import { PairTap } from './pair-tap.ts';
import { type Clip, Playback } from './playback.ts';
import { PromptStore, readClip } from './prompt-store.ts';
import { Recorder, type RecordingEnd } from './recorder.ts';
import { RtpLeg } from './rtp-leg.ts';
import { RtpPorts } from './rtp-socket.ts';
import { StreamTap } from './stream-tap.ts';
import { Ticker } from './ticker.ts';
import { WebrtcLeg } from './webrtc-leg.ts';

const HOLD_MUSIC = 'music/hold';
/** In the place of a party that is gone. */
const silent: MixParty = { audio: { heard: new Int16Array(FRAME_SAMPLES), peerHolds: true } };

/** A leg with all that is going on on it. */
interface Party {
  readonly leg: MediaLeg;
  readonly audio: AudioStream;
  playback: Playback | undefined;
  /** Runs while everyone else in the bridge holds. */
  holdMusic: Playback | undefined;
  bridge: Bridge<Party> | undefined;
  readonly recordings: Set<Recording>;
}

/** Samples on their way to a file: a party's as they were sent, or what two parties say. */
interface Recording {
  readonly recorder: Recorder;
  readonly tap: StreamTap | PairTap;
}

export const createMediaEngine = (options: MediaEngineOptions): MediaEngine => new Engine(options);

class Engine implements MediaEngine {
  readonly #options: MediaEngineOptions;
  readonly #prompts: PromptStore;
  readonly #ports: RtpPorts;
  readonly #parties = new Map<MediaLeg, Party>();
  readonly #bridges = new Set<Bridge<Party>>();
  /** Recordings whose file is not complete yet. */
  readonly #recordings = new Set<Recording>();
  #iceLegs = 0;
  readonly #out = new Int16Array(FRAME_SAMPLES);
  readonly #ticker = new Ticker({
    tick: () => this.#tick(),
    skip: (frames) => {
      for (const { audio } of this.#parties.values()) audio.skip(frames);
      for (const { tap } of this.#recordings) if (tap instanceof PairTap) tap.skip(frames);
    },
  });

  constructor(options: MediaEngineOptions) {
    this.#options = options;
    this.#prompts = new PromptStore(options.promptFolders);
    this.#ports = new RtpPorts(options.bindAddress, options.rtpPorts);
  }

  openLeg = async (kind: LegKind, port?: number): Promise<Result<MediaLeg, 'no-port'>> => {
    const leg = kind === 'rtp' ? await this.#openRtp(port) : this.#openWebrtc();
    return leg ? ok(this.#admit(leg, leg.audio)) : refused('no-port');
  };

  play = (
    leg: MediaLeg,
    sounds: readonly Sound[],
    repeat: 'once' | 'for-ever',
    onEnd: (how: PlaybackEnd) => void,
  ): { stop: () => void } => {
    const party = this.#parties.get(leg);
    const playback = new Playback(party ? this.#clips(sounds) : [], repeat, onEnd);
    if (!party) {
      queueMicrotask(() => playback.end('stopped'));
      return { stop: () => undefined };
    }
    const before = party.playback;
    party.playback = playback;
    before?.end('stopped');
    const stop = (): void => {
      if (party.playback === playback) party.playback = undefined;
      playback.end('stopped');
    };
    return { stop };
  };

  record = (
    leg: MediaLeg,
    file: string,
    { maxMs, onEnd }: { readonly maxMs?: number | undefined; readonly onEnd?: (end: RecordingEnd) => void } = {},
  ): { stop: () => Promise<void> } => {
    const party = this.#parties.get(leg);
    const recorder = new Recorder(file, {
      maxMs,
      onEnd: (end) => {
        this.#forgetRecording(party, recording);
        if (end.error !== undefined) this.#options.warn('recording failed', { file, error: end.error });
        onEnd?.(end);
      },
    });
    const tap = new StreamTap((samples) => {
      if (!recorder.push(samples)) this.#forgetRecording(party, recording);
    });
    const recording: Recording = { recorder, tap };
    this.#recordings.add(recording);
    party?.recordings.add(recording);
    party?.audio.taps.add(tap);
    if (!party) void this.#finish(recording);
    return { stop: () => this.#finish(recording) };
  };

  recordPair = (
    [left, right]: readonly [MediaLeg, MediaLeg],
    file: string,
    onEnd?: (end: RecordingEnd) => void,
  ): { stop: () => Promise<void> } => {
    const parties = [left, right].flatMap((leg) => this.#parties.get(leg) ?? []);
    const recorder = new Recorder(file, {
      channels: 2,
      onEnd: (end) => {
        forget();
        if (end.error !== undefined) this.#options.warn('recording failed', { file, error: end.error });
        onEnd?.(end);
      },
    });
    const [one, two] = parties;
    const tap = new PairTap(one && two ? [one, two] : [silent, silent], (samples) => {
      if (!recorder.push(samples)) forget();
    });
    const recording: Recording = { recorder, tap };
    const forget = (): void => {
      for (const party of parties) party.recordings.delete(recording);
      this.#recordings.delete(recording);
    };
    this.#recordings.add(recording);
    for (const party of parties) party.recordings.add(recording);
    if (!one || !two) void this.#finish(recording);
    return { stop: () => this.#finish(recording) };
  };

  bridge = (legs: readonly MediaLeg[]): { close: () => void } => {
    const parties = legs.flatMap((leg) => this.#parties.get(leg) ?? []);
    for (const party of parties) {
      this.#leaveBridge(party);
      const { playback } = party;
      party.playback = undefined;
      playback?.end('stopped');
    }
    const bridge = new Bridge(parties);
    for (const party of parties) party.bridge = bridge;
    this.#bridges.add(bridge);
    return {
      close: () => {
        for (const party of [...bridge.parties]) this.#leaveBridge(party);
        this.#bridges.delete(bridge);
      },
    };
  };

  hasPrompt = (name: string): boolean => this.#prompts.find(name).ok;

  close = async (): Promise<void> => {
    for (const leg of [...this.#parties.keys()]) leg.close();
    this.#ticker.stop();
    await Promise.all([...this.#recordings].map((recording) => this.#finish(recording)));
  };

  async #openRtp(port: number | undefined): Promise<RtpLeg | undefined> {
    const socket = await (port === undefined ? this.#ports.open() : this.#ports.openAt(port));
    if (!socket) return undefined;
    const { bindAddress, advertisedAddress = bindAddress, latchSources } = this.#options;
    const leg: RtpLeg = new RtpLeg(socket, { advertisedAddress, latchSources, onClose: () => this.#forget(leg) });
    return leg;
  }

  #openWebrtc(): WebrtcLeg {
    const { bindAddress, advertisedAddress = bindAddress, rtpPorts, warn } = this.#options;
    const leg: WebrtcLeg = new WebrtcLeg({
      bindAddress,
      advertisedAddress,
      ports: { first: this.#nextIcePort(), last: rtpPorts.last },
      warn,
      onClose: () => this.#forget(leg),
    });
    return leg;
  }

  /**
   * Where the WebRTC library begins to look for a free port. It tries them one by one and takes what it
   * found a moment later, so each leg begins elsewhere, in the half that plain RTP reaches last.
   */
  #nextIcePort(): number {
    const { first, last } = this.#options.rtpPorts;
    const half = Math.max(1, Math.floor((last - first) / 2));
    this.#iceLegs += 1;
    return last - 1 - (this.#iceLegs % half);
  }

  #admit(leg: MediaLeg, audio: AudioStream): MediaLeg {
    const party: Party = {
      leg,
      audio,
      playback: undefined,
      holdMusic: undefined,
      bridge: undefined,
      recordings: new Set(),
    };
    this.#parties.set(leg, party);
    leg.onEvent((event) => {
      if (event.type !== 'digit' || !party.bridge) return;
      for (const other of party.bridge.parties) {
        if (other !== party) other.audio.press(event.digit, event.durationMs);
      }
    });
    this.#ticker.start();
    return leg;
  }

  #forget(leg: MediaLeg): void {
    const party = this.#parties.get(leg);
    if (!party) return;
    this.#parties.delete(leg);
    this.#leaveBridge(party);
    for (const recording of [...party.recordings]) void this.#finish(recording);
    if (this.#parties.size === 0) this.#ticker.stop();
    party.playback?.end('stopped');
  }

  #leaveBridge(party: Party): void {
    party.bridge?.parties.delete(party);
    if (party.bridge?.parties.size === 0) this.#bridges.delete(party.bridge);
    party.bridge = undefined;
    party.holdMusic = undefined;
  }

  #finish({ recorder, tap }: Recording): Promise<void> {
    if (tap instanceof StreamTap) tap.flush();
    return recorder.stop();
  }

  #forgetRecording(party: Party | undefined, recording: Recording): void {
    if (recording.tap instanceof StreamTap) party?.audio.taps.delete(recording.tap);
    party?.recordings.delete(recording);
    this.#recordings.delete(recording);
  }

  #clips(sounds: readonly Sound[]): readonly Clip[] {
    return sounds.flatMap((sound) => {
      if (typeof sound !== 'string') return [() => this.#recorded(sound.recording)];
      const clip = this.#prompts.find(sound);
      if (clip.ok) return [() => clip.value];
      this.#options.warn('prompt left out', { ...clip.error });
      return [];
    });
  }

  #recorded(file: string): Int16Array {
    const clip = readClip('a recording', file, statSync(file, { throwIfNoEntry: false })?.size ?? 0);
    if (clip.ok) return clip.value;
    this.#options.warn('recording left out', { ...clip.error });
    return new Int16Array();
  }

  #tick(): void {
    for (const { audio } of this.#parties.values()) audio.take();
    for (const { tap } of this.#recordings) if (tap instanceof PairTap) tap.tick();
    for (const bridge of this.#bridges) bridge.collect();
    for (const party of this.#parties.values()) {
      this.#fillFor(party);
      party.audio.send(this.#out);
    }
  }

  /** What this party hears in this frame: its playback, else the talk it is in, else silence. */
  #fillFor(party: Party): void {
    const { playback, bridge } = party;
    if (playback) {
      if (playback.fill(this.#out)) return;
      party.playback = undefined;
      playback.end('played');
    }
    if (!bridge) {
      this.#out.fill(0);
      return;
    }
    if (bridge.leftOnHold(party)) {
      party.holdMusic ??= new Playback(this.#holdClips(), 'for-ever', () => undefined);
      party.holdMusic.fill(this.#out);
      return;
    }
    party.holdMusic = undefined;
    bridge.mixFor(party, this.#out);
  }

  #holdClips(): readonly Clip[] {
    const clip = this.#prompts.find(HOLD_MUSIC);
    return clip.ok ? [() => clip.value] : [];
  }
}

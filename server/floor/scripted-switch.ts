import { createListeners } from '../listeners.ts';
import type {
  BridgeId,
  CallOutRequest,
  ChannelId,
  HangUpCause,
  OriginateRequest,
  PlaybackId,
  PromptName,
  RecordingId,
  Sound,
  TelephonyEvent,
  TelephonyPort,
} from '../telephony/port.ts';
import type { Timers } from './parts.ts';

/** A switch for tests: does what it is asked to on paper, and lets a test say what happens on the lines. */
export class ScriptedSwitch implements TelephonyPort {
  readonly invites: (OriginateRequest & { readonly channel: ChannelId })[] = [];
  readonly callsOut: (CallOutRequest & { readonly channel: ChannelId })[] = [];
  hasTrunkOut = false;
  readonly hungUp: { readonly channel: ChannelId; readonly cause: HangUpCause }[] = [];
  readonly registered = new Set<string>();
  /** Those that run. */
  recordings: {
    readonly recording: RecordingId;
    readonly channel: ChannelId;
    readonly file: string;
    readonly maxMs: number | undefined;
  }[] = [];
  /** Who is, or was, recorded as a pair. */
  readonly pairs = new Map<RecordingId, readonly [ChannelId, ChannelId]>();
  readonly missingPrompts = new Set<PromptName>();
  readonly #answered = new Set<ChannelId>();
  readonly #playing = new Map<ChannelId, { readonly id: PlaybackId; readonly prompts: readonly PromptName[] }>();
  readonly #bridges = new Map<BridgeId, readonly ChannelId[]>();
  readonly #up = new Set<ChannelId>();
  readonly #events = createListeners<TelephonyEvent>();
  #ids = 0;

  readonly onEvent = this.#events.add;
  readonly hasPrompt = (prompt: PromptName) => !this.missingPrompts.has(prompt);
  readonly start = async () => undefined;
  readonly stop = async () => undefined;

  readonly answer = async (channel: ChannelId) => {
    await Promise.resolve();
    if (this.#up.has(channel)) this.#answered.add(channel);
    return this.#up.has(channel);
  };

  /** As a real switch, it reports the end of a channel it was itself asked to end. */
  readonly hangUp = (channel: ChannelId, cause: HangUpCause) => {
    if (!this.#up.has(channel)) return;
    this.hungUp.push({ channel, cause });
    this.end(channel, cause);
  };

  readonly originate = (request: OriginateRequest) => {
    if (!this.registered.has(request.seat)) return undefined;
    const channel = this.#newChannel(request.seat);
    this.invites.push({ ...request, channel });
    return channel;
  };

  readonly canCallOut = () => this.hasTrunkOut;

  readonly callOut = (request: CallOutRequest) => {
    if (!this.hasTrunkOut) return undefined;
    const channel = this.#newChannel('customer');
    this.callsOut.push({ ...request, channel });
    return channel;
  };

  readonly play = (channel: ChannelId, sounds: readonly Sound[]) => {
    const prompts = sounds.map((sound) => (typeof sound === 'string' ? sound : sound.recording));
    this.#ids += 1;
    const id = `playback-${this.#ids}` as PlaybackId;
    this.#playing.set(channel, { id, prompts });
    return id;
  };

  readonly stopPlayback = (playback: PlaybackId) => {
    for (const [channel, { id }] of this.#playing) if (id === playback) this.#playing.delete(channel);
  };

  readonly record = (channel: ChannelId, file: string, maxMs?: number) => {
    this.#ids += 1;
    const recording = `recording-${this.#ids}` as RecordingId;
    this.recordings.push({ recording, channel, file, maxMs });
    return recording;
  };

  readonly recordPair = ([channel, other]: readonly [ChannelId, ChannelId], file: string) => {
    const recording = this.record(channel, file);
    this.pairs.set(recording, [channel, other]);
    return recording;
  };

  readonly stopRecording = async (recording: RecordingId) => this.recordingEnds(recording, 'stopped', 1_000);

  readonly bridge = (channels: readonly ChannelId[]) => {
    this.#ids += 1;
    const id = `bridge-${this.#ids}` as BridgeId;
    for (const channel of channels) {
      const others = [...this.#bridges.values()].filter((bridged) => bridged.includes(channel));
      if (others.length > 0) throw new Error(`${channel} is in a bridge already`);
      this.#playing.delete(channel);
    }
    this.#bridges.set(id, channels);
    return id;
  };

  readonly unbridge = (bridge: BridgeId) => void this.#bridges.delete(bridge);

  /** From here on: what a test lets happen on the lines. */
  register(seat: string): void {
    this.registered.add(seat);
    this.#events.tell({ type: 'seat.registered', seat });
  }

  unregister(seat: string): void {
    this.registered.delete(seat);
    this.#events.tell({ type: 'seat.unregistered', seat });
  }

  arrive(caller = '13800138000'): ChannelId {
    const channel = this.#newChannel('caller');
    this.tell({ type: 'channel.arrived', channel, caller, dialled: '1000', origin: 'trunk' });
    return channel;
  }

  dial(seat: string, target: string, hints: Readonly<Record<string, string>> = {}): ChannelId {
    const channel = this.#newChannel(seat);
    this.tell({ type: 'channel.dialled', channel, seat, target, hints });
    return channel;
  }

  key(channel: ChannelId, digit: string): void {
    this.tell({ type: 'channel.digit', channel, digit, durationMs: 120 });
  }

  promptEnds(channel: ChannelId): void {
    const playing = this.#playing.get(channel);
    if (!playing) throw new Error(`nothing plays on ${channel}`);
    this.#playing.delete(channel);
    this.tell({ type: 'playback.ended', channel, playback: playing.id, how: 'played' });
  }

  recordingEnds(recording: RecordingId, why: 'stopped' | 'full' | 'disk-full' | 'failed', ms: number): void {
    const ended = this.recordings.find((one) => one.recording === recording);
    if (!ended) return;
    this.recordings = this.recordings.filter((one) => one !== ended);
    this.tell({ type: 'recording.ended', channel: ended.channel, recording, why, ms });
  }

  pickUp(channel: ChannelId): void {
    if (this.#up.has(channel)) this.tell({ type: 'channel.answered', channel });
  }

  end(
    channel: ChannelId,
    cause: Extract<TelephonyEvent, { type: 'channel.ended' }>['cause'] = 'normal',
    sipStatus: number | null = null,
  ): void {
    if (!this.#up.delete(channel)) return;
    this.#playing.delete(channel);
    for (const { recording, channel: of } of this.recordings)
      if (of === channel) this.recordingEnds(recording, 'stopped', 1_000);
    this.tell({ type: 'channel.ended', channel, cause, sipStatus });
  }

  tell(event: TelephonyEvent): void {
    this.#events.tell(event);
  }

  playing(channel: ChannelId): readonly PromptName[] {
    return this.#playing.get(channel)?.prompts ?? [];
  }

  /** Who the channel speaks with. */
  peersOf(channel: ChannelId): readonly ChannelId[] {
    return [...this.#bridges.values()]
      .filter((channels) => channels.includes(channel))
      .flatMap((channels) => channels.filter((one) => one !== channel));
  }

  isUp(channel: ChannelId): boolean {
    return this.#up.has(channel);
  }

  wasAnswered(channel: ChannelId): boolean {
    return this.#answered.has(channel);
  }

  upChannels(): readonly ChannelId[] {
    return [...this.#up];
  }

  #newChannel(of: string): ChannelId {
    this.#ids += 1;
    const channel = `${of}-${this.#ids}` as ChannelId;
    this.#up.add(channel);
    return channel;
  }
}

/** Time that passes when a test says so. */
export class ScriptedTime implements Timers {
  now = 1_764_000_000_000;
  #pending: { readonly at: number; readonly run: () => void }[] = [];

  readonly clock = () => this.now;

  readonly after = (delayMs: number, run: () => void) => {
    const timer = { at: this.now + delayMs, run };
    this.#pending.push(timer);
    return () => {
      this.#pending = this.#pending.filter((one) => one !== timer);
    };
  };

  pass(seconds: number): void {
    const end = this.now + seconds * 1000;
    for (;;) {
      const next = this.#pending.filter(({ at }) => at <= end).sort((one, two) => one.at - two.at)[0];
      if (!next) break;
      this.#pending = this.#pending.filter((one) => one !== next);
      this.now = next.at;
      next.run();
    }
    this.now = end;
  }

  pending(): number {
    return this.#pending.length;
  }
}

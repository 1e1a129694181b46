/**
 * What callers hear, mixed:
 *
 *   microphone ─▶ gate (A3: shut until the announcement ended) ─▶ silencer (mute, hold) ─┐
 *   announcement ────────────────────────────────────────────────────────────────────────┴▶ track
 *        └─▶ monitor: the agent hears it softly
 *
 * All times that matter are set on the audio clock, ahead: a busy page cannot open the gate early.
 */
export interface Mixer {
  /** Feeds every call from this microphone from now on; `undefined`: silence. */
  readonly feedFrom: (stream: MediaStream | undefined) => void;
  readonly openChannel: () => Channel;
  /** What the agent hears of announcements, for a speaker to play. */
  readonly monitor: MediaStream;
}

/** One call's way to its caller. */
export interface Channel {
  readonly stream: MediaStream;
  /** Plays the announcement at once and opens the gate the moment it ends. Resolves at that end; also when closed before. */
  readonly announce: (announcement: AudioBuffer) => Promise<void>;
  readonly openGate: () => void;
  /** For an announcement in the middle of a talk. */
  readonly shutGate: () => void;
  readonly silence: (silent: boolean) => void;
  /** Twice is once. */
  readonly close: () => void;
}

const monitorGain = 0.25;
const gateRampSeconds = 0.02;
/** Lets the start lie safely ahead of the block that is rendered now. */
const leadSeconds = 0.01;
/** Time constant of mute and unmute: no click, and nobody waits for it. */
const silencerSeconds = 0.01;

export const createMixer = (context: AudioContext): Mixer => {
  const monitor = context.createMediaStreamDestination();
  const softly = new GainNode(context, { gain: monitorGain });
  softly.connect(monitor);
  /** The microphone of all calls: what feeds it can change, what it feeds stays. */
  const microphone = new GainNode(context);
  let source: MediaStreamAudioSourceNode | undefined;

  return {
    monitor: monitor.stream,
    feedFrom: (stream) => {
      source?.disconnect();
      source = stream && context.createMediaStreamSource(stream);
      source?.connect(microphone);
    },
    openChannel: () => openChannel(context, microphone, softly),
  };
};

const openChannel = (context: AudioContext, microphone: AudioNode, monitor: AudioNode): Channel => {
  const out = context.createMediaStreamDestination();
  const gate = new GainNode(context, { gain: 0 });
  const silencer = new GainNode(context);
  microphone.connect(gate).connect(silencer).connect(out);
  let playing: AudioBufferSourceNode | undefined;
  let closed = false;

  const openGateAt = (seconds: number): void => {
    gate.gain.setValueAtTime(0, seconds);
    gate.gain.linearRampToValueAtTime(1, seconds + gateRampSeconds);
  };

  return {
    stream: out.stream,
    announce: (announcement) =>
      new Promise((resolve) => {
        if (closed) return resolve();
        const player = new AudioBufferSourceNode(context, { buffer: announcement });
        player.connect(out);
        player.connect(monitor);
        player.addEventListener('ended', () => {
          player.disconnect();
          resolve();
        });
        playing = player;
        const startsAt = context.currentTime + leadSeconds;
        player.start(startsAt);
        openGateAt(startsAt + announcement.duration);
      }),
    openGate: () => openGateAt(context.currentTime),
    shutGate: () => {
      gate.gain.setValueAtTime(0, context.currentTime);
    },
    silence: (silent) => {
      silencer.gain.setTargetAtTime(silent ? 0 : 1, context.currentTime, silencerSeconds);
    },
    close: () => {
      if (closed) return;
      closed = true;
      playing?.stop();
      microphone.disconnect(gate);
      silencer.disconnect();
      for (const track of out.stream.getTracks()) track.stop();
    },
  };
};

/** Not in TypeScript's DOM library yet; Chromium has it since 119. */
interface ContextOptions extends AudioContextOptions {
  readonly sinkId: { readonly type: 'none' };
}

/** Seconds of sound made ahead: a busy PC stutters with less, and people notice far more than this. */
const aheadSeconds = 0.06;

/**
 * The one AudioContext everything is mixed in. It drives no output device of its own: what people hear
 * goes through audio elements, so that a headset pulled out never stops what the caller hears.
 */
export const openContext = (): AudioContext => {
  const options: ContextOptions = { sinkId: { type: 'none' }, latencyHint: aheadSeconds };
  const context = new AudioContext(options);
  const keepRunning = (): void => {
    if (context.state !== 'running' && context.state !== 'closed') void context.resume();
  };
  context.addEventListener('statechange', keepRunning);
  keepRunning();
  return context;
};

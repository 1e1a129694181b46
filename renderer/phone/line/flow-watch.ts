const pingEveryMs = 15_000;
const pongWithinMs = 8_000;

export interface FlowWatch {
  /** Something came in: the flow lives. */
  readonly heard: () => void;
  /** Looks at once instead of at the next turn. */
  readonly probe: () => void;
  readonly stop: () => void;
}

/**
 * Tells that a connection is dead although nobody closed it (a cable pulled, a laptop asleep): by the
 * keep-alive of RFC 5626 section 4.4.1. A far end that has never answered one is not judged by it.
 */
export const watchFlow = (parts: { readonly ping: () => void; readonly lost: () => void }): FlowWatch => {
  let answersPings = false;
  let waiting: ReturnType<typeof setTimeout> | undefined;

  const probe = (): void => {
    if (waiting !== undefined) return;
    parts.ping();
    waiting = setTimeout(() => {
      waiting = undefined;
      if (answersPings) parts.lost();
    }, pongWithinMs);
  };
  const turn = setInterval(probe, pingEveryMs);

  return {
    heard: () => {
      if (waiting === undefined) return;
      answersPings = true;
      clearTimeout(waiting);
      waiting = undefined;
    },
    probe,
    stop: () => {
      clearInterval(turn);
      clearTimeout(waiting);
    },
  };
};

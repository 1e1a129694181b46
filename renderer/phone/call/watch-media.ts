const lostAfterMs = 30_000;

export interface MediaWatch {
  /** Resolves the first time that sound can flow both ways. */
  readonly up: Promise<void>;
  readonly stop: () => void;
}

export interface MediaWatchParts {
  /** Nothing comes through; ICE still looks for a way by itself. */
  readonly onInterrupted: () => void;
  /** ICE has given up: only a restart can help. */
  readonly onFailed: () => void;
  /** No way was found for so long that nobody listens any more. */
  readonly onLost: () => void;
}

export const watchMedia = (connection: RTCPeerConnection, parts: MediaWatchParts): MediaWatch => {
  let lost: ReturnType<typeof setTimeout> | undefined;
  let markUp = (): void => undefined;
  const up = new Promise<void>((resolve) => {
    markUp = resolve;
  });
  const look = (): void => {
    switch (connection.connectionState) {
      case 'connected':
        clearTimeout(lost);
        lost = undefined;
        markUp();
        return;
      case 'disconnected':
        parts.onInterrupted();
        return;
      case 'failed':
        lost ??= setTimeout(parts.onLost, lostAfterMs);
        parts.onFailed();
        return;
      case 'new':
      case 'connecting':
      case 'closed':
        return;
      default:
        connection.connectionState satisfies never;
    }
  };
  connection.addEventListener('connectionstatechange', look);
  look();
  return {
    up,
    stop: () => {
      clearTimeout(lost);
      connection.removeEventListener('connectionstatechange', look);
    },
  };
};

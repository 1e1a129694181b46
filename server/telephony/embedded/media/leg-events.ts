import type { MediaLegEvent } from './media-leg.ts';

type Listener = (event: MediaLegEvent) => void;

/** Listeners of one leg; a listener may stop itself, or another, while it is told. */
export class LegEvents {
  readonly #listeners = new Set<Listener>();

  readonly on = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly emit = (event: MediaLegEvent): void => {
    for (const listener of [...this.#listeners]) listener(event);
  };

  clear(): void {
    this.#listeners.clear();
  }
}

import type { DeskBridge } from '../../contract/ipc.ts';

declare global {
  interface Window {
    /** Put there by the preload script, before any script of the page. */
    readonly desk: DeskBridge;
  }
}

/** The one way out of this window; nothing else reads `window.desk`. */
export const bridge: DeskBridge = window.desk;

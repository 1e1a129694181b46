import './shell.css';
import { createRoot } from 'react-dom/client';
import { Provider } from 'react-redux';
import { config } from 'zod';
import type { DeskBridge, Session, Settings } from '../../../contract/ipc.ts';
import { isTyping } from '../hot-keys.ts';
import { beginAtList } from '../store/inbox-slice.ts';
import { listen } from '../store/listen.ts';
import { followMain } from '../store/main-events.ts';
import { saveAllTyped } from '../store/save-all.ts';
import { makeStore } from '../store/store.ts';
import { App } from './app.tsx';

/** Puts the desk of this session on the page; returns the function that takes it away. */
export const mountShell = (parts: {
  readonly container: HTMLElement;
  readonly bridge: DeskBridge;
  readonly session: Session;
  readonly settings: Settings;
}): (() => void) => {
  const { container, bridge, session, settings } = parts;
  // The content security policy forbids compiling validators.
  config({ jitless: true });
  const { store, listener } = makeStore(
    { bridge, saving: new Map(), isTyping: () => isTyping(document.activeElement) },
    { session, settings },
  );
  listen(listener);
  store.dispatch(beginAtList(session));
  const stopFollowing = followMain(bridge, store);
  // Nothing typed waits out its pause while the agent is elsewhere or the window closes.
  const saveNow = (): void => void store.dispatch(saveAllTyped());
  window.addEventListener('blur', saveNow);
  window.addEventListener('pagehide', saveNow);
  const root = createRoot(container);
  root.render(
    <Provider store={store}>
      <App />
    </Provider>,
  );
  return () => {
    window.removeEventListener('blur', saveNow);
    window.removeEventListener('pagehide', saveNow);
    stopFollowing();
    root.unmount();
  };
};

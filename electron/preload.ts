import { contextBridge, ipcRenderer } from 'electron';
import type { DeskBridge } from '../contract/ipc.ts';

/** Kept once main can answer: the log-in screen may be up before that (electron/ipc/serving.ts). */
const serving: Promise<unknown> = ipcRenderer.invoke('serving');

/**
 * The one thing a page gets. The prefixes keep it to our own requests and events; which of them this
 * window may use is main's decision. Types only from the contract: its schemas would slow every start.
 */
const bridge: DeskBridge = {
  request: async (name, input) => {
    await serving;
    return ipcRenderer.invoke(`request:${name}`, input);
  },
  on: (name, listener) => {
    const hear = (_event: unknown, payload: Parameters<typeof listener>[0]): void => listener(payload);
    ipcRenderer.on(`event:${name}`, hear);
    return () => {
      ipcRenderer.off(`event:${name}`, hear);
    };
  },
};

contextBridge.exposeInMainWorld('desk', bridge);

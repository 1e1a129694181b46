import { type Settings, settings as settingsShape } from '../../contract/ipc.ts';
import type { Broadcast } from '../ipc/broadcast.ts';
import type { HandlersOf } from '../ipc/register.ts';
import { readJsonFile, writeJsonFile } from './json-file.ts';

/** This workstation's settings, kept across people and starts. */
export const createSettings = (options: {
  readonly file: string;
  readonly defaults: Pick<Settings, 'interfaceLanguage'>;
  readonly broadcast: Broadcast;
}): { readonly read: () => Settings; readonly handlers: HandlersOf<'settings.read' | 'settings.write'> } => {
  let current = settingsShape.parse({
    microphone: null,
    speaker: null,
    ringDevice: null,
    ringVolume: 0.8,
    sayYao: false,
    theme: 'light',
    ...options.defaults,
    ...readJsonFile(options.file, settingsShape.partial()),
  });
  return {
    read: () => current,
    handlers: {
      'settings.read': () => current,
      'settings.write': (changes) => {
        current = settingsShape.parse({ ...current, ...changes });
        writeJsonFile(options.file, current);
        options.broadcast('settings.changed', current);
        return current;
      },
    },
  };
};

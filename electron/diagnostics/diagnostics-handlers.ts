import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Settings } from '../../contract/ipc.ts';
import { ok, refused } from '../../domain/result.ts';
import type { HandlersOf } from '../ipc/register.ts';
import type { AskWhereTo } from '../paper/ask-where-to.ts';
import type { Sessions } from '../session/sessions.ts';
import { readJsonFile, writeJsonFile } from '../settings/json-file.ts';
import type { Provisioning } from '../settings/provisioning.ts';
import { packBundle } from './bundle.ts';
import { makeBundle } from './make-bundle.ts';

const kept = z.object({ salt: z.string() });

/** Made once for this workstation, so that two of its bundles name a person alike. */
const keptSalt = (file: string): string => {
  const before = readJsonFile(file, kept);
  if (before) return before.salt;
  const made = { salt: randomBytes(16).toString('base64') };
  writeJsonFile(file, made);
  return made.salt;
};

/** The bundle for whoever has to find out what is wrong with a desk. */
export const diagnosticsHandlers = (parts: {
  readonly sessions: Sessions;
  readonly provisioning: Provisioning;
  readonly settings: () => Settings;
  /** Of this program. */
  readonly version: string;
  readonly saltFile: string;
  readonly askWhereTo: AskWhereTo;
  readonly log: () => readonly string[];
  readonly now: () => number;
  readonly warn: (message: string) => void;
}): HandlersOf<'diagnostics.save'> => ({
  'diagnostics.save': async ({ checkCache }) => {
    const now = parts.now();
    const day = new Date(now).toISOString().slice(0, 10);
    const file = await parts.askWhereTo(`zuoxi-diagnostics-${day}.json.gz`, { name: 'GZip', extensions: ['gz'] });
    if (file === undefined) return ok('given-up');
    const workplace = parts.sessions.current();
    try {
      const bundle = await makeBundle({
        ...{ now, checkCache, version: parts.version, provisioning: parts.provisioning },
        salt: keptSalt(parts.saltFile),
        settings: parts.settings(),
        session: workplace && {
          ...workplace.person(),
          key: workplace.keyKeptBy(),
          status: workplace.sync.status(),
          history: workplace.journal.events(),
          cache: workplace.cache,
        },
        log: parts.log(),
      });
      await writeFile(file, packBundle(bundle));
      return ok('saved');
    } catch (error) {
      parts.warn(`a diagnostic bundle was not written: ${String(error)}`);
      return refused({ code: 'not-written' });
    }
  },
});

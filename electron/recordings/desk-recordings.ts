import { type Recording, recordingPath, routes } from '../../contract/http.ts';
import type { RecordingFailure } from '../../contract/ipc.ts';
import { mayDo, type Role } from '../../domain/people/roles.ts';
import { ok, type Result, refused } from '../../domain/result.ts';
import type { Database } from '../cache/database.ts';
import type { DeskFiles } from '../files/desk-files.ts';
import { fileFailureOf } from '../files/file-failure.ts';
import type { Api, ApiFailure } from '../sync/api.ts';
import { authorized } from '../sync/authorized.ts';
import { createBeside } from '../sync/beside.ts';
import type { TokenKeeper } from '../sync/token-keeper.ts';
import { findRecording, forgetList, keepList, listsToAskAgain, readList } from './kept-recordings.ts';
import { createPlayings } from './playings.ts';

/** The recordings of talks (A3) at this desk. Who may hear them the centre decides; offline, the roles it told last. */
export interface DeskRecordings {
  readonly list: (
    form: string,
  ) => Promise<
    Result<{ readonly recordings: (Recording & { here: boolean })[]; readonly fresh: boolean }, RecordingFailure>
  >;
  /** One playing: audited before the bytes are given out, or none are. */
  readonly play: (id: string) => Promise<Result<Uint8Array<ArrayBuffer>, RecordingFailure>>;
  /** The centre answers: tells it what was played without it, and lets go here what it has let go. */
  readonly look: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const askAgainMs = 24 * 3_600_000;
const askedAtOnce = 20;

export const createDeskRecordings = (parts: {
  readonly database: Database;
  readonly files: Pick<DeskFiles, 'open' | 'isHere' | 'drop'>;
  readonly api: Pick<Api, 'call'>;
  readonly tokens: TokenKeeper;
  readonly person: () => { readonly roles: readonly Role[] };
  readonly now: () => number;
}): DeskRecordings => {
  const { database, files, api, tokens, now } = parts;
  const playings = createPlayings(parts);

  const mayPlay = (): boolean => mayDo(parts.person().roles, 'recording.play');

  const dropAll = (recordings: readonly Recording[]): void => {
    for (const { sha256 } of recordings) if (files.isHere(sha256)) files.drop(sha256);
  };

  const ask = async (form: string): Promise<Result<readonly Recording[], ApiFailure>> => {
    const asked = await authorized(tokens, (accessToken) =>
      api.call(routes.recordings, { query: { form }, accessToken }),
    );
    if (asked.ok) {
      const { recordings } = asked.value;
      dropAll(recordings.filter(({ prunedAt }) => prunedAt !== null));
      database.write((writes) => keepList(writes, form, recordings, now()));
      return ok(recordings);
    }
    if (asked.error.code === 'not-allowed') {
      dropAll(database.read((reads) => readList(reads, form)) ?? []);
      database.write((writes) => forgetList(writes, form));
    }
    return asked;
  };

  const open = async (recording: Recording): Promise<Result<Uint8Array<ArrayBuffer>, RecordingFailure>> => {
    const opened = await files.open({ sha256: recording.sha256, path: recordingPath(recording.id) });
    if (opened.ok) return opened;
    return refused({ code: opened.error.code === 'not-allowed' ? 'not-allowed' : fileFailureOf(opened.error) });
  };

  return {
    list: async (form) => {
      if (!mayPlay()) return refused({ code: 'not-allowed' });
      const asked = await ask(form);
      if (!asked.ok && asked.error.code === 'not-allowed') return refused({ code: 'not-allowed' });
      const known = asked.ok ? asked.value : database.read((reads) => readList(reads, form));
      if (!known) return refused({ code: 'unreachable' });
      return ok({ recordings: known.map((one) => ({ ...one, here: files.isHere(one.sha256) })), fresh: asked.ok });
    },
    play: async (id) => {
      if (!mayPlay()) return refused({ code: 'not-allowed' });
      const recording = database.read((reads) => findRecording(reads, id));
      if (!recording) return refused({ code: 'not-found' });
      if (recording.prunedAt !== null) return refused({ code: 'deleted' });
      const bytes = await open(recording);
      if (!bytes.ok) return bytes;
      const audited = await playings.begin(id);
      if (audited.ok) return bytes;
      if (audited.error.code !== 'not-audited') dropAll([recording]);
      return audited;
    },
    ...createBeside(async (isStopped) => {
      await playings.send(isStopped);
      for (const form of database.read((reads) => listsToAskAgain(reads, now() - askAgainMs, askedAtOnce)))
        if (isStopped() || !(await ask(form)).ok) return;
    }),
  };
};

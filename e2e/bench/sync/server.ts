import type { Form } from '../../../domain/forms/form.ts';

/** The server of a system under test, in processes of its own, on its own disk, with the forms in it. */
export interface SyncServer {
  /** What is given to its clients. */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Starts one with these forms in it; how long that takes is not measured. */
export type StartServer = (folder: string, forms: readonly Form[]) => Promise<SyncServer>;

import { usualCallbackRules } from '../domain/forms/callback.ts';
import { usualProcedureRules } from '../domain/forms/procedure/procedure-rules.ts';
import type { SyncStatus } from './ipc.ts';

/** Of a desk at which nobody is signed in. */
export const idleSyncStatus: SyncStatus = {
  link: 'offline',
  pending: 0,
  attention: 0,
  held: 0,
  pendingSince: null,
  fill: null,
  unindexed: 0,
  trouble: null,
  lastContactAt: null,
  clockOffsetMs: 0,
  callbackRules: usualCallbackRules,
  procedureRules: usualProcedureRules,
};

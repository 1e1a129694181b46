import { z } from 'zod';
import { languages } from '../domain/access/language.ts';
import { services } from '../domain/access/services.ts';
import { departmentCode } from '../domain/forms/procedure/orders.ts';
import { roles, staffNumberPattern } from '../domain/people/roles.ts';
import { knowledgeRoutes } from './knowledge.ts';
import { change, pushedOperations, pushResults, scope } from './sync.ts';

export const staffNumber = z.string().trim().toUpperCase().regex(staffNumberPattern);

export const person = z.strictObject({
  staffNumber: z.string().regex(staffNumberPattern),
  name: z.string(),
  roles: z.array(z.enum(roles)),
  languages: z.array(z.enum(languages)),
  /** S4: the one whose orders they answer. */
  department: departmentCode.exactOptional(),
});
export type Person = z.infer<typeof person>;

/** Errors a client can act on; every refused request answers `{error: {code, message}}`. */
export const apiErrorCodes = [
  'bad-request',
  'wrong-password',
  'too-many-tries',
  'not-signed-in',
  'not-allowed',
  'not-found',
  'too-large',
  /** What was sent has another SHA-256 than its name; it was thrown away. */
  'other-bytes',
  'unavailable',
  /** Another desk goes on under this device's name: a disk image or a backup. The desk takes a new name. */
  'device-copied',
  /** Desk and centre are of different versions; nothing is taken until one of them is updated. */
  'wrong-version',
] as const;
export const apiError = z.object({
  error: z.object({ code: z.enum(apiErrorCodes), message: z.string() }),
});
export type ApiErrorCode = (typeof apiErrorCodes)[number];

export const signInRequest = z.strictObject({
  staffNumber,
  password: z.string().min(1).max(200),
  /** The desk's own id, made at its first start and kept (design.md, "Sync"). */
  device: z.uuid(),
  /** What the last sign-in of this device was answered; null at its first. Another is a copy's. */
  epoch: z.uuid().nullable(),
});

/** Access tokens live 15 minutes, refresh tokens 12 hours; each refresh gives a new pair. */
export const tokens = z.strictObject({
  accessToken: z.string(),
  refreshToken: z.string(),
  /** Server time in ms at which the access token ends. */
  accessEndsAt: z.int(),
});

export const signInAnswer = z.strictObject({
  tokens,
  person,
  /** Number that form numbers made at this desk carry. */
  desk: z.int().positive(),
  /** To be shown at the next sign-in. */
  epoch: z.uuid(),
  serverTime: z.int(),
});

export const refreshRequest = z.strictObject({ refreshToken: z.string(), device: z.uuid() });
export const refreshAnswer = z.strictObject({ tokens, serverTime: z.int() });

/** SIP credentials for one session; a new session, or the session's end, makes them void. */
export const sipAccount = z.strictObject({
  /** Path of the SIP WebSocket on the server the desk is provisioned with (RFC 7118). */
  webSocketPath: z.string(),
  domain: z.string(),
  username: z.string(),
  password: z.string(),
  /** RFC 8445; empty on a LAN. */
  iceServers: z.array(
    z.object({ urls: z.string(), username: z.string().optional(), credential: z.string().optional() }),
  ),
});
export type SipAccount = z.infer<typeof sipAccount>;

/** What was recorded of a call with one seat: a stereo WAV, caller left, seat right. A call has as many as it has parts. */
export const recording = z.strictObject({
  id: z.uuid(),
  contactId: z.string(),
  seat: z.string().regex(staffNumberPattern),
  service: z.enum(services),
  /** Empty where withheld. */
  caller: z.string(),
  startedAt: z.int(),
  endedAt: z.int(),
  /** How much sound there is. */
  ms: z.int(),
  /** False: it breaks off before the talk did. */
  complete: z.boolean(),
  /** Of the WAV that `recordingPath` gives out. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** In bytes; null: the sound is not there. */
  size: z.int().nonnegative().nullable(),
  /** When the sound was deleted for its age; null: it can be played. */
  prunedAt: z.int().nullable(),
});
export type Recording = z.infer<typeof recording>;

/** The key of what one person has on one desk, 32 bytes. It stands nowhere but in bodies of these two requests. */
const cacheKey = z.base64().length(44);

/** Every HTTP route of the centre. Bodies of attachments and recordings are raw bytes and stand apart. */
export const routes = {
  signIn: { method: 'POST', path: '/api/session', body: signInRequest, answer: signInAnswer },
  refresh: { method: 'POST', path: '/api/session/refresh', body: refreshRequest, answer: refreshAnswer },
  signOut: { method: 'DELETE', path: '/api/session', body: z.undefined(), answer: z.strictObject({}) },
  sipAccount: { method: 'POST', path: '/api/session/sip', body: z.undefined(), answer: sipAccount },
  depositCacheKey: {
    method: 'PUT',
    path: '/api/cache-keys/:vault',
    body: z.strictObject({ key: cacheKey }),
    answer: z.strictObject({}),
  },
  /** Before a sign-in, for a cache that the password does not open; null: the password is right, no key is kept. */
  recoverCacheKey: {
    method: 'POST',
    path: '/api/cache-keys/:vault',
    body: z.strictObject({ staffNumber, password: z.string().min(1).max(200) }),
    answer: z.strictObject({ key: cacheKey.nullable() }),
  },
  push: { method: 'POST', path: '/api/sync/push', body: pushedOperations, answer: pushResults },
  /** `?after=<cursor>&limit=<1..500>`: changes in commit order. */
  pull: {
    method: 'GET',
    path: '/api/sync/pull',
    body: z.undefined(),
    answer: z.strictObject({
      changes: z.array(change),
      cursor: z.int().nonnegative(),
      more: z.boolean(),
      /** Of the one who asks, now; a desk that was filled for another is to be filled anew. */
      scope,
      serverTime: z.int(),
    }),
  },
  /**
   * What a desk does not keep: `?form=<form id>`, `?number=<form number>` or `?contact=<contact number>`,
   * exactly that; last changed first, the first twenty.
   */
  findForms: {
    method: 'GET',
    path: '/api/forms/find',
    body: z.undefined(),
    answer: z.strictObject({ changes: z.array(change) }),
  },
  /** `?contact=<contact id>` or `?form=<form id>`, in the order they were spoken. */
  recordings: {
    method: 'GET',
    path: '/api/recordings',
    body: z.undefined(),
    answer: z.strictObject({ recordings: z.array(recording) }),
  },
  /** Each playing is audited, once however often it is told; what was played with no network is told afterwards. */
  notePlaying: {
    method: 'POST',
    path: '/api/recordings/playings',
    body: z.strictObject({
      /** Made for this playing. */
      playing: z.uuid(),
      recording: z.uuid(),
      /** When, by the desk's estimate of the server's time in ms. */
      at: z.int().nonnegative(),
      /** It has been heard already, from what the desk had of it. */
      offline: z.boolean(),
    }),
    answer: z.strictObject({}),
  },
  /** The audit trail's length and last hash, to be noted elsewhere (`npm run audit:verify -- --head LENGTH:HASH`). */
  auditChain: {
    method: 'GET',
    path: '/api/audit/chain',
    body: z.undefined(),
    answer: z.strictObject({ length: z.int().nonnegative(), hash: z.string().regex(/^[0-9a-f]{64}$/) }),
  },
  /** Notes who takes a list of forms out of the house, before they do. */
  noteExport: {
    method: 'POST',
    path: '/api/audit/exports',
    body: z.strictObject({
      count: z.int().nonnegative(),
      /** What the list was narrowed to. */
      query: z.record(z.string().max(40), z.union([z.string().max(200), z.null()])),
    }),
    answer: z.strictObject({}),
  },
  ...knowledgeRoutes,
} as const;

/** `GET`: the WAV, its SHA-256 as ETag; `Range` is heard. Each fetching is audited, and each playing by `notePlaying`. */
export const recordingPath = (id: string): string => `/api/recordings/${id}/audio`;

export const cacheKeyPath = (vault: string): string => `/api/cache-keys/${vault}`;

/** `GET`: the bytes whose SHA-256 the path names, which is also their ETag; `Range` is heard (RFC 9110 section 14). */
export const attachmentPath = (sha256: string): string => `/api/attachments/${sha256}`;

/**
 * `GET`: how far the centre has got with this desk's upload. `PATCH ?offset=&size=`: raw bytes of the file from its byte
 * `offset` on, of `size` in all; they are added where the upload stands at `offset`, and either way the answer tells
 * where to go on. When the last byte is there the SHA-256 is checked: only then is the file kept.
 */
export const uploadPath = (sha256: string): string => `/api/attachments/${sha256}/upload`;
export const uploadState = z.strictObject({ have: z.int().nonnegative(), kept: z.boolean() });
export type UploadState = z.infer<typeof uploadState>;
/** `GET ?head=&before=`, both left out at first: see `snapshotHead`. */
export const snapshotPath = '/api/sync/snapshot';
export const livePath = '/live';
export const sipPath = '/sip';

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyInstance } from 'fastify';
import { v7 as uuidV7 } from 'uuid';
import { ticketAnswer } from '../../../contract/web.ts';
import { ticketHeader, webPaths } from '../../../contract/web-paths.ts';
import { usualProcedureRules } from '../../../domain/forms/procedure/procedure-rules.ts';
import { addressKey } from '../../api/address-key.ts';
import type { CentreForms } from '../../forms/centre-forms.ts';
import { createCentreForms } from '../../forms/create-centre-forms.ts';
import { openAttachmentStore } from '../../records/attachment-store.ts';
import { openPglite, type Records } from '../../records/open-records.ts';
import { createFileKeeper } from '../keep-file.ts';
import { createGuestAccounts, type GuestAccounts } from './guest-accounts.ts';
import type { PageFile } from './page-files.ts';
import { publicPage } from './public-page.ts';
import { minFillMs } from './tickets.ts';

/** The public page's routes on real records, with a clock that a test moves. */
export interface TestPage {
  readonly app: FastifyInstance;
  readonly records: Records;
  readonly forms: CentreForms;
  readonly guests: GuestAccounts;
  readonly now: () => number;
  readonly pass: (ms: number) => void;
  /** Old enough to send with. */
  readonly ticket: () => Promise<string>;
  readonly send: (message: SentMessage) => Promise<Answer>;
  readonly countForms: () => Promise<number>;
  readonly stop: () => Promise<void>;
}

type Answer = Awaited<ReturnType<FastifyInstance['inject']>>;

export interface SentMessage {
  readonly fields?: Readonly<Record<string, string>>;
  readonly files?: readonly File[];
  readonly ticket?: string;
  readonly from?: string;
}

const page: ReadonlyMap<string, PageFile> = new Map([
  [
    'index.html',
    { type: 'text/html; charset=utf-8', etag: '"1"', bytes: Buffer.from('<!doctype html>'), hashed: false },
  ],
  ['assets/a.js', { type: 'text/javascript; charset=utf-8', etag: '"2"', bytes: Buffer.from('1'), hashed: true }],
]);

export const startTestPage = async (): Promise<TestPage> => {
  let now = Date.UTC(2026, 10, 24, 1);
  const clock = () => now;
  const records = await openPglite(new PGlite());
  const { db } = records;
  const folder = await mkdtemp(join(tmpdir(), 'zuoxi-page-'));
  const forms = createCentreForms({ db, clock, rules: usualProcedureRules });
  const guests = createGuestAccounts({ realm: 'zuoxi', hotline: '1000', clock });
  const app = Fastify({ trustProxy: ['192.0.2.1'] });
  await app.register(rateLimit, { max: 1_000, timeWindow: 60_000, keyGenerator: (request) => addressKey(request.ip) });
  publicPage(app, {
    forms,
    fileKeeper: createFileKeeper({ store: await openAttachmentStore(folder), db, clock }),
    guests,
    files: page,
    key: Buffer.alloc(32, 7),
    sipDomain: 'zuoxi',
    hotline: '1000',
    clock,
  });
  await app.ready();
  const ticket = async (): Promise<string> => {
    const answer = await app.inject({ url: webPaths.ticket, remoteAddress: '198.51.100.1' });
    now += minFillMs;
    return ticketAnswer.parse(answer.json()).ticket;
  };
  return {
    app,
    records,
    forms,
    guests,
    now: clock,
    pass: (ms) => {
      now += ms;
    },
    ticket,
    send: async ({ fields = {}, files = [], ticket: given, from = freshAddress() }) => {
      const body = new FormData();
      for (const [name, value] of Object.entries({ ...filledIn, key: uuidV7(), ...fields })) body.set(name, value);
      for (const file of files) body.append('file', file, file.name);
      const encoded = new Response(body);
      return app.inject({
        method: 'POST',
        url: webPaths.message,
        remoteAddress: from,
        headers: {
          [ticketHeader]: given ?? (await ticket()),
          'content-type': encoded.headers.get('content-type') ?? '',
        },
        payload: Buffer.from(await encoded.arrayBuffer()),
      });
    },
    countForms: async () => {
      const { count } = await db
        .selectFrom('forms')
        .select((select) => select.fn.countAll<string>().as('count'))
        .executeTakeFirstOrThrow();
      return Number(count);
    },
    stop: async () => {
      await app.close();
      await records.close();
      await rm(folder, { recursive: true });
    },
  };
};

export const filledIn = {
  language: 'zh',
  kind: 'complaint',
  name: '王小明',
  contactBy: 'phone',
  contact: '138 0013 8000',
  text: '宽带每晚断线。',
  website: '',
} as const;

let addresses = 0;
/** Each message from somewhere else, so that no test uses up another's share. */
const freshAddress = (): string => {
  addresses += 1;
  return `203.0.113.${addresses}`;
};

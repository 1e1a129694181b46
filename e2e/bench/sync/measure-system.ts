import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import type { Form } from '../../../domain/forms/form.ts';
import type { Edit } from './client.ts';
import type { StartServer } from './server.ts';
import { type StartedClient, startClient } from './start-client.ts';

/** A system under test. */
export interface System {
  readonly title: string;
  /** The module of its clients. */
  readonly client: string;
  readonly start: StartServer;
}

/** What was seen of it; bytes and milliseconds. */
export interface Seen {
  readonly title: string;
  readonly forms: number;
  readonly fillMs: number;
  /** After the fill, until nothing goes on by itself any more. */
  readonly settleMs: number;
  readonly memory: { readonly empty: number; readonly filled: number; readonly peak: number };
  readonly edits: number;
  readonly pushMs: number;
  /** From an edit at one desk to its being seen at another, sorted. */
  readonly seenMs: readonly number[];
}

export interface Amounts {
  readonly forms: readonly Form[];
  /** Offline, each on a form of its own. */
  readonly edits: number;
  /** While both desks are online, one after the other; fewer where `liveForMs` ends first: what is on its way then is not counted. */
  readonly liveEdits: number;
  readonly liveForMs: number;
}

/** Measures one system from its start to its end, with nothing else at work. */
export const measureSystem = async (system: System, amounts: Amounts, folder: string): Promise<Seen> => {
  const { forms } = amounts;
  const say = (what: string): void => console.log(`  ${what}`);
  console.log(`\n${system.title}`);
  const server = await system.start(join(folder, 'server'), forms);
  const clients: StartedClient[] = [];
  try {
    const one = await startClient(system.client, server.url, join(folder, 'one'), '1001');
    clients.push(one);
    const empty = await one.ask({ ask: 'memory' }, 'memory');
    const filled = await one.ask({ ask: 'fill' }, 'filled');
    if (filled.forms !== forms.length)
      throw new Error(`${system.title} brought ${filled.forms} forms of ${forms.length}`);
    const settled = await one.ask({ ask: 'settle' }, 'settled');
    const memory = await one.ask({ ask: 'memory' }, 'memory');
    say(`${filled.forms} forms in ${(filled.ms / 1_000).toFixed(2)} s, ${Math.round(memory.rss / 2 ** 20)} MB`);

    const edits = forms
      .slice(0, amounts.edits)
      .map((form, at): Edit => ({ form: form.id, text: `${form.fields.text} 补记${at}` }));
    await one.ask({ ask: 'edit-offline', edits }, 'edited-offline');
    const pushed = await one.ask({ ask: 'push' }, 'pushed');
    say(`${edits.length} edits pushed in ${(pushed.ms / 1_000).toFixed(2)} s`);

    const other = await startClient(system.client, server.url, join(folder, 'other'), '1002');
    clients.push(other);
    await other.ask({ ask: 'fill' }, 'filled');
    await one.ask({ ask: 'go-live' }, 'live');
    await other.ask({ ask: 'go-live' }, 'live');
    const seenMs: number[] = [];
    const seeOne = async (at: number): Promise<number> => {
      const text = `马上要看到的第${at}次修改`;
      const seen = new Promise<number>((resolve) => {
        other.onSeen((told) => {
          if (told.text === text) resolve(told.at);
        });
      });
      const form = forms[forms.length - 1 - at]?.id ?? '';
      const edited = await one.ask({ ask: 'edit', edit: { form, text } }, 'edited');
      return (await seen) - edited.at;
    };
    const over = after(amounts.liveForMs, undefined, { ref: false });
    while (seenMs.length < amounts.liveEdits) {
      const ms = await Promise.race([seeOne(seenMs.length), over]);
      if (ms === undefined) break;
      seenMs.push(ms);
    }
    seenMs.sort((a, b) => a - b);
    say(
      `${seenMs.length} edits seen at the other desk, the median one after ${seenMs[seenMs.length >> 1]?.toFixed(1)} ms`,
    );
    return {
      title: system.title,
      forms: filled.forms,
      fillMs: filled.ms,
      settleMs: settled.ms,
      memory: { empty: empty.rss, filled: memory.rss, peak: memory.peak },
      edits: edits.length,
      pushMs: pushed.ms,
      seenMs,
    };
  } finally {
    for (const client of clients) await client.stop();
    await server.stop();
  }
};

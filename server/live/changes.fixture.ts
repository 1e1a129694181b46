import type { Change } from '../../contract/sync.ts';
import { emptyComplaint } from '../../domain/forms/complaint.ts';
import type { Form } from '../../domain/forms/form.ts';
import { done, make } from '../../domain/forms/perform.fixture.ts';
import type { Timers } from '../floor/parts.ts';

/** A clock that is wound by hand. */
export const createHandClock = (): Timers & { readonly pass: (ms: number) => Promise<void> } => {
  const due = new Map<object, { readonly at: number; readonly run: () => void }>();
  let now = 0;
  return {
    after: (delayMs, run) => {
      const key = {};
      due.set(key, { at: now + delayMs, run });
      return () => void due.delete(key);
    },
    pass: async (ms) => {
      const until = now + ms;
      for (;;) {
        const [next] = [...due].filter(([, { at }]) => at <= until).toSorted(([, a], [, b]) => a.at - b.at);
        if (!next) break;
        due.delete(next[0]);
        now = next[1].at;
        next[1].run();
        // What it began is through before time goes on.
        await new Promise((resolve) => setImmediate(resolve));
        await new Promise((resolve) => setImmediate(resolve));
      }
      now = until;
    },
  };
};

const opened = done(
  undefined,
  make('form.open', {
    number: '261124-0098-001-7',
    kind: 'complaint',
    origin: { via: 'desk', channel: 'voice' },
    fields: emptyComplaint,
    attachments: [],
  }),
);

/** A form as a change at a cursor has left it; its text tells which. */
export const changeOf = (cursor: number, form: string, text = `${cursor}`): Change => ({
  cursor,
  form: { ...opened, id: form, fields: { ...opened.fields, text } } satisfies Form,
});

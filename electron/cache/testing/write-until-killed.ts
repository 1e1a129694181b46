/**
 * Works on forms as fast as it can and tells each operation on standard output once it is
 * acknowledged, until it is killed: `node write-until-killed.ts FOLDER`.
 */
import { writeSync } from 'node:fs';
import { openForm, performAction } from '../work-form.ts';
import { author, openTestCache } from './cache-with-desk.ts';

const [, , folder] = process.argv;
if (folder === undefined) throw new Error('usage: write-until-killed.ts FOLDER');
const { database } = openTestCache(folder);
for (;;) {
  const opened = database.write((writes) => openForm(writes, author(), { contactNumber: '13800001234' }));
  if (!opened.ok) throw new Error(opened.error.code);
  tell(opened.value.history.at(-1)?.operation);
  for (let step = 0; step < 20; step += 1) {
    const noted = database.write((writes) =>
      performAction(writes, author(), { form: opened.value.id, kind: 'form.note', payload: { text: `第 ${step} 次` } }),
    );
    if (!noted.ok) throw new Error(noted.error.code);
    tell(noted.value.history.at(-1)?.operation);
  }
}

function tell(operation: string | undefined): void {
  writeSync(1, `${operation}\n`);
}

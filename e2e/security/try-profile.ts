/**
 * Opens a profile's folder of people with the desk's own code, for a person and each of these passwords, with no
 * centre and no keychain: `node try-profile.ts PEOPLE STAFF_NUMBER PASSWORD...`. Prints what each was answered.
 */
import { createSessions } from '../../electron/session/sessions.ts';

const [, , people, staffNumber, ...passwords] = process.argv;
if (people === undefined || staffNumber === undefined)
  throw new Error('usage: try-profile.ts PEOPLE STAFF_NUMBER PASSWORD...');

const sessions = createSessions({
  folder: people,
  server: 'http://127.0.0.1:9',
  keychain: () => ({ kind: 'none' }),
  broadcast: () => undefined,
  now: Date.now,
  random: Math.random,
  warn: (message) => console.error(message),
  callsInHand: () => [],
});

const answers: string[] = [];
for (const password of passwords) {
  const answered = await sessions.signIn({ staffNumber, password });
  answers.push(answered.ok ? 'opened' : answered.error.code);
  await sessions.signOut();
}
process.stdout.write(`${JSON.stringify(answers)}\n`);
process.exit(0);

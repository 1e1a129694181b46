/**
 * `tinybase-server.mjs PORT FOLDER FORMS`: TinyBase's WebSocket server with the forms of a file of JSON lines in it. It has
 * no acknowledgements: one of our own says with a value that what a client asks about is saved.
 */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createWsServer } from 'tinybase/synchronizers/synchronizer-ws-server';
import { WebSocket, WebSocketServer } from 'ws';
import { openStore, rowOf } from './tinybase-store.mjs';

const [, , port = '', folder = '', file = ''] = process.argv;
const { store, persister } = openStore(folder);
const forms = readFileSync(file, 'utf8').trimEnd().split('\n');
store.transaction(() => {
  for (const line of forms) {
    const form = JSON.parse(line);
    store.setRow('forms', form.id, rowOf(form));
  }
  store.setValue('forms', forms.length);
});
await persister.save();

store.addValueListener('sent', async (_store, _id, sent) => {
  await persister.save();
  store.setValue('saved', sent);
});

const sockets = new WebSocketServer({ port: Number(port), host: '127.0.0.1', maxPayload: 2 ** 30 });
createWsServer(sockets, () => persister);
// The server forgets a store when its last client goes: this one stays, and asks for nothing.
await once(new WebSocket(`ws://127.0.0.1:${port}/forms`), 'open');
console.log('listening');

import { pouchClient } from './pouchdb-client.mjs';

export const openClient = pouchClient(1_000);

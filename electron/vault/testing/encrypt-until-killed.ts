/** Encrypts the plain cache of a folder, telling when it begins: `node encrypt-until-killed.ts FOLDER`. */
import { writeSync } from 'node:fs';
import { testKey } from '../../cache/testing/cache-with-desk.ts';
import { encryptPlainCache } from '../encrypt-plain-cache.ts';

const [, , folder] = process.argv;
if (folder === undefined) throw new Error('usage: encrypt-until-killed.ts FOLDER');
writeSync(1, 'begins\n');
encryptPlainCache(folder, testKey);

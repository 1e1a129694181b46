import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readProvisioning } from './provisioning.ts';

const fileWith = (content: string): string => {
  const file = join(mkdtempSync(join(tmpdir(), 'zuoxi-provisioning-')), 'provisioning.json');
  writeFileSync(file, content);
  return file;
};

test('the server is taken as an origin, the rest has defaults', () => {
  expect(readProvisioning(fileWith('{ "server": "https://hotline.example/desk?x" }'))).toEqual({
    ok: true,
    value: { server: 'https://hotline.example', allowPlainHttp: false, prompts: null, interfaceLanguage: 'zh' },
  });
});

test('plain http only to this machine, or where the file says so', () => {
  expect(readProvisioning(fileWith('{ "server": "http://127.0.0.1:8100" }')).ok).toBe(true);
  expect(readProvisioning(fileWith('{ "server": "http://10.0.0.5:8100", "allowPlainHttp": true }')).ok).toBe(true);
  const plain = readProvisioning(fileWith('{ "server": "http://10.0.0.5:8100" }'));
  expect(plain.ok ? '' : plain.error).toContain('allowPlainHttp');
});

test.each([
  ['not JSON', '{ server: }', 'JSON'],
  ['no server', '{}', 'server'],
  ['a word misspelt', '{ "server": "https://a.example", "promts": "/x" }', 'promts'],
  ['another scheme', '{ "server": "ftp://a.example" }', 'server'],
])('%s: the refusal names the file and what to mend', (_what, content, named) => {
  const file = fileWith(content);
  const read = readProvisioning(file);
  expect(read.ok ? '' : read.error).toContain(file);
  expect(read.ok ? '' : read.error).toContain(named);
});

test('a file named at start that is not there is refused', () => {
  expect(readProvisioning('/nowhere/provisioning.json').ok).toBe(false);
});

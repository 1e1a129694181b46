import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { promptHandlers } from './prompt-handlers.ts';

const folderWith = (clips: Readonly<Record<string, string>>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'zuoxi-prompts-'));
  mkdirSync(join(folder, 'zh'));
  for (const [clip, content] of Object.entries(clips)) writeFileSync(join(folder, `${clip}.wav`), content);
  return folder;
};

test("A3 an installer's recorded clip wins, clip by clip, over ours", async () => {
  const handlers = promptHandlers([
    folderWith({ 'zh/1': 'theirs' }),
    '/nowhere',
    folderWith({ 'zh/1': 'ours', 'zh/2': 'ours too' }),
  ]);
  const read = await handlers['prompt.read']({ clips: ['zh/1', 'zh/2'] });
  expect(read.ok && read.value.map((bytes) => new TextDecoder().decode(bytes))).toEqual(['theirs', 'ours too']);
  expect(await handlers['prompt.read']({ clips: ['zh/1', 'zh/9'] })).toEqual({
    ok: false,
    error: { code: 'missing', clip: 'zh/9' },
  });
});

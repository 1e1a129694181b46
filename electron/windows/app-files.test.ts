import { expect, test } from 'vitest';
import { fileOf } from './app-files.ts';

const folder = '/opt/zuoxi/out/renderer';

test('a file of the pages, with its media type', () => {
  expect(fileOf('app://zuoxi/assets/desk-1.js', folder)).toEqual({
    path: `${folder}/assets/desk-1.js`,
    mediaType: 'text/javascript; charset=utf-8',
  });
  expect(fileOf('app://zuoxi/desk.html?x=1#y', folder)?.path).toBe(`${folder}/desk.html`);
});

test.each([
  'app://elsewhere/desk.html',
  'app://zuoxi/..%2fmain%2fmain.js',
  'app://zuoxi/..%2frenderer-of-another/page.js',
  'app://zuoxi/desk.html%00.js',
  'app://zuoxi/%E0%A4%A.js',
  'app://zuoxi/secrets.db',
  'app://zuoxi/',
])('%s is not served', (url) => {
  expect(fileOf(url, folder)).toBeUndefined();
});

test('dots that the URL itself resolves stay inside the folder', () => {
  expect(fileOf('app://zuoxi/%2e%2e/main/main.js', folder)?.path).toBe(`${folder}/main/main.js`);
});

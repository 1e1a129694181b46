import { expect, test } from 'vitest';
import { pageUrls, senderOf } from './sender.ts';

const ids = { desk: 1, phone: 2, paper: undefined };
const top = (url: string) => ({ url, parent: null });

test('a window is known by its contents and its page together', () => {
  expect(senderOf({ contentsId: 1, frame: top(pageUrls.desk) }, ids)).toBe('desk');
  expect(senderOf({ contentsId: 2, frame: top(`${pageUrls.phone}#x`) }, ids)).toBe('phone');
});

test.each([
  ['another window with our page', { contentsId: 3, frame: top(pageUrls.desk) }],
  ["the phone's contents with the desk's page", { contentsId: 2, frame: top(pageUrls.desk) }],
  ['a page from elsewhere', { contentsId: 1, frame: top('https://example.com/desk.html') }],
  ['a page that begins like ours', { contentsId: 1, frame: top('app://zuoxi/desk.html.example') }],
  ['a frame inside the page', { contentsId: 1, frame: { url: pageUrls.desk, parent: {} } }],
  ['a frame already gone', { contentsId: 1, frame: null }],
])('%s is nobody', (_what, asking) => {
  expect(senderOf(asking, ids)).toBeUndefined();
});

test('nobody is known before the windows are there', () => {
  expect(
    senderOf({ contentsId: 1, frame: top(pageUrls.desk) }, { desk: undefined, phone: undefined, paper: undefined }),
  ).toBeUndefined();
});

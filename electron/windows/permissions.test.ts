import { expect, test } from 'vitest';
import { mayUse } from './permissions.ts';

const ours = { origin: 'app://zuoxi', isMainFrame: true, media: [] };

test('our page may use the microphone and choose a loudspeaker', () => {
  expect(mayUse('media', { ...ours, media: ['audio'] })).toBe(true);
  expect(mayUse('media', { ...ours, origin: 'app://zuoxi/', media: ['audio'] })).toBe(true);
  expect(mayUse('speaker-selection', ours)).toBe(true);
});

test.each([
  ['a camera', 'media', { ...ours, media: ['video'] }],
  ['microphone and camera at once', 'media', { ...ours, media: ['audio', 'video'] }],
  ['media of no kind', 'media', ours],
  ['media of a kind unknown', 'media', { ...ours, media: [undefined] }],
  ['the microphone for another origin', 'media', { ...ours, origin: 'https://example.com', media: ['audio'] }],
  ['the microphone for a frame', 'media', { ...ours, isMainFrame: false, media: ['audio'] }],
  ['a notice', 'notifications', ours],
  ['an outside program', 'openExternal', ours],
  ['the screen', 'display-capture', ours],
])('%s: no', (_what, permission, asking) => {
  expect(mayUse(permission, asking)).toBe(false);
});

import { expect, test } from 'vitest';
import { announcementClips } from './clips.ts';

test('A3 the staff number is read sign by sign between its opening and its close', () => {
  expect(announcementClips('1001', 'zh')).toEqual([
    'zh/staff-number',
    'zh/1',
    'zh/0',
    'zh/0',
    'zh/1',
    'zh/at-your-service',
  ]);
  expect(announcementClips('8A', 'en')).toEqual(['en/staff-number', 'en/8', 'en/a', 'en/at-your-service']);
});

test('A3 Mandarin may say 幺 for one, English may not', () => {
  expect(announcementClips('1', 'zh', { sayYao: true })).toContain('zh/1-yao');
  expect(announcementClips('1', 'en', { sayYao: true })).toContain('en/1');
});

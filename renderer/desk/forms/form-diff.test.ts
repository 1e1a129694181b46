import { expect, test } from 'vitest';
import { emptyComplaint } from '../../../domain/forms/complaint.ts';
import {
  afterSaved,
  clashingFields,
  emptyDraft,
  faultOf,
  keepMine,
  nextEdit,
  shownFields,
  takeTheirs,
  withTyped,
} from './form-diff.ts';

const standing = { ...emptyComplaint, callerName: '王' };
const typed = withTyped(emptyDraft, standing, 'callerName', '王芳');

test('J6 an edit carries what the agent saw and what the agent wrote', () => {
  expect(nextEdit(standing, typed)).toEqual({ from: { callerName: '王' }, to: { callerName: '王芳' } });
  expect(shownFields(standing, typed).callerName).toBe('王芳');
});

test('typing back what stood before leaves nothing to write', () => {
  expect(withTyped(typed, standing, 'callerName', '王')).toEqual(emptyDraft);
});

test('what is typed while an edit is on its way goes after it, from what was sent', () => {
  const sending = { ...typed, sending: { callerName: '王芳' } };
  const more = withTyped(sending, standing, 'callerName', '王芳芳');
  const saved = { ...standing, callerName: '王芳' };
  expect(clashingFields(saved, more)).toEqual([]);
  expect(nextEdit(saved, afterSaved(more))).toEqual({ from: { callerName: '王芳' }, to: { callerName: '王芳芳' } });
});

test('taking back what is on its way writes the old value again', () => {
  const sending = { ...typed, sending: { callerName: '王芳' } };
  const back = afterSaved(withTyped(sending, standing, 'callerName', '王'));
  expect(nextEdit({ ...standing, callerName: '王芳' }, back)).toEqual({
    from: { callerName: '王芳' },
    to: { callerName: '王' },
  });
});

test('P2 a field another desk changed is held back, and nothing typed is lost', () => {
  const draft = withTyped(typed, standing, 'account', '8801');
  const changed = { ...standing, callerName: '李' };
  expect(clashingFields(changed, draft)).toEqual(['callerName']);
  expect(nextEdit(changed, draft)?.to).toEqual({ account: '8801' });
  expect(shownFields(changed, draft).callerName).toBe('王芳');
});

test('P2 the agent chooses between the two: mine is written over, theirs stands', () => {
  const changed = { ...standing, callerName: '李' };
  expect(nextEdit(changed, keepMine(typed, changed, 'callerName'))).toEqual({
    from: { callerName: '李' },
    to: { callerName: '王芳' },
  });
  expect(nextEdit(changed, takeTheirs(typed, 'callerName'))).toBeNull();
});

test('a choice may be cleared, and a cleared choice is an edit too', () => {
  const chosen = { ...emptyComplaint, complaintType: 'other' as const };
  expect(nextEdit(chosen, withTyped(emptyDraft, chosen, 'complaintType', null))).toEqual({
    from: { complaintType: 'other' },
    to: { complaintType: null },
  });
});

test('text over the limit stays on the screen and is not sent', () => {
  const long = 'x'.repeat(101);
  const draft = withTyped(emptyDraft, standing, 'callerName', long);
  expect(faultOf('callerName', long)).toEqual({ code: 'tooLong', max: 100, length: 101 });
  expect(nextEdit(standing, draft)).toBeNull();
  expect(shownFields(standing, draft).callerName).toBe(long);
});

import { describe, expect, test } from 'vitest';
import { usualAccessRules } from './access-rules.ts';
import { arrived as arrivedFrom, nextVoiceCall } from './next-voice-call.ts';
import type { VoiceCall, VoiceCallEffect, VoiceCallEvent } from './voice-call.ts';

const arrived = arrivedFrom('13800138000', usualAccessRules);
const key = (sign: string): VoiceCallEvent => ({ type: 'key', key: sign });
const silence: VoiceCallEvent = { type: 'silence' };
const promptOver: VoiceCallEvent = { type: 'prompt-over' };
const answered: VoiceCallEvent = { type: 'answered' };

/** The call after the events, with the effects of the last one. */
const after = (...events: readonly VoiceCallEvent[]): { call: VoiceCall; effects: readonly VoiceCallEffect[] } =>
  events.reduce((step, event) => nextVoiceCall(step.call, event), arrived);

const played = (effects: readonly VoiceCallEffect[]): readonly string[] =>
  effects.flatMap((effect) => (effect.type === 'play' ? effect.sounds : []));

describe('A2 the voice menu', () => {
  test('A2 a caller is answered, welcomed in both languages and asked for one', () => {
    expect(arrived.effects).toEqual([{ type: 'answer' }]);
    expect(played(after(answered).effects)).toEqual([
      'zh/welcome',
      'en/welcome',
      'zh/choose-language',
      'en/choose-language',
    ]);
  });

  test.each([
    ['1', 'zh'],
    ['2', 'en'],
  ])('A2 key %s speaks %s from then on', (sign, language) => {
    const { call, effects } = after(answered, key(sign));
    expect(call).toMatchObject({ phase: 'service', language });
    expect(played(effects)).toEqual([`${language}/service-menu`]);
  });

  test.each([
    ['1', '180'],
    ['3', '114'],
    ['4', '189'],
    ['6', '160'],
  ])('A2 key %s asks an agent for service %s at once', (sign, service) => {
    const { call, effects } = after(answered, key('2'), key(sign));
    expect(call).toMatchObject({ phase: 'queued', language: 'en', service });
    expect(effects).toContainEqual({ type: 'join-queue', place: 'last' });
  });

  test.each([
    ['2', '112', 'key-fault-line'],
    ['5', '170', 'key-bill-line'],
  ])('A2 key %s begins the automatic service %s, and 0 and # get an agent for it', (sign, service, prompt) => {
    const begun = after(answered, key('1'), key(sign));
    expect(begun.call.phase).toBe('number');
    expect(played(begun.effects)).toEqual([`zh/${prompt}`]);
    const asked = nextVoiceCall(nextVoiceCall(begun.call, key('0')).call, key('#'));
    expect(asked.call).toMatchObject({ phase: 'queued', service });
  });

  test('A2 0 reaches an agent from the language menu too', () => {
    expect(after(answered, key('0')).call).toMatchObject({ phase: 'queued', language: 'zh', service: '180' });
  });

  test('the wait for a key begins when the prompt ends', () => {
    expect(after(answered, promptOver).effects).toEqual([{ type: 'await-key' }]);
    expect(after(answered, key('1'), promptOver).effects).toEqual([{ type: 'await-key' }]);
  });

  test('three silences mean Chinese, three more an agent', () => {
    expect(played(after(answered, silence).effects)).toEqual(['zh/choose-language', 'en/choose-language']);
    expect(after(answered, silence, silence).call.phase).toBe('language');
    expect(after(answered, silence, silence, silence).call).toMatchObject({ phase: 'service', language: 'zh' });
    const six = after(answered, silence, silence, silence, silence, silence, silence);
    expect(six.call).toMatchObject({ phase: 'queued', service: '180' });
  });

  test('a wrong key is told, the menu repeated', () => {
    expect(played(after(answered, key('9')).effects).slice(0, 2)).toEqual(['zh/invalid-key', 'en/invalid-key']);
    expect(played(after(answered, key('2'), key('#')).effects)).toEqual(['en/invalid-key', 'en/service-menu']);
    expect(after(answered, key('2'), key('7'), key('8'), key('9')).call.phase).toBe('queued');
  });
});

describe('A3 in the queue and at a seat', () => {
  const queued = [answered, key('2'), key('1')];

  test('A3 hold music plays until a seat answers', () => {
    expect(after(...queued, promptOver).effects).toEqual([{ type: 'ask-place' }]);
    expect(after(...queued, promptOver, { type: 'placed', place: null }).effects).toEqual([
      { type: 'play', sounds: ['music/hold'], repeat: 'for-ever' },
    ]);
    expect(after(...queued, { type: 'seat-rings' }, promptOver).call.phase).toBe('ringing');
    expect(after(...queued, { type: 'seat-rings' }, { type: 'seat-answered' })).toMatchObject({
      call: { phase: 'talking' },
      effects: [],
    });
  });

  test('A3 a caller whose seat did not answer is told and does not queue anew', () => {
    const { call, effects } = after(...queued, { type: 'seat-rings' }, { type: 'seat-withdrawn' });
    expect(call.phase).toBe('queued');
    expect(played(effects)).toEqual(['en/please-hold']);
    expect(effects.filter((effect) => effect.type === 'join-queue')).toEqual([]);
  });

  const talking = [...queued, { type: 'seat-rings' }, { type: 'seat-answered' }] as const;

  test('A3 a caller whose seat is lost goes to the front', () => {
    const { call, effects } = after(...talking, { type: 'seat-lost' });
    expect(call.phase).toBe('queued');
    expect(effects).toContainEqual({ type: 'join-queue', place: 'first' });
  });

  test('a caller whose agent hung up hears goodbye, then the line closes', () => {
    const farewell = after(...talking, { type: 'seat-hung-up' });
    expect(played(farewell.effects)).toEqual(['en/goodbye']);
    expect(nextVoiceCall(farewell.call, promptOver)).toMatchObject({
      call: { phase: 'ended' },
      effects: [{ type: 'hang-up' }],
    });
  });

  test('a caller who hangs up in the queue or in a call leaves it', () => {
    expect(after(...queued, { type: 'caller-gone' }).effects).toEqual([{ type: 'leave-queue', why: 'gone' }]);
    expect(after(...talking, { type: 'caller-gone' }).effects).toEqual([{ type: 'leave-queue', why: 'gone' }]);
  });
});

describe('A3 the place in the queue', () => {
  const queued = [answered, key('2'), key('1')];

  test('A3 position and expected wait are told once, then music plays', () => {
    const told = after(...queued, promptOver, { type: 'placed', place: { position: 12, expectedWaitSeconds: 130 } });
    expect(played(told.effects)).toEqual([
      ...['en/queue-position', 'en/12', 'en/queue-position-end'],
      ...['en/expected-wait', 'en/3', 'en/minutes', 'en/expected-wait-end'],
    ]);
    expect(played(nextVoiceCall(told.call, promptOver).effects)).toEqual(['music/hold']);
  });

  test('A3 nothing is promised where the wait is not known', () => {
    const told = after(...queued, promptOver, { type: 'placed', place: { position: 1, expectedWaitSeconds: null } });
    expect(played(told.effects)).toEqual(['en/queue-position', 'en/1', 'en/queue-position-end']);
  });

  test('callers of a recorded service are told before they queue', () => {
    const rules = { ...usualAccessRules, recordedServices: ['180'] as const };
    const queue = (sign: string) =>
      [answered, key('1'), key(sign)].reduce((step, event) => nextVoiceCall(step.call, event), arrivedFrom('', rules));
    expect(played(queue('1').effects)).toEqual(['zh/recording-notice', 'zh/queue-joined']);
    expect(played(queue('3').effects)).toEqual(['zh/queue-joined']);
  });
});

const queued = [answered, key('1'), key('1')];
const allBusy: VoiceCallEvent = { type: 'all-busy', place: null };
const offered = [...queued, allBusy];
const keys = (signs: string): readonly VoiceCallEvent[] => [...signs].map(key);

describe('A5 all seats busy', () => {
  test('A5 the wait for the offer begins with the wait for a seat, and is longer from the second time on', () => {
    expect(after(...queued).effects).toContainEqual({ type: 'watch-seats', until: 'first-offer' });
    expect(after(...offered, key('3')).effects).toContainEqual({ type: 'watch-seats', until: 'next-offer' });
  });

  test('A5 the offer names callback, message and waiting', () => {
    const { call, effects } = after(...offered);
    expect(call.phase).toBe('offered');
    expect(played(effects)).toEqual(['zh/overflow-offer']);
  });

  test.each(['3', '0'])('A5 key %s keeps waiting: the place is neither left nor asked for again', (sign) => {
    const { call, effects } = after(...offered, key(sign));
    expect(call.phase).toBe('queued');
    expect(effects.map(({ type }) => type)).toEqual(['play', 'watch-seats']);
  });

  test('A5 an offer not taken is as good as waiting', () => {
    expect(after(...offered, promptOver, silence).call.phase).toBe('queued');
    expect(after(...offered, key('7'), key('8'), key('9')).call.phase).toBe('queued');
    expect(played(after(...offered, key('7')).effects)).toEqual(['zh/invalid-key', 'zh/overflow-offer']);
  });

  test('A5 a seat that rings during the offer takes the caller at once', () => {
    const { call, effects } = after(...offered, { type: 'seat-rings' });
    expect(call.phase).toBe('ringing');
    expect(played(effects)).toEqual(['music/hold']);
  });

  test.each([
    ['1', 'callback'],
    ['2', 'message'],
  ])('A5 key %s leaves the queue for the %s, and the caller’s own number is offered first', (sign, purpose) => {
    const { call, effects } = after(...offered, key(sign));
    expect(call).toMatchObject({ phase: 'own-number', entry: { purpose } });
    expect(effects[0]).toEqual({ type: 'leave-queue', why: 'overflow' });
    expect(played(effects)).toEqual([
      'zh/own-number',
      ...[...'13800138000'].map((digit) => `zh/${digit}`),
      'zh/own-number-keys',
    ]);
  });

  test('A5 who comes back to the queue gets the former place', () => {
    const back = after(...offered, key('1'), key('0'));
    expect(back.call.phase).toBe('queued');
    expect(back.effects).toContainEqual({ type: 'join-queue', place: 'kept' });
  });
});

describe('A6 the callback', () => {
  const ownNumber = [...offered, key('1')];
  const keying = [...ownNumber, key('2')];

  test('A6 the own number is kept by one key, and promised only when it is in the records', () => {
    const keeping = after(...ownNumber, key('1'));
    expect(keeping.effects).toContainEqual({ type: 'keep-callback', number: '13800138000' });
    expect(played(keeping.effects)).toEqual(['zh/one-moment']);
    expect(played(nextVoiceCall(keeping.call, { type: 'kept' }).effects)).toEqual([
      'zh/callback-kept',
      'zh/anything-else',
    ]);
  });

  test('A6 a callback that could not be kept is told, and the caller is back at the former place', () => {
    const { call, effects } = after(...ownNumber, key('1'), { type: 'not-kept' });
    expect(call.phase).toBe('queued');
    expect(effects).toContainEqual({ type: 'join-queue', place: 'kept' });
    expect(played(effects)).toEqual(['zh/callback-not-kept', 'zh/queue-joined']);
  });

  test('A6 a withheld number is not offered', () => {
    const events = [answered, key('1'), key('1'), allBusy, key('1')];
    const { call } = events.reduce((step, event) => nextVoiceCall(step.call, event), arrivedFrom('', usualAccessRules));
    expect(call.phase).toBe('number');
  });

  test('A6 a keyed number is read back digit by digit: 1 confirms', () => {
    const confirm = after(...keying, ...keys('0105551234#'));
    expect(confirm.call.phase).toBe('number-confirm');
    expect(played(confirm.effects)).toEqual([
      'zh/number-keyed',
      ...[...'0105551234'].map((digit) => `zh/${digit}`),
      'zh/number-keys',
    ]);
    expect(nextVoiceCall(confirm.call, key('1')).effects).toContainEqual({
      type: 'keep-callback',
      number: '0105551234',
    });
  });

  test('A6 2 re-enters, at most three entries, then an agent at the former place', () => {
    const entry = [...keys('5551234#'), key('2')];
    expect(after(...keying, ...entry).call.phase).toBe('number');
    expect(after(...keying, ...entry, ...entry).call.phase).toBe('number');
    const out = after(...keying, ...entry, ...entry, ...entry);
    expect(out.call.phase).toBe('queued');
    expect(played(out.effects)).toEqual(['zh/too-many-entries', 'zh/queue-joined']);
  });

  test('A6 * exits: nothing is kept, anything else?', () => {
    for (const events of [
      [...ownNumber, key('*')],
      [...keying, key('5'), key('*')],
      [...keying, ...keys('5551234#*')],
    ]) {
      const { call, effects } = after(...events);
      expect(call.phase).toBe('anything-else');
      expect(effects.filter(({ type }) => type === 'keep-callback')).toEqual([]);
    }
  });

  test('A6 numbers too short or too long, and none at all, are told and count as entries', () => {
    expect(played(after(...keying, ...keys('123#')).effects)).toEqual(['zh/number-wrong', 'zh/key-callback-number']);
    expect(played(after(...keying, ...keys('123456789012345678901234#')).effects)[0]).toBe('zh/number-wrong');
    expect(played(after(...keying, key('#')).effects)[0]).toBe('zh/nothing-keyed');
    expect(after(...keying, promptOver, silence, silence, silence).call.phase).toBe('queued');
  });

  test('A6 the first digit silences the prompt, each waits anew, and a wait ends the number as # does', () => {
    expect(after(...keying, key('5')).effects).toEqual([{ type: 'hush' }, { type: 'await-key' }]);
    expect(after(...keying, ...keys('55')).effects).toEqual([{ type: 'await-key' }]);
    expect(after(...keying, ...keys('5551234'), silence).call.phase).toBe('number-confirm');
  });
});

describe('A7 the voice message', () => {
  const intro = [...offered, key('2'), key('1')];
  const recording = [...intro, promptOver, promptOver];
  const full: VoiceCallEvent = { type: 'segment-over', why: 'full', heard: true };

  test('A7 the number, then the tone, then the recording', () => {
    expect(played(after(...intro).effects)).toEqual(['zh/message-intro']);
    expect(played(after(...intro, promptOver).effects)).toEqual(['tones/record']);
    expect(after(...recording).effects).toContainEqual({ type: 'record-segment', number: '13800138000' });
  });

  test('A7 after a full segment a key goes on, and # or silence ends the message', () => {
    const asked = after(...recording, full);
    expect(played(asked.effects)).toEqual(['zh/message-continue']);
    expect(nextVoiceCall(asked.call, key('1')).call.phase).toBe('message-tone');
    expect(nextVoiceCall(asked.call, key('5')).call.phase).toBe('message-tone');
    expect(nextVoiceCall(asked.call, key('#')).call.phase).toBe('message-review');
    expect(after(...recording, full, promptOver, silence).call.phase).toBe('message-review');
  });

  test('A7 there is no limit to the segments', () => {
    const segment = [full, key('1'), promptOver];
    const hundred = Array.from({ length: 100 }, () => segment).flat();
    expect(after(...recording, ...hundred).call.phase).toBe('message-recording');
  });

  const review = [...recording, key('#')];

  test('A7 a key ends it; then it is played back: 1 confirms', () => {
    const heard = after(...review);
    expect(heard.effects[0]).toEqual({ type: 'stop-recording' });
    expect(played(heard.effects)).toEqual(['zh/message-playback', 'recorded-message', 'zh/message-keys']);
    const keeping = nextVoiceCall(heard.call, key('1'));
    expect(keeping.effects).toContainEqual({ type: 'keep-message', ending: 'confirmed' });
    expect(played(nextVoiceCall(keeping.call, { type: 'kept' }).effects)).toEqual([
      'zh/message-kept',
      'zh/anything-else',
    ]);
    expect(played(nextVoiceCall(keeping.call, { type: 'not-kept' }).effects)[0]).toBe('zh/message-delayed');
  });

  test('A7 2 records again, * exits and says that nothing is kept', () => {
    const again = after(...review, key('2'));
    expect(again.call.phase).toBe('message-intro');
    expect(again.effects[0]).toEqual({ type: 'discard-message' });
    const out = after(...review, key('*'));
    expect(out.effects[0]).toEqual({ type: 'discard-message' });
    expect(played(out.effects)).toEqual(['zh/message-dropped', 'zh/anything-else']);
  });

  test.each([
    ['while speaking', recording],
    ['when asked to go on', [...recording, full]],
    ['at the playback', review],
  ])('A7 a hang-up %s keeps what was said', (_when, events) => {
    expect(after(...events, { type: 'caller-gone' }).effects).toEqual([{ type: 'keep-message', ending: 'hung-up' }]);
  });

  test('A7 0 gets an agent, and keeps what was said', () => {
    const { call, effects } = after(...recording, key('0'));
    expect(call.phase).toBe('queued');
    expect(effects.slice(0, 2)).toEqual([
      { type: 'keep-message', ending: 'interrupted' },
      { type: 'join-queue', place: 'kept' },
    ]);
  });

  test('A7 who says nothing to the playback leaves an unconfirmed message', () => {
    const { call, effects } = after(...review, promptOver, silence, silence, silence);
    expect(call.phase).toBe('farewell');
    expect(effects[0]).toEqual({ type: 'keep-message', ending: 'interrupted' });
  });

  test('A7 a full disk is said, and what was said is kept', () => {
    const heard = after(...recording, { type: 'segment-over', why: 'disk-full', heard: true });
    expect(heard.call.phase).toBe('message-review');
    expect(played(heard.effects)[0]).toBe('zh/message-disk-full');
    const none = after(...recording, { type: 'segment-over', why: 'disk-full', heard: false });
    expect(none.call.phase).toBe('queued');
    expect(played(none.effects)[0]).toBe('zh/messages-unavailable');
  });
});

describe('A8 anything else', () => {
  const asked = [...offered, key('1'), key('1'), { type: 'kept' } as const];

  test('A8 1 goes back to the services, 2 and silence leave, 0 gets an agent', () => {
    expect(after(...asked, key('1')).call.phase).toBe('service');
    expect(played(after(...asked, key('2')).effects)).toEqual(['zh/goodbye']);
    expect(after(...asked, promptOver, silence, promptOver, silence).call.phase).toBe('farewell');
    expect(after(...asked, key('0')).effects).toContainEqual({ type: 'join-queue', place: 'last' });
  });
});

describe('Q1 the caller keys how satisfied they are', () => {
  const talk = [answered, key('1'), key('1'), { type: 'seat-rings' }, { type: 'seat-answered' }] as const;
  const asked = [...talk, { type: 'seat-asks-rating' }] as const;

  test.each([
    ['1', 'satisfied'],
    ['2', 'dissatisfied'],
  ])('Q1 key %s is kept as %s, with thanks and goodbye', (sign, outcome) => {
    expect(played(after(...asked).effects)).toEqual(['zh/rating-question']);
    const rated = after(...asked, key(sign));
    expect(rated.effects[0]).toEqual({ type: 'keep-rating', outcome });
    expect(played(rated.effects)).toEqual(['zh/rating-kept', 'zh/goodbye']);
    expect(nextVoiceCall(rated.call, promptOver).effects).toContainEqual({ type: 'hang-up' });
  });

  test('Q1 who says nothing is asked once more and let go; another key is no answer; 0 is an agent', () => {
    expect(played(after(...asked, promptOver, silence).effects)).toEqual(['zh/rating-question']);
    expect(played(after(...asked, promptOver, silence, promptOver, silence).effects)).toEqual(['zh/goodbye']);
    expect(played(after(...asked, key('7')).effects)).toEqual(['zh/invalid-key', 'zh/rating-question']);
    expect(after(...asked, key('0')).effects).toContainEqual({ type: 'join-queue', place: 'last' });
  });

  test('Q1 switched off, the seat has just hung up', () => {
    const off = arrivedFrom('13800138000', { ...usualAccessRules, asksRating: false });
    const { effects } = asked.reduce((step, event: VoiceCallEvent) => nextVoiceCall(step.call, event), off);
    expect(played(effects)).toEqual(['zh/goodbye']);
  });
});

describe('112 the automatic fault report', () => {
  const line = [answered, key('1'), key('2'), ...keys('5551234#')];
  const kinds = [...line, { type: 'line-found' } as const];

  test('A2 112 the line is looked up, and an unknown one asked for again three times, then an agent', () => {
    expect(after(...line).effects).toContainEqual({ type: 'find-line', line: '5551234' });
    const unknown = [{ type: 'line-unknown' } as const, ...keys('5551234#')];
    const again = after(...line, { type: 'line-unknown' });
    expect(played(again.effects)).toEqual(['zh/line-unknown', 'zh/key-fault-line']);
    const out = after(...line, ...unknown, ...unknown, { type: 'line-unknown' });
    expect(out.call).toMatchObject({ phase: 'queued', service: '112' });
  });

  test('A2 112 the kind of fault is asked for, and the number of the form read, again when wanted, at most twice', () => {
    expect(played(after(...kinds).effects)).toEqual(['zh/fault-kinds']);
    expect(after(...kinds, key('3')).effects).toContainEqual({
      type: 'book-fault',
      line: '5551234',
      kind: 'broadband',
    });
    const booked = [...kinds, key('3'), { type: 'booked', formNumber: '261124-0001-005-7' } as const];
    const reading = ['zh/fault-booked', ...[...'26112400010057'].map((digit) => `zh/${digit}`), 'zh/hear-again'];
    expect(played(after(...booked).effects)).toEqual(reading);
    expect(played(after(...booked, key('1'), key('1')).effects)).toEqual(reading);
    expect(after(...booked, key('1'), key('1'), key('1')).call.phase).toBe('anything-else');
    expect(after(...booked, promptOver, silence).call.phase).toBe('anything-else');
  });

  test('A2 112 records that fail lead to an agent with an apology', () => {
    for (const events of [
      [...line, { type: 'records-failed' } as const],
      [...kinds, key('4'), { type: 'not-booked' } as const],
    ]) {
      const { call, effects } = after(...events);
      expect(call).toMatchObject({ phase: 'queued', service: '112' });
      expect(played(effects)[0]).toMatch(/records-unavailable|fault-not-booked/);
    }
  });
});

describe('170 the automatic bill enquiry', () => {
  const password = [answered, key('2'), key('5'), ...keys('5551234#')];
  const reading = [...password, ...keys('246810#')];

  test('A2 170 number and password are asked for, the amounts read', () => {
    expect(played(after(...password).effects)).toEqual(['en/bill-password']);
    expect(after(...reading).effects).toContainEqual({ type: 'read-bill', line: '5551234', password: '246810' });
    const read = after(...reading, { type: 'bill', months: [{ month: 10, fen: 12_345 }] });
    expect(played(read.effects)).toEqual([
      ...['en/bill-of', 'en/month-10', 'en/bill-is'],
      ...['en/1', 'en/hundred', 'en/20', 'en/3', 'en/yuan', 'en/and', 'en/40', 'en/5', 'en/fen', 'en/hear-again'],
    ]);
    expect(JSON.stringify(read.call)).not.toContain('246810');
  });

  test('A2 170 three tries, then an agent or out', () => {
    const wrong = { type: 'bill-refused' } as const;
    const again = [wrong, ...keys('5551234#'), ...keys('1111#')];
    expect(played(after(...reading, wrong).effects)).toEqual(['en/bill-mismatch', 'en/key-bill-line']);
    const out = [...reading, ...again, ...again, wrong];
    expect(after(...out).call.phase).toBe('bill-refused');
    expect(after(...out, key('1')).call).toMatchObject({ phase: 'queued', service: '170' });
    expect(after(...out, key('2')).call.phase).toBe('farewell');
    expect(after(...out, promptOver, silence, promptOver, silence).call.phase).toBe('farewell');
  });
});

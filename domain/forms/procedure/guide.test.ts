import { describe, expect, test } from 'vitest';
import { beginGuide, goBack, guidePages, mayGoBack } from './guide.ts';
import { answerId } from './guide-answers.ts';
import { guideSteps } from './guide-state.ts';
import { type EarlierLife, earlierLives } from './testing/earlier-complaints.ts';
import {
  deskOf,
  earlierOf,
  formOf,
  full,
  junior,
  outcomesOf,
  recorded,
  senior,
  spoken,
  walk,
} from './testing/guided-desk.ts';
import { act, answersOf, factsAt, type GuidedDesk, give } from './testing/walk-guide.ts';

describe('J1 key account, and complaint or suggestion', () => {
  test('J1 a key account on a call goes straight to a senior, the form with the caller', () => {
    const desk = walk(deskOf({ keyAccount: true, inCall: true }), 'key-account');
    expect(formOf(desk, 'complaint').procedure).toMatchObject({
      stage: 'senior',
      handOvers: [{ to: 'senior', cause: 'key-account' }],
    });
    expect(desk.transfers).toEqual([{ to: 'senior', form: desk.guide.complaint?.id }]);
    expect(outcomesOf(desk)).toEqual(['to-senior']);
  });

  test('J1 whom the records rank is not asked about; whom they do not know is', () => {
    const known = deskOf({ keyAccount: false }).guide;
    expect(known).toMatchObject({ step: 'kind', path: [{ step: 'key-account', byRecords: true }] });
    expect(goBack(known).step).toBe('key-account');
    expect(deskOf({ keyAccount: null }).guide.step).toBe('key-account');
    expect(deskOf({ keyAccount: true, person: senior }).guide.step).toBe('kind');
  });

  test('J1 a form that came in by itself has its kind already', () => {
    const draft = { id: 'f', number: 'N', kind: 'suggestion', given: true } as const;
    const desk = { ...deskOf(), guide: beginGuide({ keyAccount: null, sends: false, form: draft }) };
    expect(walk(desk, 'not-key-account').guide).toMatchObject({ step: 'suggestion', suggestion: { id: 'f' } });
  });

  test('J1 both: two forms, each naming the other, and the suggestion is through before the caller may be gone', () => {
    const asked = walk(deskOf({ inCall: true }), 'both', 'new-suggestion', 'submit', 'reasonable', 'new', 'other');
    const desk = walk(asked, 'senior');
    const [complaint, suggestion] = [formOf(desk, 'complaint'), formOf(desk, 'suggestion')];
    expect(complaint.procedure.links).toEqual([{ form: suggestion.id, number: suggestion.number }]);
    expect(suggestion.procedure.links).toEqual([{ form: complaint.id, number: complaint.number }]);
    expect([complaint.procedure.stage, suggestion.procedure.stage]).toEqual(['senior', 'curation']);
    expect(outcomesOf(desk)).toEqual(['suggestion-recorded', 'to-senior']);
  });
});

describe('J2 suggestions', () => {
  test('J2 new: recorded in full, to the data admin', () => {
    const asked = walk(deskOf(), 'suggestion', 'new-suggestion');
    expect(formOf(asked, 'suggestion').fields.text).toBe('说明');
    const desk = walk(asked, 'submit');
    expect(formOf(desk, 'suggestion').procedure.stage).toBe('curation');
  });

  test('J2 known: counted with the words of this caller, and no form is opened', () => {
    const before = walk(deskOf(), 'suggestion', 'new-suggestion', 'submit');
    const known = formOf(before, 'suggestion');
    const desk = walk(
      { ...deskOf({ contactId: 'c7' }), forms: before.forms, facts: { known: [known], contactId: 'c7' } },
      'suggestion',
      known.number,
    );
    expect(desk.forms.size).toBe(1);
    expect(desk.forms.get(known.id)?.procedure.supporters).toMatchObject([
      { contactNumber: '13800001234', text: '说明', contactId: 'c7' },
    ]);
    expect(outcomesOf(desk)).toEqual(['suggestion-counted']);
  });

  test('J2 both, and the suggestion is known: the complaint is linked with the known one', () => {
    const before = walk(deskOf(), 'suggestion', 'new-suggestion', 'submit');
    const known = formOf(before, 'suggestion');
    const desk = walk(
      { ...deskOf(), forms: before.forms, facts: { known: [known] } },
      ...['both', known.number, 'reasonable', 'new', 'other', 'on-the-spot', 'said'],
    );
    expect(formOf(desk, 'complaint').procedure.links).toMatchObject([{ form: known.id }]);
    expect(desk.forms.get(known.id)?.procedure.links).toMatchObject([{ form: desk.guide.complaint?.id }]);
  });
});

describe('J3 reasonable?', () => {
  test('J3 not: a reason from the list and the explanation are on the form', () => {
    const desk = walk(deskOf(), 'complaint', 'not-reasonable', 'by-the-terms', 'accepted');
    expect(formOf(desk, 'complaint').procedure).toMatchObject({
      stage: 'declined',
      declined: { reason: 'by-the-terms', text: '说明' },
    });
  });

  test('J3 explanation not accepted → caller and form to the manager hotline, the reason kept', () => {
    const desk = walk(deskOf({ inCall: true }), 'complaint', 'not-reasonable', 'no-facts', 'not-accepted');
    expect(formOf(desk, 'complaint').procedure).toMatchObject({
      stage: 'manager',
      declined: { reason: 'no-facts' },
      handOvers: [{ to: 'manager', cause: 'explanation-not-accepted' }],
    });
    expect(desk.transfers).toMatchObject([{ to: 'manager' }]);
  });

  test('J3 with no complaint of before, only a new one can be recorded, and the guide says why', () => {
    const desk = walk(deskOf(), 'complaint', 'reasonable');
    expect(answersOf(desk).map(({ hindrance }) => hindrance?.why)).toEqual(['no-earlier', 'no-earlier', undefined]);
  });

  test('J3 of several complaints of before it is asked which', () => {
    const one = deskOf({ earlier: 'answered' });
    const other = { ...earlierOf(one), id: 'other', number: 'E-2' };
    const desk = walk(
      { ...one, forms: new Map([...one.forms, [other.id, other]]) },
      ...['complaint', 'reasonable', 'repeat'],
    );
    expect(desk.guide.step).toBe('which');
    expect(walk(desk, 'E-2').guide).toMatchObject({ step: 'repeat', choices: { earlier: { number: 'E-2' } } });
  });
});

describe('J6 new', () => {
  const newOne = ['complaint', 'reasonable', 'new', 'product-quality'] as const;

  test('J6 nothing is settled before the record is full; what is missing is named', () => {
    const desk = walk(deskOf(), ...newOne);
    expect(answersOf(desk).map(({ hindrance }) => hindrance)).toEqual(
      Array.from({ length: 3 }, () => ({ why: 'fields-missing', fields: ['text'] })),
    );
  });

  test('J6 answered on the spot', () => {
    const desk = walk(deskOf(), ...newOne, 'on-the-spot', 'said');
    expect(formOf(desk, 'complaint').procedure).toMatchObject({ stage: 'answered', answer: { text: '说明' } });
  });

  test('J6 dispatched: to the senior’s second audit, with the complaint’s text to begin with', () => {
    const asked = walk(deskOf(), ...newOne, 'dispatch', 'billing');
    expect(guidePages.order.prefill?.(asked.guide.choices, factsAt(asked))).toBe(full.text);
    const desk = walk(asked, 'send');
    expect(formOf(desk, 'complaint').procedure).toMatchObject({
      stage: 'audit',
      orders: [{ type: 'dispatch', department: 'billing', state: 'proposed', text: '说明' }],
    });
    expect(outcomesOf(desk)).toEqual(['order-to-audit']);
  });

  test('J6 S1 a senior’s dispatch is sent', () => {
    const desk = walk(deskOf({ person: senior }), ...newOne, 'dispatch', 'billing', 'send');
    expect(formOf(desk, 'complaint').procedure.stage).toBe('department');
  });

  test('J6 cannot be settled → senior agent: submitted with no call, handed over with the caller in one', () => {
    const alone = walk(deskOf(), ...newOne, 'senior');
    expect(formOf(alone, 'complaint').procedure).toMatchObject({ stage: 'senior', handOvers: [] });
    const inCall = walk(deskOf({ inCall: true }), ...newOne, 'senior');
    expect(formOf(inCall, 'complaint').procedure).toMatchObject({
      stage: 'senior',
      handOvers: [{ cause: 'cannot-settle' }],
    });
    expect(inCall.transfers).toMatchObject([{ to: 'senior' }]);
  });

  test('S1 what a senior cannot settle goes to the manager hotline', () => {
    const desk = walk(deskOf({ person: senior, inCall: true }), ...newOne, 'manager');
    expect(formOf(desk, 'complaint').procedure.stage).toBe('manager');
  });

  test('J6 a draft that has gone on by another way is settled no second time', () => {
    const desk = walk(deskOf(), ...newOne);
    const form = desk.guide.complaint?.id ?? '';
    const gone = act(recorded(desk), form, 'form.submit', {});
    if (!gone.ok) throw new Error(gone.error.code);
    expect(answersOf(gone.value).map(({ hindrance }) => hindrance?.why)).toEqual(['no-draft', 'no-draft', 'no-draft']);
  });
});

describe('the way back', () => {
  test('every question can be gone back to until something has left the desk, and no form is opened twice', () => {
    const desk = walk(deskOf(), 'complaint', 'reasonable', 'new', 'product-quality', 'dispatch', 'network');
    const back = Array.from({ length: 6 }).reduce<GuidedDesk['guide']>((guide) => goBack(guide), desk.guide);
    expect(back.step).toBe('kind');
    const again = walk({ ...desk, guide: back }, 'complaint', 'reasonable', 'new');
    expect(again.forms.size).toBe(1);
    const sent = walk(desk, 'send').guide;
    expect(mayGoBack(sent)).toBe(false);
    expect(goBack(sent)).toBe(sent);
  });

  test('another matter of the same contact begins anew, with forms of its own', () => {
    const first = walk(deskOf(), 'complaint', 'not-reasonable', 'no-facts', 'accepted');
    const second = walk(first, 'another', 'complaint', 'not-reasonable', 'no-facts', 'accepted');
    expect(second.forms.size).toBe(2);
    expect(outcomesOf(second)).toEqual(['declined']);
  });
});

describe('every way through', () => {
  const persons = [junior, senior];
  const lives = [undefined, ...(Object.keys(earlierLives) as EarlierLife[])];
  const starts = persons.flatMap((person) =>
    lives.flatMap((earlier) =>
      [true, false].flatMap((inCall) =>
        [1, 24 * 8].map((hoursSince) => ({
          person,
          inCall,
          hoursSince,
          keyAccount: null,
          ...(earlier && { earlier }),
        })),
      ),
    ),
  );

  test('J1–J6 whatever is answered, all that follows is allowed, and the guide comes to an end', () => {
    let ends = 0;
    const seen = new Set<string>();
    const explore = (desk: GuidedDesk): void => {
      seen.add(desk.guide.step);
      if (desk.guide.step === 'done') {
        ends += 1;
        expect(outcomesOf(desk)).not.toEqual([]);
        expect(mayGoBack(desk.guide)).toBe(false);
        return;
      }
      const ready = recorded(spoken(desk));
      const answers = answersOf(ready);
      expect(new Set(answers.map(answerId)).size).toBe(answers.length);
      const given = answers.filter(({ hindrance }) => hindrance === null);
      expect(given.length).toBeGreaterThan(0);
      for (const answer of given) {
        const after = give(ready, answer);
        if (!after.ok) throw new Error(`${desk.guide.step}, ${answerId(answer)}: ${after.error.code}`);
        explore(after.value);
      }
    };
    for (const start of starts) explore(deskOf(start));
    expect([...seen].sort()).toEqual(guideSteps.filter((step) => step !== 'which').sort());
    expect(ends).toBeGreaterThan(2_000);
  });
});

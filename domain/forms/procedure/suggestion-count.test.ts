import fc from 'fast-check';
import { expect, test } from 'vitest';
import { after, dataAdmin, formId, junior, opened, otherJunior } from './procedure.fixture.ts';
import { newProcedure, type Procedure } from './procedure.ts';
import { countSuggestions } from './suggestion-count.ts';

const suggestion = (place: number, supporters: number, into?: number) => {
  const one = { operation: '', by: '1001', at: 0, callerName: '', contactNumber: '', text: '', contactId: null };
  const procedure: Procedure = {
    ...newProcedure(0),
    supporters: Array.from({ length: supporters }, () => one),
    mergedInto: into === undefined ? null : { form: formId(into), number: '261123-0017-002-9' },
  };
  return { id: formId(place), procedure };
};

test('J2 a suggestion counts the one it was opened for and each who was counted', () => {
  expect(countSuggestions([suggestion(1, 0), suggestion(2, 3)])).toEqual([
    { head: formId(2), forms: [formId(2)], people: 4 },
    { head: formId(1), forms: [formId(1)], people: 1 },
  ]);
});

test('D1 merged, all count for the one they go under, along whole chains; split, each counts for itself', () => {
  const [first, second, third] = [suggestion(1, 2, 2), suggestion(2, 0, 3), suggestion(3, 1)];
  expect(countSuggestions([first, second, third])).toEqual([
    { head: formId(3), forms: [formId(1), formId(2), formId(3)], people: 6 },
  ]);
  expect(countSuggestions([suggestion(1, 2), second, third]).map(({ people }) => people)).toEqual([3, 3]);
});

test('D1 what the data admin does to a form is what is counted', () => {
  const submitted = after(opened('suggestion'), junior('form.submit', {}));
  const counts = otherJunior('form.count', { callerName: '', contactNumber: '', text: '', contactId: null });
  const merged = after(submitted, counts, dataAdmin('form.merge', { into: formId(2), number: '261123-0017-002-9' }));
  const other = suggestion(2, 0);
  expect(countSuggestions([merged, other])).toMatchObject([{ head: formId(2), people: 3 }]);
  const split = after(merged, dataAdmin('form.split', {}));
  expect(countSuggestions([split, other])).toMatchObject([{ head: formId(1), people: 2 }, { people: 1 }]);
});

test('D1 two merged into each other offline are one, under the older', () => {
  const ring = [suggestion(1, 1, 2), suggestion(2, 1, 1), suggestion(3, 0, 2)];
  const counted = [{ head: formId(1), forms: [formId(1), formId(2), formId(3)], people: 5 }];
  expect(countSuggestions(ring)).toEqual(counted);
  expect(countSuggestions(ring.toReversed())).toEqual(counted);
});

test('D1 merged into one that is not at hand, it counts by itself', () => {
  expect(countSuggestions([suggestion(1, 1, 9)])).toEqual([{ head: formId(1), forms: [formId(1)], people: 2 }]);
});

const places = 12;
const anyMerges = fc.array(fc.tuple(fc.nat({ max: 5 }), fc.option(fc.nat({ max: places + 2 }), { nil: undefined })), {
  minLength: 1,
  maxLength: places,
});

test('D1 whatever was merged into what: nobody is lost or counted twice, and the order of the forms is all one', () => {
  fc.assert(
    fc.property(anyMerges, fc.integer(), (merges, turn) => {
      const forms = merges.map(([supporters, into], place) =>
        suggestion(place, supporters, into === place ? undefined : into),
      );
      const counted = countSuggestions(forms);
      expect(counted.reduce((sum, { people }) => sum + people, 0)).toBe(
        merges.reduce((sum, [supporters]) => sum + 1 + supporters, 0),
      );
      expect(counted.flatMap((one) => one.forms).toSorted()).toEqual(forms.map(({ id }) => id).toSorted());
      for (const { head, forms: under } of counted) expect(under).toContain(head);
      for (const { id, procedure } of forms) {
        const into = procedure.mergedInto?.form;
        if (!forms.some((one) => one.id === into)) continue;
        const together = counted.find((one) => one.forms.includes(id));
        expect(together?.forms).toContain(into);
      }
      const at = Math.abs(turn) % forms.length;
      expect(countSuggestions([...forms.slice(at), ...forms.slice(0, at)])).toEqual(counted);
      expect(countSuggestions(forms.toReversed())).toEqual(counted);
    }),
    { numRuns: 1_000 },
  );
});

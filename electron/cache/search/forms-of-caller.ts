import { z } from 'zod';
import type { RequestInput } from '../../../contract/ipc.ts';
import { form as formShape } from '../../../contract/sync.ts';
import type { Form } from '../../../domain/forms/form.ts';
import { isSameNumber, numberSought } from '../../../domain/forms/same-number.ts';
import { foldText, wordsOf } from '../../../domain/search/fold-text.ts';
import type { Reads } from '../database.ts';
import { jsonOf } from '../json-column.ts';
import { findNewest } from './search-forms.ts';

/** Of one number; a caller who has come oftener is known by the latest. */
const mostLookedAt = 50;
const mostGiven = 20;

const row = z.object({ form: jsonOf(formShape) });

/** J4, J5: forms of one caller by number or account, last changed first. */
export const formsOfCaller = (reads: Reads, { number, account }: RequestInput<'form.of-caller'>): Form[] => {
  const sought = [numberSought(number), account.trim()].filter((one) => one !== '');
  const ids = sought.flatMap((one) =>
    findNewest(reads, { words: wordsOf(one), marks: [], conditions: [] }, { limit: mostLookedAt, offset: 0 }),
  );
  return reads
    .all(
      row,
      'SELECT form FROM forms WHERE id IN (SELECT value FROM json_each(?)) ORDER BY changed_at DESC, id',
      JSON.stringify(ids),
    )
    .map(({ form }) => form)
    .filter((form) => isOfCaller(form, number, account.trim()))
    .slice(0, mostGiven);
};

const isOfCaller = ({ fields, origin }: Form, number: string, account: string): boolean => {
  const told = 'caller' in origin ? [origin.caller, 'number' in origin ? origin.number : ''] : [];
  return (
    [fields.contactNumber, ...told].some((one) => isSameNumber(one, number)) ||
    (account !== '' && foldText(fields.account) === foldText(account))
  );
};

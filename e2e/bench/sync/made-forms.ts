import { v4 as uuidV4, v7 as uuidV7 } from 'uuid';
import { emptyComplaint } from '../../../domain/forms/complaint.ts';
import type { Form } from '../../../domain/forms/form.ts';
import { dayOfNumber, formNumber } from '../../../domain/forms/form-number.ts';
import { perform } from '../../../domain/forms/perform.ts';
import { usualProcedureRules } from '../../../domain/forms/procedure/procedure-rules.ts';
import { type Chance, chanceOf, even, madeForms } from '../search/made-texts.ts';

/** The agent at whose desk all of them were recorded, and who edits them. */
export const staffNumber = '1001';

const sixteen = (chance: Chance): Uint8Array => Uint8Array.from({ length: 16 }, () => even(256, chance));

/** Forms as the centre has them, the oldest first, from a seed; about 1 KB of JSON each, no two alike. */
export const formsAtCentre = (count: number): readonly Form[] => {
  const chance = chanceOf(50);
  const device = uuidV4({ random: sixteen(chance) });
  return [...madeForms(count)].reverse().map(({ number: _, openedAt, ...fields }, at) => {
    const id = () => uuidV7({ msecs: openedAt, random: sixteen(chance) });
    const opened = perform(
      undefined,
      {
        ...{ id: id(), device, seq: at + 1, form: id(), madeAt: openedAt, by: staffNumber, kind: 'form.open' },
        payload: {
          number: formNumber({ day: dayOfNumber(new Date(openedAt)), desk: 1, count: at + 1 }),
          kind: 'complaint',
          origin: { via: 'desk', channel: 'voice' },
          fields: { ...emptyComplaint, ...fields },
          attachments: [],
        },
      },
      { roles: ['junior-agent'] },
      usualProcedureRules,
    );
    if (!opened.ok) throw new Error(opened.error.code);
    return opened.value;
  });
};

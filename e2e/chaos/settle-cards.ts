import type { SeededChoice } from '../../domain/forms/procedure/testing/seeded-choice.ts';
import type { EditRequests, Tell } from './edit-by-seed.ts';

type CardRequests = Pick<EditRequests, 'attention.list' | 'attention.settle' | 'attention.offer-again'>;

/** What the centre refused is put away, so that what waits behind it goes up. */
export const putCardsAway = async (requests: CardRequests, tell: Tell): Promise<void> => {
  for (const { id, form } of await requests['attention.list'](undefined)) {
    tell({ what: 'card', id, form, renumbered: 0 });
    await requests['attention.settle']({ operation: id, how: 'dismiss' });
  }
};

/** One card, if there is one, as a person does it: offered again over what stands now, or put away. */
export const settleOneCard = async (requests: CardRequests, choice: SeededChoice, tell: Tell): Promise<void> => {
  const [card] = await requests['attention.list'](undefined);
  if (!card) return;
  const again = choice.chance(50);
  tell({ what: 'card', id: card.id, form: card.form, renumbered: again ? card.behind.count : 0 });
  if (again) await requests['attention.offer-again']({ operation: card.id });
  else await requests['attention.settle']({ operation: card.id, how: 'dismiss' });
};

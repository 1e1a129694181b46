import { ok, type Result, refused } from '../../domain/result.ts';
import type { HandlersOf } from '../ipc/register.ts';
import type { Sessions } from '../session/sessions.ts';
import { attentionCards, refusedOperation } from './attention-cards.ts';
import { diskFullAsRefusal, type FormFailure } from './form-handlers.ts';
import { checkUnmasked, seenCard } from './masked-views.ts';
import { offerAgain } from './store/offer-again.ts';
import { rebaseForm } from './store/rebase-form.ts';
import { deskStoreOf } from './store/sqlite-desk-store.ts';

type AttentionNames = 'attention.list' | 'attention.settle' | 'attention.offer-again';

/** What the centre refused, and the two ways out of it, with or without the network. */
export const attentionHandlers = (sessions: Sessions): HandlersOf<AttentionNames> => ({
  'attention.list': () => {
    const workplace = sessions.current();
    if (!workplace) return [];
    const sight = workplace.sight();
    return workplace.cache.database.read((reads) => attentionCards(reads)).map((card) => seenCard(card, sight));
  },
  'attention.settle': ({ operation }) => {
    const workplace = sessions.current();
    if (!workplace) return refused({ code: 'not-signed-in' });
    const { cache, sync, person } = workplace;
    const settled = diskFullAsRefusal(() =>
      cache.database.write((writes): Result<string | undefined, FormFailure> => {
        const card = refusedOperation(writes, operation);
        // Settled already: whoever pressed twice has what they wanted.
        if (!card) return ok(undefined);
        const store = deskStoreOf(writes);
        store.dismiss(operation);
        rebaseForm(store, card.operation.form, person());
        return ok(card.operation.form);
      }),
    );
    if (!settled.ok) return settled;
    if (settled.value !== undefined) workplace.tellFormChanged(settled.value);
    sync.kick();
    return ok(undefined);
  },
  'attention.offer-again': ({ operation }) => {
    const workplace = sessions.current();
    if (!workplace) return refused({ code: 'not-signed-in' });
    const { cache, sync, author, sight } = workplace;
    const offered = diskFullAsRefusal(() =>
      cache.database.write((writes): Result<string, FormFailure> => {
        const card = refusedOperation(writes, operation);
        if (!card) return refused({ code: 'not-found' });
        const seen = sight();
        const done = offerAgain(deskStoreOf(writes), author(), card, (action, standing) =>
          checkUnmasked(action, standing, seen),
        );
        return done.ok ? ok(card.operation.form) : done;
      }),
    );
    if (!offered.ok) return offered;
    workplace.tellFormChanged(offered.value);
    sync.kick();
    return ok(undefined);
  },
});

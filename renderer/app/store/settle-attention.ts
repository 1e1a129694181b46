import type { DeskBridge } from '../../../contract/ipc.ts';
import type { AttentionCard } from '../../../contract/sync-page.ts';
import { type Result, refused } from '../../../domain/result.ts';
import { readAttention } from './attention-slice.ts';
import { syncTaken } from './desk-slice.ts';
import { readForm } from './edit-form.ts';
import type { FormFailure } from './editor-slice.ts';
import type { DeskThunk } from './store.ts';

/** What a settled card has changed, at once and not with the next word of main. */
const readSettled =
  (card: AttentionCard): DeskThunk =>
  async (dispatch, _getState, { bridge }) => {
    const sync = bridge.request('sync.read', undefined).then((status) => dispatch(syncTaken(status)));
    await Promise.all([dispatch(readAttention()), dispatch(readForm(card.form)), sync]);
  };

type Settled = Promise<Result<unknown, FormFailure>>;

const settle =
  (card: AttentionCard, ask: (bridge: DeskBridge) => Settled): DeskThunk<Settled> =>
  async (dispatch, _getState, { bridge }) => {
    try {
      const settled = await ask(bridge);
      if (settled.ok) await dispatch(readSettled(card));
      return settled;
    } catch {
      return refused({ code: 'unanswered' });
    }
  };

/** Puts the card away for good. */
export const dismissCard = (card: AttentionCard): DeskThunk<Settled> =>
  settle(card, (bridge) => bridge.request('attention.settle', { operation: card.id, how: 'dismiss' }));

/** Asks for the same again over what stands now; the card goes once that is accepted. */
export const offerAgain = (card: AttentionCard): DeskThunk<Settled> =>
  settle(card, (bridge) => bridge.request('attention.offer-again', { operation: card.id }));

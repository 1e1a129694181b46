import type { TFunction } from 'i18next';
import type { FormFailure } from '../../app/store/editor-slice.ts';

/** Why something was not accepted, and by whose hand. */
export const refusalText = (t: TFunction, failure: FormFailure): string =>
  failure.code === 'claimed-already' || failure.code === 'held-by'
    ? t(`refusal.${failure.code}`, { by: failure.by })
    : t(`refusal.${failure.code}`);

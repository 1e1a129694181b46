import type { FormSummary, FormView } from '../../contract/ipc.ts';
import type { AttentionCard } from '../../contract/sync-page.ts';
import type { Form } from '../../domain/forms/form.ts';
import type { FormAction } from '../../domain/forms/operations.ts';
import {
  copiedMasked,
  type Looker,
  maskFields,
  maskForm,
  maskOrigin,
  type Standing,
  seesPlain,
  standingOf,
} from '../../domain/forms/personal-data.ts';
import { type MaskedField, maskedFields } from '../../domain/forms/procedure/procedure.ts';
import { isMasked } from '../../domain/people/mask.ts';
import { ok, type Result, refused } from '../../domain/result.ts';
import type { PlainCard } from './attention-cards.ts';

/** Who looks, and what they have asked to see since they signed in. */
export interface Sight extends Looker {
  readonly unmasked: (form: string) => readonly MaskedField[];
}

/** A form as the cache has it. It becomes what a window may be told by `seenView` alone. */
export interface PlainView extends Omit<FormView, 'masked' | 'attention'> {
  readonly attention: readonly PlainCard[];
}

/** Likewise of a list; `calls` say too who may see it plain. */
export type PlainSummary = Omit<FormSummary, 'masked'> & Pick<Standing, 'calls'>;

const maskedOn = (form: string, standing: Standing, sight: Sight): readonly MaskedField[] => {
  if (seesPlain(standing, sight)) return [];
  const asked = sight.unmasked(form);
  return maskedFields.filter((name) => !asked.includes(name));
};

export const seenForm = (form: Form, sight: Sight): Form => maskForm(form, maskedOn(form.id, standingOf(form), sight));

/** What this person may see of a form now. */
export const seenView = (view: PlainView, sight: Sight): FormView => {
  const masked = maskedOn(view.form.id, standingOf(view.form), sight);
  const attention = view.attention.map((card) => seenCard(card, sight));
  return { ...view, form: maskForm(view.form, masked), attention, masked: [...masked] };
};

/** What this person may see of what the centre has now; what they wrote themselves they see as they wrote it. */
export const seenCard = (card: PlainCard, sight: Sight): AttentionCard => {
  if (!card.centre) return { ...card, centre: null };
  const { fields, transcript, status, work, procedure } = seenForm(card.centre, sight);
  return { ...card, centre: { fields, transcript, status, work, stage: procedure.stage, holder: procedure.holder } };
};

export const seenSummary = ({ calls, ...summary }: PlainSummary, sight: Sight): FormSummary => {
  const masked = maskedOn(summary.id, { ...summary, calls }, sight);
  const shown = maskFields(summary, masked);
  return { ...shown, origin: maskOrigin(summary.origin, masked), masked: masked.length > 0 };
};

export interface MaskedRefusal {
  readonly code: 'masked';
  readonly fields: MaskedField[];
}

/**
 * Refuses what would write over personal data that its author does not see, or write a masked value as if it were
 * somebody's number. An edit names what its author saw: of a masked field that is nothing.
 */
export const checkUnmasked = (
  action: FormAction,
  form: Form | undefined,
  sight: Sight,
): Result<undefined, MaskedRefusal> => {
  const masked = form ? maskedOn(form.id, standingOf(form), sight) : [];
  const touched = fieldsUnseen(action, masked);
  return touched.length > 0 ? refused({ code: 'masked', fields: [...touched] }) : ok(undefined);
};

const fieldsUnseen = (action: FormAction, masked: readonly MaskedField[]): readonly MaskedField[] => {
  switch (action.kind) {
    case 'form.edit': {
      const { from, to } = action.payload;
      const unseen = masked.filter((name) => to[name] !== undefined || from[name] !== undefined);
      return unseen.length > 0 ? unseen : copiedMasked(to);
    }
    case 'form.count':
      return copiedMasked(action.payload);
    case 'form.check-back':
      return isMasked(action.payload.to) ? ['contactNumber'] : [];
    default:
      return [];
  }
};

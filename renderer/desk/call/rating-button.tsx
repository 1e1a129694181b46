import { LikeOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { CallView } from '../../../contract/phone.ts';
import { KeyButton } from '../../app/parts/key-button.tsx';
import { useHotKeys } from '../../app/parts/use-hot-keys.ts';
import { useDeskDispatch, useDeskSelector } from '../../app/store/store.ts';
import { askRating } from '../../app/store/transfer-with-form.ts';

/** Q1: ends the talk with a caller about a complaint, who is then asked by the switch. */
export const RatingButton = ({ call }: { readonly call: CallView }) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const handsOn = useDeskSelector(({ transfer: { view } }) => view !== null && view.phase !== 'ended');
  const may = call.direction === 'in' && call.service === '180' && call.phase === 'talking' && !handsOn;
  const ask = (): void => void dispatch(askRating(call));
  useHotKeys({ rate: may ? ask : undefined });
  if (!may) return null;
  return (
    <KeyButton hotKey="rate" testId="ask-rating" block icon={<LikeOutlined />} onClick={ask}>
      {t('rating.ask')}
    </KeyButton>
  );
};

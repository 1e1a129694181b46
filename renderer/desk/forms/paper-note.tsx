import { useTranslation } from 'react-i18next';
import type { PaperState } from './use-paper.ts';

/** One short word on what became of a paper. */
export const PaperNote = ({ state }: { readonly state: PaperState }) => {
  const { t } = useTranslation();
  if (state.at === 'rest') return null;
  const isRefused = state.at === 'refused';
  return (
    <span
      className={isRefused ? 'paper-note paper-refused' : 'paper-note'}
      role={isRefused ? 'alert' : 'status'}
      data-testid="paper-state"
      data-value={isRefused ? state.code : state.at}
    >
      {isRefused ? t(`paper.refused.${state.code}`) : t(`paper.${state.at}`)}
    </span>
  );
};

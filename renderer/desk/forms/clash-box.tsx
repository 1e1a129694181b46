import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ComplaintField } from '../../../domain/forms/complaint.ts';
import { saveForm } from '../../app/store/edit-form.ts';
import { mineKept, theirsTaken } from '../../app/store/editor-slice.ts';
import { useDeskDispatch } from '../../app/store/store.ts';
import { fieldText } from './field-text.ts';

interface ClashProps {
  readonly form: string;
  readonly field: ComplaintField;
  readonly mine: string | null;
  readonly theirs: string | null;
}

/** One field written at two desks: both are shown and the agent chooses. */
export const ClashBox = ({ form, field, mine, theirs }: ClashProps) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  return (
    <div className="clash" role="alert" data-testid={`clash-${field}`}>
      <strong>{t('clash.title', { field: t(`field.${field}`) })}</strong>
      <dl>
        <dt>{t('clash.mine')}</dt>
        <dd>{fieldText(t, field, mine)}</dd>
        <dt>{t('clash.theirs')}</dt>
        <dd>{fieldText(t, field, theirs)}</dd>
      </dl>
      <div className="call-buttons">
        <Button
          size="small"
          onClick={() => {
            dispatch(mineKept({ form, field }));
            void dispatch(saveForm(form));
          }}
          data-testid={`clash-${field}-mine`}
        >
          {t('clash.keepMine')}
        </Button>
        <Button
          size="small"
          onClick={() => dispatch(theirsTaken({ form, field }))}
          data-testid={`clash-${field}-theirs`}
        >
          {t('clash.takeTheirs')}
        </Button>
      </div>
    </div>
  );
};

import { ExportOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { mayDo } from '../../../domain/people/roles.ts';
import { KeyButton } from '../../app/parts/key-button.tsx';
import { useHotKeys } from '../../app/parts/use-hot-keys.ts';
import { exportList } from '../../app/store/put-on-paper.ts';
import { useDeskDispatch, useDeskSelector } from '../../app/store/store.ts';
import { PaperNote } from './paper-note.tsx';
import { usePaper } from './use-paper.ts';

/** The list into a file, for those who may take one out of the house. */
export const ExportButton = () => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const [state, run] = usePaper();
  const may = useDeskSelector(({ desk }) => mayDo(desk.session?.person.roles ?? [], 'form.export'));
  const exportNow = (): void => run(() => dispatch(exportList()));
  useHotKeys({ export: may ? exportNow : undefined });
  if (!may) return null;
  return (
    <div className="paper-bar">
      <KeyButton hotKey="export" testId="form-export" size="small" icon={<ExportOutlined />} onClick={exportNow}>
        {t('paper.export')}
      </KeyButton>
      <PaperNote state={state} />
    </div>
  );
};

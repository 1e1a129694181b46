import { FileZipOutlined } from '@ant-design/icons';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type DiagnosticsOutcome, saveDiagnostics } from '../app/store/save-diagnostics.ts';
import { useDeskDispatch } from '../app/store/store.ts';

/** A file for whoever has to find out what is wrong, with nothing in it that an agent wrote. */
export const DiagnosticsBox = () => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const [checkCache, setCheckCache] = useState(false);
  const [outcome, setOutcome] = useState<DiagnosticsOutcome | 'saving' | null>(null);
  const save = async (): Promise<void> => {
    setOutcome('saving');
    setOutcome(await dispatch(saveDiagnostics(checkCache)));
  };
  return (
    <div className="diagnostics">
      <p className="quiet">{t('diagnostics.what')}</p>
      <Checkbox checked={checkCache} onChange={(event) => setCheckCache(event.target.checked)}>
        {t('diagnostics.checkCache')}
      </Checkbox>
      <div className="call-buttons">
        <Button
          icon={<FileZipOutlined />}
          loading={outcome === 'saving'}
          onClick={() => void save()}
          data-testid="diagnostics-save"
        >
          {t('diagnostics.save')}
        </Button>
        <span role="status" data-testid="diagnostics-outcome" data-value={outcome ?? ''}>
          {outcome && t(`diagnostics.${outcome}`)}
        </span>
      </div>
    </div>
  );
};

import { StopOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { workRefused } from '../../app/store/inbox-slice.ts';
import { useDeskDispatch, useDeskSelector } from '../../app/store/store.ts';
import { refusalText } from '../forms/refusal-text.ts';

/** Why the last claim or release was not done, with who has the form. */
export const RefusedNote = () => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const refused = useDeskSelector((state) => state.inbox.refused);
  if (!refused) return null;
  return (
    <p className="call-note note-bad refused" role="alert" data-testid="work-refused" data-value={refused.failure.code}>
      <span>
        <StopOutlined aria-hidden="true" /> <span className="digits">{refused.number}</span>{' '}
        {refusalText(t, refused.failure)}
      </span>
      <Button type="text" size="small" onClick={() => dispatch(workRefused(null))}>
        {t('inbox.understood')}
      </Button>
    </p>
  );
};

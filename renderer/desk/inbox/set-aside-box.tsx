import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeskDispatch } from '../../app/store/store.ts';
import { setFormAside } from '../../app/store/work-inbox.ts';

const reasons = ['spam', 'doublet', 'empty'] as const;

/** A form is set aside with a reason: a usual one by one click, or in the clerk's own words. */
export const SetAsideBox = ({ form, onClose }: { readonly form: string; readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const [reason, setReason] = useState('');
  const set = async (given: string): Promise<void> => {
    if (given.trim() && (await dispatch(setFormAside(form, given.trim().slice(0, 500))))) onClose();
  };
  return (
    <fieldset className="work-box" aria-label={t('work.setAsideDo')}>
      <span className="caption">{t('work.reason')}</span>
      <div className="work-reasons">
        {reasons.map((one) => (
          <Button key={one} onClick={() => void set(t(`setAsideReason.${one}`))} data-testid={`set-aside-${one}`}>
            {t(`setAsideReason.${one}`)}
          </Button>
        ))}
      </div>
      <div className="note-new">
        <Input
          autoFocus
          value={reason}
          maxLength={500}
          aria-label={t('work.reason')}
          placeholder={t('work.reasonOwn')}
          onChange={(event) => setReason(event.target.value)}
          onPressEnter={() => void set(reason)}
          onKeyDown={(event) => event.key === 'Escape' && onClose()}
          data-testid="set-aside-reason"
        />
        <Button disabled={!reason.trim()} onClick={() => void set(reason)} data-testid="set-aside-do">
          {t('work.setAsideDo')}
        </Button>
      </div>
    </fieldset>
  );
};

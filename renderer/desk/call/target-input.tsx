import { Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { dialTarget } from '../../../contract/phone.ts';

/** What is typed without the spaces, hyphens and brackets people write numbers with. */
export const targetOf = (typed: string): string | null => {
  const parsed = dialTarget.safeParse(typed.replace(/[\s()-]/g, ''));
  return parsed.success ? parsed.data : null;
};

interface TargetInputProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onEnter: () => void;
  readonly label: string;
  readonly testId: string;
}

/** A box for a telephone or staff number; wrong signs are told in words. */
export const TargetInput = ({ value, onChange, onEnter, label, testId }: TargetInputProps) => {
  const { t } = useTranslation();
  const wrong = value.trim() !== '' && targetOf(value) === null;
  return (
    <>
      <Input
        className="digits"
        value={value}
        aria-label={label}
        aria-invalid={wrong}
        placeholder={t('call.dialPlaceholder')}
        status={wrong ? 'error' : ''}
        onChange={(event) => onChange(event.target.value)}
        onPressEnter={onEnter}
        data-testid={testId}
      />
      {wrong && <p className="field-problem">{t('call.dialWrong')}</p>}
    </>
  );
};

import { Button, type ButtonProps, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { type HotKeyAction, hotKeys } from '../hot-keys.ts';

interface KeyButtonProps extends ButtonProps {
  /** None where the key acts on something else on the screen. */
  readonly hotKey: HotKeyAction | null;
  readonly testId: string;
}

/** A button that shows its hot key, and says in its tooltip what the key does. */
export const KeyButton = ({ hotKey, testId, children, ...rest }: KeyButtonProps) => {
  const { t } = useTranslation();
  if (!hotKey) {
    return (
      <Button {...rest} data-testid={testId}>
        {children}
      </Button>
    );
  }
  const { label } = hotKeys[hotKey];
  return (
    <Tooltip title={`${t(`hotKey.${hotKey}`)} (${label})`} mouseEnterDelay={0.6}>
      <Button {...rest} data-testid={testId} aria-keyshortcuts={label.replace('Ctrl', 'Control')}>
        <span>{children}</span>
        <span className="key" aria-hidden="true">
          {label}
        </span>
      </Button>
    </Tooltip>
  );
};

import { Button, type ButtonProps, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { type HotKeyAction, hotKeys } from '../hot-keys.ts';

interface KeyIconProps extends ButtonProps {
  readonly hotKey: HotKeyAction;
}

/** A button with an icon alone: what it does and its hot key are said by name and tooltip. */
export const KeyIcon = ({ hotKey, ...rest }: KeyIconProps) => {
  const { t } = useTranslation();
  const { label } = hotKeys[hotKey];
  const does = t(`hotKey.${hotKey}`);
  return (
    <Tooltip title={`${does} (${label})`} mouseEnterDelay={0.6}>
      <Button
        type="text"
        {...rest}
        aria-label={does}
        aria-keyshortcuts={label.replace('Ctrl', 'Control').replace('Pg', 'Page').replace('Dn', 'Down')}
        data-testid={`key-${hotKey}`}
      />
    </Tooltip>
  );
};

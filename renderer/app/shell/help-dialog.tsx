import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { hotKeyGroups, hotKeys } from '../hot-keys.ts';

const groups = [
  'call',
  'forms',
  'inbox',
  'player',
  'scan',
  'knowledge',
  'handOn',
] as const satisfies readonly (keyof typeof hotKeyGroups)[];

export const HelpDialog = ({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) => {
  const { t } = useTranslation();
  return (
    <Modal open={open} onCancel={onClose} footer={null} title={t('help.title')} width={820} destroyOnHidden>
      <p className="quiet">{t('help.anytime')}</p>
      <div className="help-groups">
        {groups.map((group) => (
          <table key={group} className="help-table" aria-label={t(`hotKeyGroup.${group}`)}>
            <caption>{t(`hotKeyGroup.${group}`)}</caption>
            <tbody>
              {hotKeyGroups[group].map((action) => (
                <tr key={action}>
                  <td>
                    <kbd className="key">{hotKeys[action].label}</kbd>
                  </td>
                  <td>{t(`hotKey.${action}`)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ))}
      </div>
    </Modal>
  );
};

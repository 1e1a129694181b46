import { PlusOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { openPaper, paperChannels } from '../../app/store/open-paper.ts';
import { useDeskDispatch } from '../../app/store/store.ts';

/** A1: a letter, a fax on paper or a visitor is at the clerk's desk: a form for it, scans to follow. */
export const NewPaper = () => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: paperChannels.map((channel) => ({
          key: channel,
          label: <span data-testid={`new-${channel}`}>{t(`channel.${channel}`)}</span>,
          onClick: () => void dispatch(openPaper(channel)),
        })),
      }}
    >
      <Button type="primary" icon={<PlusOutlined />} data-testid="new-paper">
        {t('inbox.newPaper')}
      </Button>
    </Dropdown>
  );
};

import { CloudOutlined, CloudSyncOutlined, DisconnectOutlined, WarningOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import type { SyncStatus } from '../../../contract/ipc.ts';

const icons: Record<SyncStatus['link'], ReactNode> = {
  online: <CloudOutlined aria-hidden="true" />,
  offline: <DisconnectOutlined aria-hidden="true" />,
  'catching-up': <CloudSyncOutlined aria-hidden="true" />,
};

/** How the desk stands with the centre; the words stand beside it. */
export const LinkIcon = ({ link, trouble }: Pick<SyncStatus, 'link' | 'trouble'>) =>
  trouble ? <WarningOutlined aria-hidden="true" /> : icons[link];

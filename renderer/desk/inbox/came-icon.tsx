import {
  AudioOutlined,
  BugOutlined,
  FormOutlined,
  GlobalOutlined,
  MailOutlined,
  PhoneOutlined,
  PrinterOutlined,
  ReadOutlined,
  SolutionOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import type { Came } from './origin-facts.ts';

const icons: Record<Came, ReactNode> = {
  callback: <PhoneOutlined />,
  'voice-message': <AudioOutlined />,
  'e-mail': <MailOutlined />,
  'web-message': <GlobalOutlined />,
  'fault-line': <BugOutlined />,
  fax: <PrinterOutlined />,
  letter: <ReadOutlined />,
  visit: <SolutionOutlined />,
  desk: <FormOutlined />,
};

export const CameIcon = ({ came }: { readonly came: Came }) => (
  <span className="came-icon" aria-hidden="true">
    {icons[came]}
  </span>
);

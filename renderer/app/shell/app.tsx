import { ConfigProvider } from 'antd';
import enUs from 'antd/locale/en_US';
import zhCn from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { useEffect, useState } from 'react';
import { I18nextProvider } from 'react-i18next';
import { makeI18n } from '../i18n/i18n.ts';
import { useLanguage } from '../parts/use-language.ts';
import { useDeskSelector } from '../store/store.ts';
import { themeOf } from '../theme/theme.ts';
import { Shell } from './shell.tsx';

/** Language and theme around the shell; both may change at any moment. */
export const App = () => {
  const language = useLanguage();
  const theme = useDeskSelector((state) => state.desk.settings?.theme ?? 'light');
  const [i18n] = useState(() => makeI18n(language));
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    dayjs.locale(language === 'zh' ? 'zh-cn' : 'en');
    void i18n.changeLanguage(language);
  }, [i18n, language]);
  return (
    <I18nextProvider i18n={i18n}>
      <ConfigProvider
        theme={themeOf(theme)}
        locale={language === 'zh' ? zhCn : enUs}
        button={{ autoInsertSpace: false }}
      >
        <Shell />
      </ConfigProvider>
    </I18nextProvider>
  );
};

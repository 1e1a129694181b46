import { readFields } from './json-file.ts';

/** What the log-in screen looks like before the settings can be asked for. */
export interface FirstLook {
  readonly language: 'zh' | 'en';
  readonly theme: 'light' | 'dark';
}

/** Read from the kept settings by hand: the window opens before the schema library is loaded. */
export const readFirstLook = (settingsFile: string): FirstLook => {
  const { interfaceLanguage, theme } = readFields(settingsFile);
  return { language: interfaceLanguage === 'en' ? 'en' : 'zh', theme: theme === 'dark' ? 'dark' : 'light' };
};

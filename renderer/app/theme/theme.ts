import { type ThemeConfig, theme } from 'antd';
import type { Settings } from '../../../contract/ipc.ts';

const font =
  "'Segoe UI', 'Helvetica Neue', Arial, 'Microsoft YaHei UI', 'Microsoft YaHei', 'PingFang SC', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif";

/** antd's compact algorithm takes two pixels off: 14 is what is read. */
const shared = { fontFamily: font, fontSize: 16, borderRadius: 6, wireframe: false, motionDurationMid: '0.12s' };

const colours = {
  light: {
    colorPrimary: '#0e6a70',
    colorSuccess: '#1d7a46',
    colorWarning: '#8a5a00',
    colorError: '#b3261e',
    colorInfo: '#1f5fae',
    colorTextBase: '#1b2627',
    colorBorder: '#b9c3c1',
    colorBgLayout: '#eef1f0',
    colorTextPlaceholder: '#6d7c80',
    colorWarningBg: '#fbf0d9',
    colorErrorBg: '#fbe6e4',
  },
  dark: {
    colorPrimary: '#3f9c9d',
    colorSuccess: '#4fae77',
    colorWarning: '#c99a3f',
    colorError: '#d9655c',
    colorInfo: '#5c92d8',
    colorBgBase: '#1b2223',
    colorBgContainer: '#161c1d',
    colorBgElevated: '#232c2d',
    colorTextBase: '#e3eae9',
    colorBorder: '#465455',
    colorTextPlaceholder: '#8a9a9b',
    colorWarningBg: '#3a2f16',
    colorErrorBg: '#421f1d',
  },
};

/** antd in the desk's own colours and density, the same values as in colours.css. */
export const themeOf = (name: Settings['theme']): ThemeConfig => ({
  algorithm: name === 'dark' ? [theme.darkAlgorithm, theme.compactAlgorithm] : [theme.compactAlgorithm],
  token: { ...shared, ...colours[name] },
  components: {
    Button: {
      controlHeight: 32,
      controlHeightSM: 26,
      fontWeight: 500,
      primaryShadow: 'none',
      defaultShadow: 'none',
      dangerShadow: 'none',
    },
    Input: { controlHeight: 32 },
    Select: { controlHeight: 32 },
    DatePicker: { controlHeight: 32 },
    Tooltip: { fontSize: 13 },
  },
});

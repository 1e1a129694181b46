import { SoundOutlined } from '@ant-design/icons';
import { Button, Drawer, Segmented, Select, Slider, Switch } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../contract/ipc.ts';
import { useDeskDispatch, useDeskSelector } from '../app/store/store.ts';
import { commandPhone } from '../app/store/work-calls.ts';
import { writeSettings } from '../app/store/write-settings.ts';
import { LevelMeter } from './level-meter.tsx';
import { useDevices } from './use-devices.ts';

interface DeviceChoiceProps {
  readonly label: string;
  readonly devices: readonly MediaDeviceInfo[];
  readonly value: string | null;
  readonly onChoose: (device: string | null) => void;
  readonly testId: string;
}

const DeviceChoice = ({ label, devices, value, onChoose, testId }: DeviceChoiceProps) => {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className="setting">
      <label htmlFor={id}>{label}</label>
      <Select
        id={id}
        value={value ?? ''}
        onChange={(chosen) => onChoose(chosen || null)}
        options={[
          { value: '', label: t('settings.systemDefault') },
          ...devices.map((one, index) => ({
            value: one.deviceId,
            label: one.label || t('settings.unknownDevice', { count: index + 1 }),
          })),
        ]}
        data-testid={testId}
      />
    </div>
  );
};

/** Language, look, sound devices and the announcement's style; each change counts at once. */
export const SettingsDrawer = ({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const settings = useDeskSelector((state) => state.desk.settings);
  return (
    <Drawer open={open} onClose={onClose} title={t('settings.title')} size={400} destroyOnHidden>
      {settings && <SettingsForm settings={settings} open={open} />}
    </Drawer>
  );
};

const SettingsForm = ({ settings, open }: { readonly settings: Settings; readonly open: boolean }) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const microphones = useDevices(open, 'audioinput');
  const speakers = useDevices(open, 'audiooutput');
  const write = (changes: Partial<Settings>): void => void dispatch(writeSettings(changes));
  return (
    <div className="settings">
      <h3>{t('settings.interface')}</h3>
      <div className="setting">
        <span>{t('settings.interfaceLanguage')}</span>
        <Segmented
          aria-label={t('settings.interfaceLanguage')}
          value={settings.interfaceLanguage}
          options={[
            { value: 'zh' as const, label: '中文' },
            { value: 'en' as const, label: 'English' },
          ]}
          onChange={(interfaceLanguage) => write({ interfaceLanguage })}
          data-testid="settings-language"
        />
      </div>
      <div className="setting">
        <span>{t('settings.theme')}</span>
        <Segmented
          aria-label={t('settings.theme')}
          value={settings.theme}
          options={[
            { value: 'light' as const, label: t('settings.light') },
            { value: 'dark' as const, label: t('settings.dark') },
          ]}
          onChange={(theme) => write({ theme })}
          data-testid="settings-theme"
        />
      </div>
      <h3>{t('settings.sound')}</h3>
      <DeviceChoice
        label={t('settings.microphone')}
        devices={microphones}
        value={settings.microphone}
        onChoose={(microphone) => write({ microphone })}
        testId="settings-microphone"
      />
      <div className="setting">
        <span>{t('settings.level')}</span>
        <LevelMeter device={settings.microphone} />
      </div>
      <DeviceChoice
        label={t('settings.speaker')}
        devices={speakers}
        value={settings.speaker}
        onChoose={(speaker) => write({ speaker })}
        testId="settings-speaker"
      />
      <DeviceChoice
        label={t('settings.ringDevice')}
        devices={speakers}
        value={settings.ringDevice}
        onChoose={(ringDevice) => write({ ringDevice })}
        testId="settings-ring-device"
      />
      <div className="setting">
        <span>{t('settings.ringVolume')}</span>
        <Slider
          min={0}
          max={100}
          defaultValue={Math.round(settings.ringVolume * 100)}
          onChangeComplete={(percent) => write({ ringVolume: percent / 100 })}
          ariaLabelForHandle={t('settings.ringVolume')}
        />
      </div>
      <div className="setting">
        <span />
        <Button
          icon={<SoundOutlined />}
          onClick={() => void dispatch(commandPhone({ type: 'test-ring' }))}
          data-testid="settings-test-ring"
        >
          {t('settings.testRing')}
        </Button>
      </div>
      <h3>{t('settings.announcement')}</h3>
      <div className="setting">
        <span>{t('settings.sayYao')}</span>
        <Switch
          checked={settings.sayYao}
          onChange={(sayYao) => write({ sayYao })}
          aria-label={t('settings.sayYao')}
          data-testid="settings-say-yao"
        />
      </div>
    </div>
  );
};

import { useEffect, useState } from 'react';

/** The machine's sound devices while `watching`, fresh when one is plugged in or out. */
export const useDevices = (watching: boolean, kind: 'audioinput' | 'audiooutput'): readonly MediaDeviceInfo[] => {
  const [devices, setDevices] = useState<readonly MediaDeviceInfo[]>([]);
  useEffect(() => {
    if (!watching) return;
    const media = navigator.mediaDevices;
    const read = async (): Promise<void> => {
      const all = await media.enumerateDevices();
      // `default` stands for the system's own choice, which has an entry of its own here.
      setDevices(all.filter((one) => one.kind === kind && one.deviceId !== '' && one.deviceId !== 'default'));
    };
    const onChange = (): void => void read();
    void read();
    media.addEventListener('devicechange', onChange);
    return () => media.removeEventListener('devicechange', onChange);
  }, [watching, kind]);
  return devices;
};

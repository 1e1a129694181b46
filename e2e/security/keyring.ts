import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitUntil } from '../stage/wait-until.ts';

/** A session bus with a GNOME keyring on it, unlocked and empty, as a user who has logged in to a desktop has it. */
export interface Keyring {
  /** For the environment of what is to find it. */
  readonly env: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
}

export const startKeyring = async (): Promise<Keyring> => {
  const home = mkdtempSync(join(tmpdir(), 'zuoxi-keyring-'));
  const own = { HOME: home, XDG_DATA_HOME: join(home, 'data'), XDG_RUNTIME_DIR: home };
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address=1'], {
    env: { ...process.env, ...own },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [address] = await once(bus.stdout, 'data');
  const env = { ...own, DBUS_SESSION_BUS_ADDRESS: String(address).trim() };
  const keyring = spawn('gnome-keyring-daemon', ['--unlock', '--foreground', '--components=secrets'], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  keyring.stdin.end('the password of the log-in');
  await waitUntil('the keyring is on the bus', () => hasKeyring({ ...process.env, ...env }));
  return {
    env,
    stop: async () => {
      await end(keyring);
      await end(bus);
      rmSync(home, { recursive: true, force: true });
    },
  };
};

const hasKeyring = (env: NodeJS.ProcessEnv): boolean => {
  const bus = ['--session', '--print-reply', '--dest=org.freedesktop.DBus', '/', 'org.freedesktop.DBus.NameHasOwner'];
  const asked = spawnSync('dbus-send', [...bus, 'string:org.freedesktop.secrets'], { env, encoding: 'utf8' });
  return asked.stdout.includes('boolean true');
};

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill();
  await exit;
};

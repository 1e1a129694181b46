import { app } from 'electron';
import { startDesk } from './desk.ts';
import { warn } from './system/log.ts';
import { declareAppScheme } from './windows/app-protocol.ts';
import { lockDownContents } from './windows/lock-down.ts';

const switchValue = (name: string): string | undefined =>
  process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3);

const start = async (): Promise<void> => {
  await app.whenReady();
  const desk = startDesk(switchValue('provisioning'));
  app.on('second-instance', desk.show);
};

// Root cannot be sandboxed by Chromium and must say so at start (tests in containers); `enableSandbox`
// would take that word away. Every window asks for its sandbox besides.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
declareAppScheme();
lockDownContents(warn);
// Quitting is the desk window's affair: it signs out first.
app.on('window-all-closed', () => undefined);

if (app.requestSingleInstanceLock()) {
  start().catch((error: unknown) => {
    warn(`the desk could not start: ${error instanceof Error ? error.stack : String(error)}`);
    app.exit(1);
  });
} else {
  app.exit(0);
}

import type { Logger } from 'pino';
import { type Centre, startCentre } from './centre.ts';
import { createLog } from './log.ts';
import { readSettings } from './settings.ts';

/** `node server/main.ts`: runs until SIGTERM or SIGINT. */

const stopOnSignal = (centre: Centre, log: Logger): void => {
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      log.info({ signal }, 'stopping');
      centre.stop().then(
        () => log.info('stopped'),
        (error: unknown) => {
          log.fatal({ error }, 'could not stop in order');
          process.exit(1);
        },
      );
    });
  }
};

const settings = readSettings(process.env);
if (settings.ok) {
  const { bindAddress, rtpPorts, logLevel } = settings.value;
  const log = createLog(logLevel);
  try {
    const centre = await startCentre(settings.value, log);
    stopOnSignal(centre, log);
    log.info({ http: centre.httpPort, sip: centre.sipPort, rtp: rtpPorts, bind: bindAddress }, 'listening');
  } catch (error) {
    log.fatal({ error }, 'the server could not start');
    // Whatever had been opened by then would keep the process alive.
    process.exit(1);
  }
} else {
  process.stderr.write(
    `The server cannot start with these settings:\n${settings.error.map((line) => `  ${line}\n`).join('')}`,
  );
  process.exitCode = 1;
}

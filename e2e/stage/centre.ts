import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freeTcpPort, freeUdpPort } from './free-port.ts';

const root = join(import.meta.dirname, '../..');

/** The real server as a process of its own, on loopback, with demo staff. */
export interface Centre {
  readonly url: string;
  readonly httpPort: number;
  readonly sipPort: number;
  readonly dataDir: string;
  readonly sipTraceFile: string;
  /** False where it was ended, or has ended by itself. */
  readonly isRunning: () => boolean;
  /** SIGTERM, and waits for the end. */
  readonly stop: () => Promise<void>;
  /** SIGKILL, and waits for the end. */
  readonly kill: () => Promise<void>;
  /** Starts it again on the same ports and data after `stop` or `kill`. */
  readonly startAgain: () => Promise<void>;
}

export const startCentre = async (options: {
  readonly dataDir: string;
  /** Loopback, unless a test has an address of its own. */
  readonly bindAddress?: string;
  /** Where `server.log` goes: the data folder, unless that is to be filled up. */
  readonly logFolder?: string;
  readonly environment?: Readonly<Record<string, string>>;
}): Promise<Centre> => {
  const logFolder = options.logFolder ?? options.dataDir;
  await mkdir(options.dataDir, { recursive: true });
  const httpPort = await freeTcpPort();
  const sipPort = await freeUdpPort();
  const bindAddress = options.bindAddress ?? '127.0.0.1';
  const sipTraceFile = join(options.dataDir, 'sip-trace.jsonl');
  const environment = {
    ...process.env,
    ZUOXI_HTTP_PORT: String(httpPort),
    ZUOXI_SIP_PORT: String(sipPort),
    ZUOXI_BIND: bindAddress,
    ZUOXI_DATA: options.dataDir,
    ZUOXI_SIP_TRACE: sipTraceFile,
    ZUOXI_DEMO: '1',
    ...options.environment,
  };
  let running = await start(environment, logFolder);
  const isRunning = () => running.exitCode === null && running.signalCode === null;
  const end = async (signal: NodeJS.Signals) => {
    if (!isRunning()) return;
    const gone = once(running, 'exit');
    running.kill(signal);
    await gone;
  };
  return {
    url: `http://${bindAddress}:${httpPort}`,
    httpPort,
    sipPort,
    dataDir: options.dataDir,
    sipTraceFile,
    isRunning,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    startAgain: async () => {
      running = await start(environment, logFolder);
    },
  };
};

const startMs = 60_000;

const start = async (environment: NodeJS.ProcessEnv, logFolder: string): Promise<ChildProcess> => {
  const child = spawn(process.execPath, [join(root, 'server/main.ts')], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log = createWriteStream(join(logFolder, 'server.log'), { flags: 'a' });
  child.stderr.pipe(log, { end: false });
  const lastLines: string[] = [];
  await new Promise<void>((resolve, reject) => {
    const deadline = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`the server did not start within ${startMs} ms:\n${lastLines.join('\n')}`));
    }, startMs);
    createInterface({ input: child.stdout }).on('line', (line) => {
      log.write(`${line}\n`);
      lastLines.splice(0, Math.max(0, lastLines.length - 20));
      lastLines.push(line);
      if (line.includes('"msg":"listening"')) {
        clearTimeout(deadline);
        resolve();
      }
    });
    child.once('exit', (code, signal) => {
      clearTimeout(deadline);
      reject(new Error(`the server ended at start (${code ?? signal}):\n${lastLines.join('\n')}`));
    });
  });
  return child;
};

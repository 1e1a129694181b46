import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { freeTcpPort, freeUdpPort } from '../stage/free-port.ts';
import { waitUntil } from '../stage/wait-until.ts';

/** A call placed by baresip: keys go as RFC 4733, what it hears is kept in a WAV file. */
export interface BaresipCall {
  readonly press: (digit: string) => Promise<void>;
  readonly hangUp: () => Promise<void>;
  /** Whether the far side has ended the call or it never came to be. */
  readonly isOver: () => boolean;
  /** Ends baresip and answers with the file of what the caller heard, from the answer on. */
  readonly finish: () => Promise<string>;
}

const modulePath = '/usr/lib/baresip/modules';

export const callByBaresip = async (options: {
  readonly sipPort: number;
  readonly from: string;
  readonly dialled: string;
  /** WAV, 8 kHz mono 16-bit; longer than the call, since baresip plays it once. */
  readonly voiceFile: string;
  readonly workDir: string;
}): Promise<BaresipCall> => {
  const heardDir = join(options.workDir, 'heard');
  await mkdir(heardDir, { recursive: true });
  const control = await freeTcpPort();
  await writeFile(join(options.workDir, 'config'), await configuration(options.voiceFile, heardDir, control));
  await writeFile(join(options.workDir, 'contacts'), '');
  await writeFile(
    join(options.workDir, 'accounts'),
    `<sip:${options.from}@127.0.0.1:${options.sipPort}>;regint=0;audio_codecs=pcmu,pcma\n`,
  );
  const child = spawn('baresip', ['-f', options.workDir], { stdio: 'ignore' });
  let over = false;
  child.once('exit', () => {
    over = true;
  });
  const socket = await waitUntil('baresip listens', () => tryConnect(control));
  socket.on('data', (data) => {
    if (data.toString().includes('CALL_CLOSED')) over = true;
  });
  socket.on('error', () => socket.destroy());
  await command(socket, 'dial', `sip:${options.dialled}@127.0.0.1:${options.sipPort}`);
  return {
    press: (digit) => command(socket, 'sndcode', digit),
    hangUp: () => command(socket, 'hangup'),
    isOver: () => over,
    finish: async () => {
      socket.destroy();
      if (child.exitCode === null) {
        const gone = once(child, 'exit');
        child.kill('SIGTERM');
        await gone;
      }
      const heard = (await readdir(heardDir)).find((name) => name.endsWith('-dec.wav'));
      if (!heard) throw new Error('baresip heard nothing');
      return join(heardDir, heard);
    },
  };
};

/** baresip opens SIP over TLS on the port after `sip_listen`; a port chosen by the system keeps clear of ours. */
const configuration = async (voiceFile: string, heardDir: string, control: number): Promise<string> => {
  const rtp = await freeUdpPort();
  return `module_path ${modulePath}
sip_listen 127.0.0.1:${await freeUdpPort()}
net_interface 127.0.0.1
audio_source aufile,${voiceFile}
audio_player aubridge,ear
audio_alert aubridge,bell
ausrc_srate 8000
auplay_srate 8000
ausrc_channels 1
auplay_channels 1
rtp_ports ${rtp}-${rtp + 20}
snd_path ${heardDir}
ctrl_tcp_listen 127.0.0.1:${control}
module g711.so
module aufile.so
module aubridge.so
module sndfile.so
module_tmp account.so
module_app ctrl_tcp.so
module_app menu.so
`;
};

const tryConnect = (port: number): Promise<Socket | undefined> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(socket));
    socket.once('error', () => resolve(undefined));
  });

/** ctrl_tcp speaks JSON in netstrings. */
const command = async (socket: Socket, name: string, params = ''): Promise<void> => {
  const body = JSON.stringify({ command: name, params, token: name });
  const answered = once(socket, 'data');
  socket.write(`${Buffer.byteLength(body)}:${body},`);
  await answered;
};

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findClip, findClipInPieces } from '../audio/find-clip.ts';
import { RtpRecorder } from '../audio/rtp-recorder.ts';
import { readWav, SAMPLE_RATE_HZ, type Samples } from '../audio/wav.ts';
import { freeTcpPort, freeUdpPort } from '../stage/free-port.ts';
import { waitUntil } from '../stage/wait-until.ts';

const prompts = join(import.meta.dirname, '../../build/prompts');
/** The beginning of a prompt tells which it is; its end is often cut short by a key. */
const beginningMs = 1_000;
/** What a listener looks back on for a prompt that begins. */
const lookBackMs = 20_000;
export const likeEnough = 0.8;

/** A caller by sipp who presses keys by RFC 4733 and waits for what there is to hear. */
export interface VoiceCaller {
  /** Waits for a prompt to begin, after the one heard before; answers how like it was. */
  readonly hears: (prompt: string) => Promise<number>;
  readonly press: (digits: string) => Promise<void>;
  readonly say: RtpRecorder['say'];
  /** How like everything heard so far is, somewhere, to clips one after the other. */
  readonly heardInARow: (clips: readonly string[]) => number;
  /** Resolves with sipp's exit code when the call is over: 0 where it went as SIP has it. */
  readonly ended: Promise<number>;
  readonly kill: () => void;
}

export const clipOf = (prompt: string): Samples => readWav(join(prompts, `${prompt}.wav`));

export const callIn = async (options: {
  readonly sipPort: number;
  readonly from: string;
  readonly workDir: string;
  /** How long the call may take; default 200. */
  readonly patienceSeconds?: number;
  /** Steps of sipp's scenario while the call is up; default: waits for the switch's BYE. */
  readonly steps?: (caller: ScenarioParts) => string;
}): Promise<VoiceCaller> => {
  const { patienceSeconds = 200 } = options;
  await mkdir(options.workDir, { recursive: true });
  const ear = await RtpRecorder.open();
  const messageFile = join(options.workDir, 'sipp-messages.log');
  const scenarioFile = join(options.workDir, 'scenario.xml');
  await writeFile(scenarioFile, scenario(options.from, ear.port, patienceSeconds, options.steps ?? (() => '')));
  const child = spawn(
    'sipp',
    [
      ...[`127.0.0.1:${options.sipPort}`, '-sf', scenarioFile, '-s', '1000', '-m', '1', '-i', '127.0.0.1'],
      ...['-p', String(await freeUdpPort()), '-mp', String(await freeUdpPort()), '-cp', String(await freeTcpPort())],
      ...['-trace_msg', '-message_file', messageFile, '-timeout', `${patienceSeconds}s`, '-timeout_error', '-nostdin'],
    ],
    { cwd: options.workDir, stdio: 'ignore' },
  );
  const ended = once(child, 'exit').then(([code]) => {
    ear.close();
    return typeof code === 'number' ? code : 1;
  });
  const mediaPort = await waitUntil(
    'the switch answers',
    async () => {
      const log = await readFile(messageFile, 'utf8').catch(() => '');
      const answered = /SIP\/2\.0 200 OK[\s\S]*?m=audio (\d+)/.exec(log);
      return answered ? Number(answered[1]) : undefined;
    },
    60_000,
  );
  ear.callTo('127.0.0.1', mediaPort);
  let heardUntilMs = 0;
  return {
    hears: async (prompt) => {
      const clip = clipOf(prompt);
      const beginning = clip.subarray(0, Math.min(clip.length, (beginningMs * SAMPLE_RATE_HZ) / 1_000));
      let best = 0;
      const until = Date.now() + 60_000;
      for (;;) {
        const all = ear.samples();
        const from = Math.max(
          Math.round((heardUntilMs * SAMPLE_RATE_HZ) / 1_000),
          all.length - (lookBackMs * SAMPLE_RATE_HZ) / 1_000,
        );
        const match = findClip(beginning, all.subarray(from));
        best = Math.max(best, match.score);
        if (match.score >= likeEnough) {
          heardUntilMs = (from / SAMPLE_RATE_HZ) * 1_000 + match.offsetMs + 200;
          return match.score;
        }
        if (Date.now() > until) throw new Error(`${options.from} did not hear ${prompt}: ${best.toFixed(2)} at best`);
        await sleep(400);
      }
    },
    press: (digits) => ear.press(digits),
    say: (codes, goOn) => ear.say(codes, goOn),
    heardInARow: (clips) => {
      const parts = clips.map(clipOf);
      const row = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
      let at = 0;
      for (const part of parts) {
        row.set(part, at);
        at += part.length;
      }
      return findClipInPieces(row, ear.samples()).score;
    },
    ended,
    kill: () => child.kill('SIGKILL'),
  };
};

export interface ScenarioParts {
  readonly info: (digit: string, sequence: number) => string;
  readonly pause: (ms: number) => string;
  readonly bye: (sequence: number) => string;
}

const scenario = (
  from: string,
  port: number,
  patienceSeconds: number,
  steps: (caller: ScenarioParts) => string,
): string => {
  const inDialog = (
    method: string,
    sequence: number,
    rest: string,
  ) => `<send${method === 'ACK' ? '' : ' retrans="500"'}><![CDATA[
${method} [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:${from}@[local_ip]:[local_port]>;tag=[call_number]
[last_To:]
[routes]
Call-ID: [call_id]
CSeq: ${sequence} ${method}
Max-Forwards: 70
${rest}
]]></send>`;
  const parts: ScenarioParts = {
    info: (digit, sequence) =>
      `${inDialog(
        'INFO',
        sequence,
        `Content-Type: application/dtmf-relay\nContent-Length: [len]\n\nSignal=${digit}\nDuration=160`,
      )}<recv response="200"/>`,
    pause: (ms) => `<pause milliseconds="${ms}"/>`,
    bye: (sequence) => `${inDialog('BYE', sequence, 'Content-Length: 0\n')}<recv response="200"/>`,
  };
  const body = steps(parts);
  const end = body.includes('BYE [next_url]')
    ? ''
    : `<recv request="BYE" timeout="${(patienceSeconds - 10) * 1_000}"/>
<send><![CDATA[
SIP/2.0 200 OK
[last_Via:]
[last_From:]
[last_To:]
[last_Call-ID:]
[last_CSeq:]
Content-Length: 0

]]></send>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<scenario name="a caller">
<send retrans="500"><![CDATA[
INVITE sip:[service]@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:${from}@[local_ip]:[local_port]>;tag=[call_number]
To: <sip:[service]@[remote_ip]:[remote_port]>
Call-ID: [call_id]
CSeq: 1 INVITE
Contact: <sip:${from}@[local_ip]:[local_port]>
Max-Forwards: 70
Content-Type: application/sdp
Content-Length: [len]

v=0
o=caller 1 1 IN IP4 [local_ip]
s=-
c=IN IP4 127.0.0.1
t=0 0
m=audio ${port} RTP/AVP 0 101
a=rtpmap:0 PCMU/8000
a=rtpmap:101 telephone-event/8000
a=ptime:20
]]></send>
<recv response="100" optional="true"/>
<recv response="180" optional="true"/>
<recv response="200" rrs="true"/>
${inDialog('ACK', 1, 'Content-Length: 0\n')}
${body}
${end}
</scenario>
`;
};

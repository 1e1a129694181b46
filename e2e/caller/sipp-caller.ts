import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freeTcpPort, freeUdpPort } from '../stage/free-port.ts';

export interface KeyPress {
  readonly digit: string;
  /** After the step before it: the answer, or the previous key. */
  readonly afterMs: number;
}

/** A call placed by sipp (Debian's sip-tester). */
export interface SippCall {
  /** Resolves with sipp's exit code: 0 where the whole call went as the scenario says. */
  readonly ended: Promise<number>;
  /** Every SIP message as sipp saw it. */
  readonly messageFile: string;
  /** What sipp itself says of a call that did not go as the scenario says, and the last messages it saw. */
  readonly lastWords: () => Promise<string>;
  readonly kill: () => void;
}

/**
 * Places a call to the hotline: keys as SIP INFO, the voice as PCMU over RTP for ever, until the
 * other side hangs up. What it hears goes to `hearAt`, a UDP port somebody listens on.
 */
export const callBySipp = async (options: {
  readonly sipPort: number;
  readonly from: string;
  readonly dialled: string;
  readonly keys: readonly KeyPress[];
  /** Raw μ-law, 8 kHz. */
  readonly voiceFile: string;
  readonly hearAt: number;
  readonly workDir: string;
}): Promise<SippCall> => {
  await mkdir(options.workDir, { recursive: true });
  const errorFile = join(options.workDir, 'sipp-errors.log');
  const scenarioFile = join(options.workDir, 'caller.xml');
  const messageFile = join(options.workDir, 'sipp-messages.log');
  await writeFile(scenarioFile, scenario(options));
  const child = spawn(
    'sipp',
    [
      `127.0.0.1:${options.sipPort}`,
      ...['-sf', scenarioFile, '-s', options.dialled, '-m', '1', '-i', '127.0.0.1', '-mi', '127.0.0.1'],
      ...['-p', String(await freeUdpPort()), '-mp', String(await freeUdpPort())],
      ...['-cp', String(await freeTcpPort())],
      ...['-trace_msg', '-message_file', messageFile, '-trace_err', '-error_file', errorFile],
      ...['-timeout', '180s', '-timeout_error', '-nostdin'],
    ],
    { cwd: options.workDir, stdio: 'ignore' },
  );
  const ended = once(child, 'exit').then(([code]) => (typeof code === 'number' ? code : 1));
  const lastWords = async () =>
    (await Promise.all([errorFile, messageFile].map((file) => readFile(file, 'utf8').catch(() => ''))))
      .map((text) => text.slice(-2_000))
      .join('\n');
  return { ended, messageFile, lastWords, kill: () => child.kill('SIGKILL') };
};

const scenario = (call: Parameters<typeof callBySipp>[0]): string => `<?xml version="1.0" encoding="UTF-8"?>
<scenario name="a caller">
  <send retrans="500"><![CDATA[
INVITE sip:[service]@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:${call.from}@[local_ip]:[local_port]>;tag=[call_number]
To: <sip:[service]@[remote_ip]:[remote_port]>
Call-ID: [call_id]
CSeq: 1 INVITE
Contact: <sip:${call.from}@[local_ip]:[local_port]>
Max-Forwards: 70
Subject: sends RTP from port [rtpstream_audio_port]
Content-Type: application/sdp
Content-Length: [len]

v=0
o=caller 1 1 IN IP4 [local_ip]
s=-
c=IN IP4 [media_ip]
t=0 0
m=audio ${call.hearAt} RTP/AVP 0
a=rtpmap:0 PCMU/8000
a=ptime:20
]]></send>
  <recv response="100" optional="true"/>
  <recv response="180" optional="true"/>
  <recv response="200" rrs="true"/>
  <send><![CDATA[
ACK [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:${call.from}@[local_ip]:[local_port]>;tag=[call_number]
[last_To:]
[routes]
Call-ID: [call_id]
CSeq: 1 ACK
Max-Forwards: 70
Content-Length: 0

]]></send>
  <nop><action><exec rtp_stream="${call.voiceFile},-1,0"/></action></nop>
${call.keys.map(infoStep(call.from)).join('\n')}
  <recv request="BYE" timeout="170000"/>
  <send><![CDATA[
SIP/2.0 200 OK
[last_Via:]
[last_From:]
[last_To:]
[last_Call-ID:]
[last_CSeq:]
Content-Length: 0

]]></send>
</scenario>
`;

const infoStep =
  (from: string) =>
  (key: KeyPress, index: number): string =>
    `  <pause milliseconds="${key.afterMs}"/>
  <send retrans="500"><![CDATA[
INFO [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:${from}@[local_ip]:[local_port]>;tag=[call_number]
[last_To:]
[routes]
Call-ID: [call_id]
CSeq: ${index + 2} INFO
Max-Forwards: 70
Content-Type: application/dtmf-relay
Content-Length: [len]

Signal=${key.digit}
Duration=160
]]></send>
  <recv response="200"/>`;

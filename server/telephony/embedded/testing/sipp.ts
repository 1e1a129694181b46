import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A caller by sipp that goes through the given steps and ends; the exit code is 0 where each step came true. */
export interface Sipp {
  readonly exitCode: Promise<number>;
  /** What sipp complains about; for the message of a failed test. */
  readonly complaints: () => Promise<string>;
  readonly kill: () => void;
}

export const startSipp = (port: number, steps: readonly string[]): Promise<Sipp> =>
  run(steps, [`127.0.0.1:${port}`, '-s', '1000']);

/** A telephone beyond the trunk, at a port of its own, that goes through the steps when it is called. */
export const startSippCalled = (port: number, steps: readonly string[]): Promise<Sipp> =>
  run(steps, ['-p', String(port)]);

const run = async (steps: readonly string[], more: readonly string[]): Promise<Sipp> => {
  const folder = await mkdtemp(join(tmpdir(), 'sipp-'));
  const scenario = join(folder, 'scenario.xml');
  const errors = join(folder, 'errors.log');
  await writeFile(
    scenario,
    `<?xml version="1.0" encoding="UTF-8"?>\n<scenario name="caller">\n${steps.join('\n')}\n</scenario>\n`,
  );
  const child = spawn(
    'sipp',
    [
      ...[...more, '-sf', scenario, '-m', '1', '-i', '127.0.0.1', '-mi', '127.0.0.1'],
      ...['-trace_err', '-error_file', errors, '-timeout', '60s', '-timeout_error', '-nostdin'],
    ],
    { cwd: folder, stdio: 'ignore' },
  );
  return {
    exitCode: once(child, 'exit').then(([code]) => (typeof code === 'number' ? code : -1)),
    complaints: () => readFile(errors, 'utf8').catch(() => ''),
    kill: () => child.kill('SIGKILL'),
  };
};

const caller = '<sip:13800138000@[local_ip]:[local_port]>;tag=[call_number]';
const head = (method: string, uri: string, to: string, sequence: number): string => `${method} ${uri} SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: ${caller}
${to}
Call-ID: [call_id]
CSeq: ${sequence} ${method}
Max-Forwards: 70`;
const called = 'To: <sip:[service]@[remote_ip]:[remote_port]>';

const sdp = `v=0
o=caller 1 1 IN IP4 [local_ip]
s=-
c=IN IP4 [media_ip]
t=0 0
m=audio [media_port] RTP/AVP 0
a=rtpmap:0 PCMU/8000`;

export const invite = (more = '', body = sdp): string => `<send retrans="500"><![CDATA[
${head('INVITE', 'sip:[service]@[remote_ip]:[remote_port]', called, 1)}
Contact: <sip:13800138000@[local_ip]:[local_port]>${more === '' ? '' : `\n${more}`}${body === '' ? '' : '\nContent-Type: application/sdp'}
Content-Length: [len]

${body}
]]></send>`;

export const receive = (status: number): string =>
  `<recv response="${status}"${status < 180 ? ' optional="true"' : ''}/>`;

/** The 200 of an INVITE: later requests follow its Contact and Record-Route. */
export const receiveAnswer = `<recv response="200" rrs="true"/>`;

export const inCall = (
  method: string,
  sequence: number,
  type = '',
  body = '',
): string => `<send${method === 'ACK' ? '' : ' retrans="500"'}><![CDATA[
${head(method, '[next_url]', '[last_To:]', sequence)}
[routes]${type === '' ? '' : `\nContent-Type: ${type}`}
Content-Length: [len]

${body}
]]></send>`;

export const answerOf = sdp;

/** CANCEL, and the ACK of its 487, belong to the INVITE's transaction: same branch. */
export const cancel = `<send retrans="500"><![CDATA[
${head('CANCEL', 'sip:[service]@[remote_ip]:[remote_port]', called, 1).replace('[branch]', '[branch-3]')}
Content-Length: 0

]]></send>`;

export const pause = (milliseconds: number): string => `<pause milliseconds="${milliseconds}"/>`;

export const receiveBye = `<recv request="BYE"/>
<send><![CDATA[
SIP/2.0 200 OK
[last_Via:]
[last_From:]
[last_To:]
[last_Call-ID:]
[last_CSeq:]
Content-Length: 0

]]></send>`;

const reply = (status: string, more = '', body = ''): string => `<send><![CDATA[
SIP/2.0 ${status}
[last_Via:]
[last_From:]
[last_To:];tag=called-[call_number]
[last_Call-ID:]
[last_CSeq:]
Contact: <sip:called@[local_ip]:[local_port]>${more === '' ? '' : `\n${more}`}${body === '' ? '' : '\nContent-Type: application/sdp'}
Content-Length: [len]

${body}
]]></send>`;

/** The called party's side: an INVITE comes, and is answered so. `refusal` waits for the ACK. */
export const whenCalled = {
  invite: (expected = ''): string =>
    expected === ''
      ? '<recv request="INVITE"/>'
      : `<recv request="INVITE"><action><ereg regexp="${expected}" search_in="msg" check_it="true" assign_to="found"/></action></recv><nop><action><log message="[$found]"/></action></nop>`,
  ring: reply('180 Ringing'),
  answer: `${reply('200 OK', '', sdp)}<recv request="ACK"/>`,
  refuse: (status: string, more = ''): string => `${reply(status, more)}<recv request="ACK"/>`,
} as const;

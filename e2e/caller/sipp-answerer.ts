import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';

/** A telephone beyond the outgoing trunk, by sipp (Debian's sip-tester): it answers, and waits for the BYE. */
export const answerBySipp = (port: number): { readonly kill: () => void } => {
  const child = spawn(
    'sipp',
    ['-sn', 'uas', '-i', '127.0.0.1', '-mi', '127.0.0.1', '-p', String(port), '-timeout', '240s', '-nostdin'],
    { cwd: tmpdir(), stdio: 'ignore' },
  );
  return { kill: () => child.kill('SIGKILL') };
};

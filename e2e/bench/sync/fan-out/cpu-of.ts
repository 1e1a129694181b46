import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts a process's time in hundredths of a second. */
const ticksPerSecond = 100;

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
  readonly seconds: number;
}

const readProcess = (pid: number): Process | undefined => {
  try {
    // `PID (NAME) STATE PPID …`, the name being anything; of what follows it, the times in user and in system mode,
    // its own and those of its children that have ended.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return {
      pid,
      parent: Number(fields[1]),
      command,
      seconds: fields.slice(11, 15).reduce((ticks, some) => ticks + Number(some), 0) / ticksPerSecond,
    };
  } catch {
    // It has ended since it was listed.
    return undefined;
  }
};

/** CPU time so far, in seconds, of the processes below this one, by the first of these words in their command line. */
export const cpuOf = (kinds: readonly string[]): Readonly<Record<string, number>> => {
  const all = new Map<number, Process>();
  for (const name of readdirSync('/proc')) {
    const found = /^\d+$/.test(name) ? readProcess(Number(name)) : undefined;
    if (found) all.set(found.pid, found);
  }
  const isBelow = ({ parent }: Process): boolean => {
    if (parent === process.pid) return true;
    const above = all.get(parent);
    return above !== undefined && isBelow(above);
  };
  const own = [...all.values()].filter(isBelow);
  const kindOf = ({ command, parent }: Process): string | undefined =>
    kinds.find((kind) => command.includes(kind)) ?? kinds.find((kind) => all.get(parent)?.command.includes(kind));
  return Object.fromEntries(
    kinds.map((kind) => [
      kind,
      own.filter((one) => kindOf(one) === kind).reduce((sum, { seconds }) => sum + seconds, 0),
    ]),
  );
};

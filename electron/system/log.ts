const mostLines = 200;
const lines: string[] = [];

/** One line to standard error, where the system's journal or a terminal takes it; the last ones are kept. */
export const warn = (message: string): void => {
  const line = `${new Date().toISOString()} ${message}`;
  lines.push(line);
  lines.splice(0, Math.max(0, lines.length - mostLines));
  process.stderr.write(`${line}\n`);
};

/** As they were written: they may name files and people. */
export const recentLines = (): readonly string[] => [...lines];

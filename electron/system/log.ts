/** One line to standard error, where the system's journal or a terminal takes it. */
export const warn = (message: string): void => {
  process.stderr.write(`${new Date().toISOString()} ${message}\n`);
};

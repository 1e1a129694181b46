/**
 * A command as it is run on a machine with a screen, or under a virtual one where there is none.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {{ command: string, args: readonly string[] }}
 */
export const onSomeScreen = (command, args) =>
  process.env['DISPLAY'] || process.platform !== 'linux'
    ? { command, args }
    : { command: 'xvfb-run', args: ['-a', '-s', '-screen 0 1920x1080x24', command, ...args] };

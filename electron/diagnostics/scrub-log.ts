/** Runs of a line that may name somebody or say what somebody wrote, and what is put there. */
const replaced: readonly (readonly [RegExp, string])[] = [
  // What an error says may quote anything; its name and its code tell enough.
  [/\b(\w*(?:Error|Exception))\b(?:: [\s\S]*)?/, '$1'],
  [/"[^"]*"|'[^']*'|`[^`]*`|“[^”]*”|‘[^’]*’|「[^」]*」/g, '<quoted>'],
  [/\b[a-z][a-z+.-]*:\/\/\S+/gi, '<address>'],
  [/\S+@\S+/g, '<mail>'],
  [/(?:[A-Za-z]:)?(?:[\\/][^\s\\/:]+){2,}/g, '<path>'],
  [/[^\x20-\x7e]+/g, '<text>'],
];

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const stamp = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z /;
const errorName = /^(?:[A-Z]\w*)?(?:Error|Exception)$/;
const errorCode = /^(?:SQLITE_[A-Z_]+|E[A-Z]{3,12}|HTTP|IPC|PDF|SIP|JSON|SQL)$/;

/** Names begin with a capital letter, telephone and staff numbers are long; `callerName` is a word of ours. */
const plainWord = (word: string): string => {
  const bare = word.replace(/^[^\w<]+|[^\w>]+$/g, '');
  if (uuid.test(bare) || errorName.test(bare) || errorCode.test(bare) || /^<\w+>$/.test(bare)) return word;
  if (/\d{3}/.test(word)) return '<number>';
  return /(?<![a-z])[A-Z]/.test(word) ? '<word>' : word;
};

const frame = /^\s+at (?:(?:async )?([\w.<>]+) \()?.*?([\w.-]+:\d+:\d+)\)?$/;

/**
 * A line of the log without what may be personal: quotations, addresses, paths, numbers, names, all that is not plain
 * English, and what errors say. Of an error its name stays, with the frames of its stack by file name.
 */
export const scrubLine = (line: string): readonly string[] => {
  const [first = '', ...rest] = line.split('\n');
  const time = stamp.exec(first)?.[0] ?? '';
  const said = replaced.reduce((text, [pattern, by]) => text.replace(pattern, by), first.slice(time.length));
  const frames = rest.flatMap((one) => {
    const found = frame.exec(one);
    return found ? [`    at ${found[1] ?? ''} ${found[2] ?? ''}`] : [];
  });
  return [time + said.split(' ').map(plainWord).join(' '), ...frames];
};

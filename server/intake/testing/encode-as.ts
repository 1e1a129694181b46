const tables = new Map<string, ReadonlyMap<string, number>>();

/** Text in a charset of two bytes a character, which Node can read but not write. */
export const encodeAs = (charset: 'gb18030' | 'big5' | 'shift_jis', text: string): Buffer => {
  const table = tableOf(charset);
  return Buffer.from(
    [...text].flatMap((character) => {
      if (character < '\u0080') return [character.charCodeAt(0)];
      const pair = table.get(character);
      if (pair === undefined) throw new Error(`${character} is not in ${charset}`);
      return [pair >> 8, pair & 0xff];
    }),
  );
};

const tableOf = (charset: string): ReadonlyMap<string, number> => {
  const known = tables.get(charset);
  if (known) return known;
  const decoder = new TextDecoder(charset);
  const table = new Map<string, number>();
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      const text = decoder.decode(Uint8Array.of(lead, trail));
      if ([...text].length === 1 && text !== '\ufffd' && !table.has(text)) table.set(text, (lead << 8) | trail);
    }
  }
  tables.set(charset, table);
  return table;
};

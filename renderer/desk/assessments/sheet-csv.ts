/** Opened by a spreadsheet: with a byte order mark, or Chinese would be read as something else. */
export const csvOf = (rows: readonly (readonly (string | number)[])[]): Uint8Array =>
  new TextEncoder().encode(`\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`);

/** RFC 4180. What a spreadsheet would take for a formula is kept as text. */
const cell = (value: string | number): string => {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

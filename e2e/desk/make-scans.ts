/** A PDF (ISO 32000-1) with a line of text on each page, enough of one for any reader. */
export const makePdf = (pages: readonly string[]): Buffer => {
  const objects: string[] = [];
  const add = (body: string): number => objects.push(body);
  const font = 3;
  add('<< /Type /Catalog /Pages 2 0 R >>');
  const kids = pages.map((_, page) => `${4 + 2 * page} 0 R`).join(' ');
  add(`<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`);
  add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>');
  for (const [page, text] of pages.entries()) {
    add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${5 + 2 * page} 0 R ` +
        `/Resources << /Font << /F ${font} 0 R >> >> >>`,
    );
    const drawing = `BT /F 28 Tf 60 740 Td (${text}) Tj ET`;
    add(`<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`);
  }
  let file = '%PDF-1.4\n';
  const offsets = objects.map((body, index) => {
    const at = file.length;
    file += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return at;
  });
  const table = file.length;
  const rows = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`;
  file += `trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
};

const width = 300;
const height = 420;
const short = 3;
const long = 4;

/** A TIFF 6.0 of several grey pages, the first grey the first page; black bars tell which is the top. */
export const makeTiff = (greys: readonly number[]): Buffer => {
  const pixelBytes = width * height;
  const tagCount = 9;
  const directoryBytes = 2 + 12 * tagCount + 4;
  const pageBytes = directoryBytes + pixelBytes;
  const file = Buffer.alloc(8 + pageBytes * greys.length);
  file.write('II*\0', 0, 'latin1');
  file.writeUInt32LE(8, 4);
  for (const [page, grey] of greys.entries()) {
    const at = 8 + pageBytes * page;
    const pixelsAt = at + directoryBytes;
    const tags = [
      [256, long, width],
      [257, long, height],
      [258, short, 8],
      [259, short, 1],
      [262, short, 1],
      [273, long, pixelsAt],
      [277, short, 1],
      [278, long, height],
      [279, long, pixelBytes],
    ] as const;
    file.writeUInt16LE(tagCount, at);
    for (const [index, [tag, type, value]] of tags.entries()) {
      const entry = at + 2 + 12 * index;
      file.writeUInt16LE(tag, entry);
      file.writeUInt16LE(type, entry + 2);
      file.writeUInt32LE(1, entry + 4);
      if (type === short) file.writeUInt16LE(value, entry + 8);
      else file.writeUInt32LE(value, entry + 8);
    }
    file.writeUInt32LE(page + 1 < greys.length ? at + pageBytes : 0, at + directoryBytes - 4);
    file.fill(grey, pixelsAt, pixelsAt + pixelBytes);
    file.fill(0, pixelsAt, pixelsAt + 20 * width);
  }
  return file;
};

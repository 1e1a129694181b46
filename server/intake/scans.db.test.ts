import { mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Form } from '../../domain/forms/form.ts';
import { createIntakeCentre, type IntakeCentre, until } from './testing/intake-centre.ts';

const tiff = Buffer.concat([Buffer.from('II*\0'), Buffer.alloc(64, 1)]);
const pdf = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');

let centre: IntakeCentre;
let faxes: string;
let letters: string;
beforeAll(async () => {
  centre = await createIntakeCentre();
  faxes = await mkdtemp(join(tmpdir(), 'zuoxi-faxes-'));
  letters = await mkdtemp(join(tmpdir(), 'zuoxi-letters-'));
  // What came while the centre was down.
  await writeFile(join(faxes, 'fax-02886661234-20261124.tif'), tiff);
  await centre.start({ ZUOXI_FAX_FOLDER: faxes, ZUOXI_LETTER_FOLDER: letters });
}, 180_000);
afterAll(async () => {
  await centre?.close();
  for (const folder of [faxes, letters]) await rm(folder, { recursive: true, force: true });
});

const byFile = (name: string): Promise<Form> =>
  until(async () => (await centre.allForms()).find(({ origin }) => origin.via === 'fax' && origin.fileName === name));
const lands = (folder: string, where: string, name: string) =>
  until(async () => (await readdir(join(folder, where))).includes(name));

test('A1 a fax in the folder becomes a form with its pages and the number in its name', async () => {
  expect(await byFile('fax-02886661234-20261124.tif')).toMatchObject({
    fields: { channel: 'fax' },
    origin: { fromNumber: '02886661234', problem: null },
    work: { state: 'waiting', inbox: 'text' },
    attachments: [{ mediaType: 'image/tiff', size: tiff.length }],
  });
  await lands(faxes, 'processed', 'fax-02886661234-20261124.tif');
});

test('A1 what lies beside a fax tells its number and the office that forwarded it', async () => {
  await writeFile(
    join(faxes, 'b.pdf.json'),
    JSON.stringify({ number: '+862012345678', forwardedBy: '广州电信', pages: 1 }),
  );
  await writeFile(join(faxes, 'b.pdf'), pdf);
  expect(await byFile('b.pdf')).toMatchObject({
    fields: { forwardedBy: '广州电信' },
    origin: { fromNumber: '+862012345678' },
  });
  await lands(faxes, 'processed', 'b.pdf.json');
});

test('A1 a fax that is none, or half of one, is a form on the problem list with what there is of it', async () => {
  await writeFile(join(faxes, 'noise.tif'), 'no picture');
  await writeFile(join(faxes, 'half.pdf'), pdf.subarray(0, 20));
  for (const name of ['noise.tif', 'half.pdf']) {
    expect(await byFile(name)).toMatchObject({ origin: { problem: { code: 'unreadable' } }, attachments: [{ name }] });
    await lands(faxes, 'problem', name);
  }
});

test('A1 a scanned letter is a letter', async () => {
  await writeFile(join(letters, 'scan0001.pdf'), pdf);
  expect(await byFile('scan0001.pdf')).toMatchObject({
    fields: { channel: 'letter' },
    attachments: [{ name: 'scan0001.pdf' }],
  });
});

test('A1 a fax that was on its form when the centre stopped, but not yet moved away, opens no second form', async () => {
  await lands(faxes, 'processed', 'b.pdf');
  await centre.stop();
  const before = (await centre.allForms()).length;
  await rename(join(faxes, 'processed', 'b.pdf'), join(faxes, 'b.pdf'));
  await centre.start({ ZUOXI_FAX_FOLDER: faxes });
  await lands(faxes, 'processed', 'b.pdf');
  expect(await centre.allForms()).toHaveLength(before);
});

import { getDocument, PDFWorker } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { ScanPages } from './pages.ts';

const files = (folder: string): string => new URL(`./pdf/${folder}/`, document.baseURI).href;

/**
 * Opens a PDF in a worker of its own. Neither `eval` nor WebAssembly, which the content security
 * policy forbids: fax and JPEG 2000 pictures are read by the plain JavaScript decoders. Scripts,
 * links and forms inside the PDF are not brought to life: pages are drawn, nothing else.
 */
export const openPdf = async (bytes: Uint8Array): Promise<ScanPages> => {
  const port = new Worker(new URL('./pdf-worker.ts', import.meta.url), { type: 'module' });
  const worker = PDFWorker.create({ port });
  const close = (): void => {
    worker.destroy();
    port.terminate();
  };
  try {
    const pdf = await getDocument({
      // Handed over to the worker: a copy, so that the caller's bytes stay.
      data: Uint8Array.from(bytes),
      worker,
      useWasm: false,
      wasmUrl: files('wasm'),
      cMapUrl: files('cmaps'),
      cMapPacked: true,
      standardFontDataUrl: files('standard_fonts'),
      enableXfa: false,
    }).promise;
    return {
      count: pdf.numPages,
      draw: async (number, { width, turn }) => {
        const page = await pdf.getPage(number + 1);
        const rotation = (page.rotate + turn) % 360;
        const plain = page.getViewport({ scale: 1, rotation });
        const viewport = page.getViewport({ scale: width / plain.width, rotation });
        const canvas = document.createElement('canvas');
        canvas.width = Math.round(viewport.width);
        canvas.height = Math.round(viewport.height);
        await page.render({ canvas, viewport }).promise;
        return canvas;
      },
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
};

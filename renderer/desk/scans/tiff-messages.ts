/** What the window asks of the TIFF worker, and what it answers, in the same order. */
export type TiffRequest =
  | { readonly type: 'open'; readonly bytes: ArrayBuffer }
  | { readonly type: 'page'; readonly page: number };

export type TiffAnswer =
  | { readonly type: 'opened'; readonly count: number }
  | { readonly type: 'page'; readonly picture: ImageBitmap }
  | { readonly type: 'failed'; readonly reason: string };

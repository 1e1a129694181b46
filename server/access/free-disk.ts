import { statfs } from 'node:fs/promises';

/** What is free for us on the disk of a folder. */
export const freeMiB = async (folder: string): Promise<number> => {
  const { bavail, bsize } = await statfs(folder);
  return (bavail * bsize) / 1_048_576;
};

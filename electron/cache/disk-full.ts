import { z } from 'zod';

/** SQLite's word and the system's for a disk with no room left. */
const diskFull = z.object({ code: z.enum(['SQLITE_FULL', 'ENOSPC', 'EDQUOT']) });

export const isDiskFull = (error: unknown): boolean => diskFull.safeParse(error).success;

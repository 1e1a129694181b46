import { v4 as uuidV4 } from 'uuid';
import { z } from 'zod';
import { readJsonFile, writeJsonFile } from './json-file.ts';

const workstation = z.object({ instanceId: z.uuid() });

/** RFC 5626, 4.1: one instance id for this workstation, made once and kept. */
export const keptInstanceId = (file: string): string => {
  const kept = readJsonFile(file, workstation);
  if (kept) return kept.instanceId;
  const made = { instanceId: uuidV4() };
  writeJsonFile(file, made);
  return made.instanceId;
};

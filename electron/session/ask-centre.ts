import type { z } from 'zod';
import { routes, type signInAnswer } from '../../contract/http.ts';
import type { Result } from '../../domain/result.ts';
import { readMeta } from '../cache/meta.ts';
import type { Cache } from '../cache/open-cache.ts';
import { renewDevice } from '../cache/store/renew-device.ts';
import { deskStoreOf } from '../cache/store/sqlite-desk-store.ts';
import type { Api, ApiFailure } from '../sync/api.ts';

export type SignInAnswer = z.output<typeof signInAnswer>;

export interface Credentials {
  readonly staffNumber: string;
  readonly password: string;
}

/** Signs in at the centre as this desk; one whose name a copy goes on under takes a new one, and signs in again. */
export const askCentre = async (
  cache: Cache,
  api: Api,
  credentials: Credentials,
): Promise<Result<SignInAnswer, ApiFailure>> => {
  const ask = () => {
    const { device, epoch } = cache.database.read(readMeta);
    return api.call(routes.signIn, { body: { ...credentials, device, epoch } });
  };
  const answered = await ask();
  if (answered.ok || answered.error.code !== 'device-copied') return answered;
  cache.database.write((writes) => renewDevice(deskStoreOf(writes)));
  return ask();
};

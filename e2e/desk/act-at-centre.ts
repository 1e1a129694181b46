import { randomUUID } from 'node:crypto';
import { v7 as uuidV7 } from 'uuid';
import { routes } from '../../contract/http.ts';
import { syncVersion } from '../../contract/sync.ts';
import type { FormAction, Operation } from '../../domain/forms/operations.ts';

interface Colleague {
  readonly staffNumber: string;
  readonly password: string;
}

/** Somebody at another desk does something to a form: it is at the centre when this resolves. */
export const actAtCentre = async (url: string, colleague: Colleague, action: FormAction): Promise<void> => {
  const device = randomUUID();
  const post = async (path: string, body: unknown, accessToken?: string): Promise<unknown> => {
    const authorization = accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` };
    const response = await fetch(new URL(path, url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...authorization },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path} was answered ${response.status}: ${await response.text()}`);
    return response.json();
  };
  const { tokens } = routes.signIn.answer.parse(await post(routes.signIn.path, { ...colleague, device, epoch: null }));
  const operation: Operation = {
    ...action,
    ...{ id: uuidV7(), device, seq: 1, madeAt: Date.now(), by: colleague.staffNumber },
  };
  const answer = routes.push.answer.parse(
    await post(routes.push.path, { syncVersion, operations: [operation] }, tokens.accessToken),
  );
  if (answer.results[0]?.outcome !== 'applied') throw new Error(`not applied: ${JSON.stringify(answer.results)}`);
};

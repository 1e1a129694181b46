import { ipcMain, type WebContents } from 'electron';
import type { z } from 'zod';
import { type RequestName, type RequestOutput, type Requests, requests } from '../../contract/ipc.ts';
import { senderOf, type WindowName } from './sender.ts';

export type Handler<Name extends RequestName> = (
  input: z.output<Requests[Name]['input']>,
) => RequestOutput<Name> | Promise<RequestOutput<Name>>;

/** One handler for each request of the contract: a missing one does not compile. */
export type Handlers = { readonly [Name in RequestName]: Handler<Name> };

/** What one feature hands to `register`. */
export type HandlersOf<Names extends RequestName> = Pick<Handlers, Names>;

/**
 * The only place that answers requests. A request from a window that may not make it, or with input
 * that does not parse, is a bug or an attack: it is logged and rejected without a reason.
 */
export const register = (
  handlers: Handlers,
  options: {
    readonly contentsOf: (window: WindowName) => WebContents | undefined;
    /** In development and tests answers are held to the contract too. */
    readonly checkOutput: boolean;
    readonly warn: (message: string) => void;
  },
): void => {
  const answer = <Name extends RequestName>(name: Name, handler: Handler<Name>): void => {
    const request = requests[name];
    const allowed: readonly WindowName[] = request.from;
    ipcMain.handle(`request:${name}`, async (event, raw: unknown) => {
      const sender = senderOf(
        { contentsId: event.sender.id, frame: event.senderFrame },
        {
          desk: options.contentsOf('desk')?.id,
          phone: options.contentsOf('phone')?.id,
          paper: options.contentsOf('paper')?.id,
        },
      );
      if (!sender || !allowed.includes(sender)) {
        options.warn(`${name} refused: asked by ${sender ?? 'a stranger'} (${event.senderFrame?.url ?? 'no frame'})`);
        throw new Error('refused');
      }
      const input = request.input.safeParse(raw);
      if (!input.success) {
        options.warn(
          `${name} refused: ${input.error.issues.map((issue) => `${issue.path.join('.')} ${issue.code}`).join(', ')}`,
        );
        throw new Error('unreadable');
      }
      const output = await handler(input.data as Parameters<Handler<Name>>[0]);
      if (options.checkOutput) request.output.parse(output);
      return output;
    });
  };
  for (const name of Object.keys(requests) as RequestName[]) answer(name, handlers[name]);
};

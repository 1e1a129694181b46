import type { FastifyInstance } from 'fastify';
import { v7 as uuidV7 } from 'uuid';
import type { z } from 'zod';
import {
  answerRequest,
  maxAnswerLength,
  type Progress,
  type StatusAnswer,
  statusRequest,
} from '../../../contract/web.ts';
import { webPaths } from '../../../contract/web-paths.ts';
import type { CheckBack } from '../../../domain/forms/check-back.ts';
import type { Form } from '../../../domain/forms/form.ts';
import type { WorkState } from '../../../domain/forms/work.ts';
import { readableText } from '../../../domain/intake/web-message.ts';
import type { CentreForms } from '../../forms/centre-forms.ts';
import { WebFailure } from './failure.ts';
import type { StatusTokens } from './status-tokens.ts';

export interface StatusRoutesParts {
  readonly forms: Pick<CentreForms, 'findById' | 'perform'>;
  readonly statusTokens: StatusTokens;
}

const looksPerMinute = 60;
const answersPerTenMinutes = 20;
const smallBodyBytes = 64 * 1024;

const progressOf: Record<WorkState, Progress> = {
  none: 'in-hand',
  waiting: 'received',
  claimed: 'in-hand',
  done: 'recorded',
  'set-aside': 'closed',
};

/** A4: what is unclear is asked and answered on the page, by the link that only the sender has. */
export const statusRoutes = (scope: FastifyInstance, parts: StatusRoutesParts): void => {
  const formOf = async (token: string): Promise<Form> => {
    const id = parts.statusTokens.formOf(token);
    const form = id === undefined ? undefined : await parts.forms.findById(id);
    if (!form) throw new WebFailure('not-found', 'no such message');
    return form;
  };

  scope.post(
    webPaths.status,
    { bodyLimit: smallBodyBytes, config: { rateLimit: { max: looksPerMinute, timeWindow: 60_000 } } },
    async (request, reply) => {
      const { token } = read(statusRequest, request.body);
      return reply.header('cache-control', 'no-store').send(statusOf(await formOf(token)));
    },
  );

  scope.post(
    webPaths.answer,
    { bodyLimit: smallBodyBytes, config: { rateLimit: { max: answersPerTenMinutes, timeWindow: 10 * 60_000 } } },
    async (request, reply) => {
      const { token, question, text } = read(answerRequest, request.body);
      const form = await formOf(token);
      const asked = questionsOf(form).find(({ id }) => id === question);
      if (!asked) throw new WebFailure('not-found', 'no such question');
      const answer = readableText(text).trim();
      if (answer === '') throw new WebFailure('fields', 'an answer is missing', { fields: { answer: 'missing' } });
      if (answer.length > maxAnswerLength)
        throw new WebFailure('fields', 'the answer is too long', { fields: { answer: 'too-long' } });
      // Sent again after the answer to it was lost: it stands there already.
      if (asked.answer?.text === answer) return reply.header('cache-control', 'no-store').send(statusOf(form));
      const performed = await parts.forms.perform({
        operation: uuidV7(),
        form: form.id,
        kind: 'form.check-back-answered',
        payload: { id: question, text: answer },
      });
      if (!performed.ok && performed.error.code === 'answered-already')
        throw new WebFailure('answered-already', 'this question has been answered');
      if (!performed.ok) throw new Error(`an answer was refused: ${performed.error.code}`);
      return reply.header('cache-control', 'no-store').send(statusOf(performed.value));
    },
  );
};

const read = <Schema extends z.ZodType>(schema: Schema, given: unknown): z.output<Schema> => {
  const parsed = schema.safeParse(given);
  if (!parsed.success) throw new WebFailure('bad-request', 'not a request that this page makes');
  return parsed.data;
};

const questionsOf = (form: Form): readonly CheckBack[] =>
  form.checkBacks.filter(({ channel }) => channel === 'web-message');

const statusOf = (form: Form): StatusAnswer => ({
  number: form.number,
  openedAt: form.openedAt,
  progress: progressOf[form.work.state],
  questions: questionsOf(form).map(({ id, at, text, answer }) => ({
    id,
    askedAt: at,
    text,
    answer: answer && { at: answer.at, text: answer.text },
  })),
});

import { backOffMs } from './back-off.ts';

/** Forms of which the centre could not take something: each is left alone for a while, the longer the oftener. */
export interface Postponed {
  /** Those to be left alone now. */
  readonly waiting: () => ReadonlySet<string>;
  /** After an exchange: the forms it could not bring on. Those that waited no longer and are not among them are well. */
  readonly note: (forms: ReadonlySet<string>) => void;
  /** How long until the first of them may be tried again, ms; undefined: none waits. */
  readonly nextMs: () => number | undefined;
}

export const createPostponed = (parts: { readonly now: () => number; readonly random: () => number }): Postponed => {
  const kept = new Map<string, { readonly tries: number; readonly until: number }>();
  const limits = { firstMs: 2_000, mostMs: 300_000 };
  return {
    waiting: () => new Set([...kept].filter(([, { until }]) => until > parts.now()).map(([form]) => form)),
    note: (forms) => {
      for (const [form, { until }] of kept) if (until <= parts.now() && !forms.has(form)) kept.delete(form);
      for (const form of forms) {
        const tries = (kept.get(form)?.tries ?? 0) + 1;
        kept.set(form, { tries, until: parts.now() + backOffMs(tries, parts.random, limits) });
      }
    },
    nextMs: () => {
      const next = Math.min(...[...kept.values()].map(({ until }) => until));
      return Number.isFinite(next) ? Math.max(0, next - parts.now()) : undefined;
    },
  };
};

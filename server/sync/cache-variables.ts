import { z } from 'zod';
import { type CacheRules, cacheRules, usualCacheRules } from '../../domain/sync/cache-rules.ts';

/** Environment variables of what desks keep (P2). */
export const cacheVariables = {
  ZUOXI_CACHE_DAYS: z.coerce.number().pipe(cacheRules.shape.closedForDays).default(usualCacheRules.closedForDays),
  ZUOXI_CACHE_FORMS: z.coerce.number().pipe(cacheRules.shape.mostForms).default(usualCacheRules.mostForms),
};

export const cacheRulesOf = (given: z.infer<z.ZodObject<typeof cacheVariables>>): CacheRules => ({
  closedForDays: given.ZUOXI_CACHE_DAYS,
  mostForms: given.ZUOXI_CACHE_FORMS,
});

import * as z from 'zod/mini';
import { Slug } from '#platform/ids.js';
import { route } from '#platform/route.js';
import { BudgetId } from './budget.js';
import { Period } from './definition.js';

/**
 * A budget in its present period. `used` is what was given and not taken back; it may be above `limit` where that was lowered.
 * `currency` is what it counts; completions of a mission where that is null.
 */
export const BudgetStanding = z.object({
  budget: BudgetId,
  kind: z.enum(['rule', 'mission', 'currency']),
  /** The rule, mission or currency. */
  id: Slug,
  currency: z.nullable(Slug),
  per: Period,
  period: z.string(),
  limit: z.number(),
  used: z.number(),
  left: z.number(),
});
export type BudgetStanding = z.infer<typeof BudgetStanding>;

export const listBudgets = route({
  method: 'GET',
  path: '/programs/:program/budgets',
  summary: 'What all members share and what is left of it in the present period, in the order of the definitions',
  access: 'drafts.read',
  response: z.object({ items: z.array(BudgetStanding) }),
  errors: ['program.notFound'],
});

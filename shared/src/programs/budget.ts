import * as z from 'zod/mini';
import { Period, Target } from './definition.js';

/** What happens when less is left than something would give: nothing is given, or what is left. */
export const WhenShort = z.enum(['nothing', 'partial']);
export type WhenShort = z.infer<typeof WhenShort>;

/**
 * At most so much for all members together in each period of `occurredAt`, cut by the program's calendar. What a reversal takes
 * back is there again, in the period to which it belonged. A budget counts from the version on that declares it; its limit is
 * that of the version in force, for everybody at once.
 */
export const Budget = z.strictObject({ limit: Target, per: Period, whenShort: WhenShort });
export type Budget = z.infer<typeof Budget>;

/** The same of completions of a mission: for the first so many. */
export const PlacesBudget = z.strictObject({ limit: Target, per: Period });
export type PlacesBudget = z.infer<typeof PlacesBudget>;

/**
 * Which budget: of a rule's earning (`rule:compra`, its second one `rule:compra:1`), of a mission's completions
 * (`mission:diez-visitas`), of all that rules and missions give of a currency (`currency:puntos`).
 */
export const BudgetId = z.string().check(z.regex(/^(?:rule|mission|currency):[a-z0-9:-]+$/));
export type BudgetId = z.infer<typeof BudgetId>;

/** A budget in one of its periods, as facts name it: `rule:compra@2026-11`. */
export function budgetKey(budget: string, period: string): string {
  return `${budget}@${period}`;
}

/** The budget of a rule's earning; the first keeps the plain name, as caps do. */
export function budgetOfEarning(rule: string, index: number): string {
  return index === 0 ? `rule:${rule}` : `rule:${rule}:${index}`;
}

export function budgetOfMission(mission: string): string {
  return `mission:${mission}`;
}

export function budgetOfCurrency(currency: string): string {
  return `currency:${currency}`;
}

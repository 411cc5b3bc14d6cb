import {
  budgetOfCurrency,
  budgetOfEarning,
  budgetOfMission,
  type PlacesBudget,
  type WhenShort,
} from '@verbena/shared/programs/budget.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';

/** A limit that all members share, as decisions and portions read it. */
export interface CompiledBudget extends PlacesBudget {
  readonly id: string;
  readonly kind: 'rule' | 'mission' | 'currency';
  /** The definition that declares it. */
  readonly of: string;
  readonly whenShort: WhenShort;
  /** What it counts; null: completions. */
  readonly currency: string | null;
}

/** The budgets of a version, in the order of its definitions. Older revisions have none of their own: what all share, all share. */
export function compileBudgets({ rules, missions, currencies }: Definitions): ReadonlyMap<string, CompiledBudget> {
  const ofRules = rules.flatMap(({ id: of, earn }) =>
    earn.flatMap(({ budget, currency }, index): CompiledBudget[] =>
      budget === undefined ? [] : [{ ...budget, id: budgetOfEarning(of, index), kind: 'rule', of, currency }],
    ),
  );
  const ofMissions = missions.flatMap(({ id: of, budget }): CompiledBudget[] =>
    budget === undefined
      ? []
      : [{ ...budget, id: budgetOfMission(of), kind: 'mission', of, whenShort: 'nothing', currency: null }],
  );
  const ofCurrencies = currencies.flatMap(({ id: of, budget }): CompiledBudget[] =>
    budget === undefined ? [] : [{ ...budget, id: budgetOfCurrency(of), kind: 'currency', of, currency: of }],
  );
  return new Map([...ofRules, ...ofMissions, ...ofCurrencies].map((budget) => [budget.id, budget]));
}

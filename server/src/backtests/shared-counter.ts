import type { BudgetPeriodOutcome } from '@verbena/shared/backtests/backtests.routes.js';
import type { CompiledBudget } from '#engine/compile-budgets.js';

/** What of a period's outcome the demand says by itself. */
export type CounterOutcome = Omit<BudgetPeriodOutcome, 'period' | 'given'> & { readonly given: number };

/** What is left of a budget in one period while the past is gone through in order, and who came away short. */
export class SharedCounter {
  left: number;
  /** Members, by number, who found nothing left, and who found a part. */
  readonly without = new Set<number>();
  readonly partly = new Set<number>();
  private asked = 0;
  private givenAtFirst = 0;
  private givenBack = 0;
  private ranOut: string | null = null;
  private activitiesWithout = 0;
  private activitiesPartly = 0;
  private lastShort = -1;
  /** By member: what it was told that it has, and has not. */
  private readonly unmet = new Map<number, number>();

  /** @param isCounted whether a member is part of the outcome; what it takes is gone either way */
  constructor(
    readonly budget: CompiledBudget,
    private readonly isCounted: (member: number) => boolean = () => true,
  ) {
    this.left = budget.limit;
  }

  /** How much of an amount it allows. */
  allow(wanted: number): number {
    if (this.left >= wanted) return wanted;
    return this.budget.whenShort === 'partial' ? this.left : 0;
  }

  /** Notes what a member wanted and was allowed on a day; `turn` numbers the decisions, so that one is not counted twice. */
  noteAsk(wanted: number, allowed: number, member: number, day: string, turn: number): void {
    if (allowed < wanted) this.ranOut ??= day;
    if (!this.isCounted(member)) return;
    this.asked += wanted;
    if (allowed === wanted) {
      // A place that was free again in time is no place that was missed.
      if (this.budget.kind === 'mission') this.without.delete(member);
      return;
    }
    (allowed === 0 ? this.without : this.partly).add(member);
    if (this.lastShort === turn) return;
    this.lastShort = turn;
    if (allowed === 0) this.activitiesWithout += 1;
    else this.activitiesPartly += 1;
  }

  /** Takes, or below 0 gives back, without a word about it. */
  use(amount: number): void {
    this.left = Math.min(this.left - amount, this.budget.limit);
  }

  take(amount: number, member: number, day: string): void {
    if (this.isCounted(member)) this.givenAtFirst += amount;
    this.left -= amount;
    if (this.left === 0) this.ranOut ??= day;
  }

  /** Notes what a member was told that it has, and finds that it has not: nothing of it comes back. */
  noteUnmet(amount: number, member: number): void {
    this.unmet.set(member, (this.unmet.get(member) ?? 0) + amount);
  }

  /** Gives back, never more than there can be. */
  giveBack(amount: number, member: number): void {
    const unmet = Math.min(amount, this.unmet.get(member) ?? 0);
    if (unmet > 0) this.noteUnmet(-unmet, member);
    const back = Math.min(amount - unmet, this.budget.limit - this.left);
    if (this.isCounted(member)) this.givenBack += back;
    this.left += back;
  }

  outcome(): CounterOutcome {
    const isPlaces = this.budget.kind === 'mission';
    return {
      // A member who waits for a place asks with every activity; it is one place that is wanted.
      asked: isPlaces ? this.givenAtFirst + this.without.size : this.asked,
      given: Math.max(0, this.givenAtFirst - this.givenBack),
      givenBack: this.givenBack,
      ranOut: this.ranOut,
      without: { members: this.without.size, activities: this.activitiesWithout },
      partly: { members: this.partly.size, activities: this.activitiesPartly },
    };
  }
}

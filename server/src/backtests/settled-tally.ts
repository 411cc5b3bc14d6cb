import { ROUNDS_MAX } from '@verbena/shared/backtests/backtests.routes.js';
import type { Settlement } from './settlement.js';
import { type CountedPast, countShadow, pastAsCounted, shadow, type ShadowRules } from './shadow-outcome.js';
import { newTally, type PartTally, rankMember, tallyUndecided } from './tally.js';

/**
 * What settling changes of what the parts found: whoever is decided again is taken out as it was decided before, which its demand
 * says exactly, and counted anew. So neither a tally for each member nor a further going through all of them is needed.
 */
export class SettledTally {
  private readonly tally = newTally();
  /** Who could not be decided: they count nowhere. */
  private readonly out = new Set<string>();

  constructor(
    private readonly settlement: Settlement,
    private readonly rules: ShadowRules,
  ) {}

  /** Decides a member on what is really left to it, and puts what it asks now into the settlement. */
  decideAgain(read: CountedPast): void {
    if (this.out.has(read.member)) return;
    const past = this.takeOut(read);
    try {
      const shadowed = shadow(past, this.rules, this.settlement.leftTo(past.member));
      const demand = countShadow(this.tally, past, shadowed, this.rules, { isRanked: false });
      this.settlement.replace(demand);
    } catch (error) {
      this.refuse(past.member, error instanceof Error ? error.message : String(error));
      this.settlement.replace({ ...this.settlement.demandOf(past.member), names: [], entries: [], figures: [] });
    }
  }

  /** A member for whom no round was enough. */
  leaveOut(read: CountedPast): void {
    this.takeOut(read);
    this.refuse(read.member, `What was left of a budget for it still changed after ${ROUNDS_MAX} rounds.`);
  }

  /** What is to be added to what the parts found. */
  finish(): PartTally {
    for (const { member, live, draft } of this.settlement.all())
      if (!this.out.has(member)) rankMember(this.tally, { member, live, draft });
    return this.tally;
  }

  private takeOut(read: CountedPast) {
    const past = pastAsCounted(read, this.settlement.demandOf(read.member), this.rules.currency);
    const before = shadow(past, this.rules, this.settlement.toldTo(read.member));
    countShadow(this.tally, past, before, this.rules, { sign: -1, isRanked: false });
    return past;
  }

  private refuse(member: string, reason: string): void {
    this.out.add(member);
    tallyUndecided(this.tally, member, reason);
  }
}

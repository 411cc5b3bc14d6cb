import { ROUNDS_MAX } from '@verbena/shared/backtests/backtests.routes.js';
import { type Shadowed, ShadowMember } from '#ledger/replay.service.js';
import type { MemberDemand } from './demand.js';
import type { Settlement } from './settlement.js';
import { type CountedPast, countShadow, pastAsCounted, shadow, type ShadowRules } from './shadow-outcome.js';
import { newTally, type PartTally, rankMember, tallyUndecided } from './tally.js';
import type { Turns } from './turns.js';

/** Nothing came of it: what is counted of a member that cannot be decided, until it is left out. */
const NOTHING: Shadowed = { entries: [], ledger: null, skipped: 0, demand: [] };

/**
 * What settling changes of what the parts found: whoever is decided again is taken out as it was decided before, which its demand
 * says exactly, and counted anew. So neither a tally for each member nor a further going through all of them is needed.
 */
export class SettledTally {
  private readonly tally = newTally();
  /** Who could not be decided, and why: they count nowhere. */
  private readonly out = new Map<string, string>();

  constructor(
    private readonly settlement: Settlement,
    private readonly rules: ShadowRules,
  ) {}

  /** Members to be decided again side by side; what is held of them grows with their journals. */
  block(): Block {
    const turns = this.settlement.turns();
    const members = new Map<string, ShadowMember>();
    const add = (read: CountedPast): number => {
      const demand = this.settlement.demandOf(read.member);
      const past = pastAsCounted(read, demand, this.rules.currency);
      this.count(past, demand, shadow(past, this.rules, this.settlement.toldTo(read.member)), -1);
      members.set(read.member, new ShadowMember(past, this.rules.program, this.rules.untilMs, turns.budgets));
      return past.entries.length;
    };
    return { add, decide: () => this.decide(members, turns) };
  }

  /** Who is not decided: whom no round was enough for, and whom the rules would not do for. */
  get undecided(): string[] {
    return [...new Set([...this.out.keys(), ...this.settlement.unsettled])];
  }

  /** Takes a member out of every figure. */
  leaveOut(read: CountedPast): void {
    const { member } = read;
    const reason = this.out.get(member);
    const demand = this.settlement.demandOf(member);
    const past = pastAsCounted(read, demand, this.rules.currency);
    const was = reason === undefined ? shadow(past, this.rules, this.settlement.toldTo(member)) : NOTHING;
    countShadow(this.tally, past, was, this.rules, { sign: -1, isRanked: false });
    const moved = `What was left of a budget for it still changed after ${ROUNDS_MAX} rounds.`;
    this.out.set(member, reason ?? moved);
    tallyUndecided(this.tally, member, reason ?? moved);
  }

  /** What is to be added to what the parts found. */
  finish(): PartTally {
    for (const { member, live, draft } of this.settlement.all())
      if (!this.out.has(member)) rankMember(this.tally, { member, live, draft });
    return this.tally;
  }

  private *decide(members: ReadonlyMap<string, ShadowMember>, turns: Turns): Generator<number> {
    const steps = new Map([...members].map(([member, one]) => [member, one.steps()]));
    yield* turns.run(steps, (member, error) =>
      this.out.set(member, error instanceof Error ? error.message : String(error)),
    );
    for (const [member, one] of members) {
      const demand = this.settlement.demandOf(member);
      const past = pastAsCounted(
        { member, entries: [], holds: { balances: {}, tier: null } },
        demand,
        this.rules.currency,
      );
      const shadowed = this.out.has(member) ? NOTHING : one.finish();
      const asked = this.count(past, demand, shadowed, 1);
      this.settlement.replace({ ...asked, seq: demand.seq });
    }
  }

  /** What the member did in fact is counted once and for all; here only what it earned of it is known. */
  private count(past: CountedPast, { live }: MemberDemand, shadowed: Shadowed, sign: 1 | -1): MemberDemand {
    const known = { ...past, entries: [] };
    return countShadow(this.tally, known, shadowed, this.rules, { sign, isRanked: false, live });
  }
}

export interface Block {
  /** Takes a member out as it was; answers how many entries it has. */
  readonly add: (read: CountedPast) => number;
  /** Decides them all; gives now and then how many entries are done. */
  readonly decide: () => Generator<number>;
}

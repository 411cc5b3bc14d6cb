import type { HeldTier, MemberState } from '@verbena/shared/ledger/member-state.js';
import type { LocalDates } from '@verbena/shared/ledger/facts.js';
import type { CompiledProgram } from './compiled-program.js';
import { findTier } from './decision-run.js';
import { keyOf, type Occurrence } from './past-entry.js';
import type { PastStates } from './past-states.js';
import type { Happened, StandingPast } from './standing-past.js';
import { standingWithout } from './standing-without.js';
import { type Promotion, type Standing, tierOutcome } from './tier-past.js';
import { isAbove } from './tier-window.js';

/** What is left of a member's tiers once something is gone. */
export interface TiersWithout {
  /** The tier that it falls back to; null where its own stays. */
  readonly tier: HeldTier | null;
  /** Whether a promotion comes about all the same, there or with something else. */
  readonly brings: (promotion: Occurrence) => boolean;
}

/** What the tiers of a member are read from. */
export interface TierBooks {
  readonly program: CompiledProgram;
  readonly state: MemberState;
  readonly past: StandingPast;
  readonly states: PastStates;
  readonly now: LocalDates;
}

type Moved = Happened<'tier.moved'>;

/**
 * What a reversal makes of a member's tiers: they are what they would be without what it takes. What the journal as it stands does not
 * explain stays: a tier that was kept, by its terms or by an older engine, though what had raised it was taken back.
 */
export class TierFall {
  /** Promotions that set something off, and go unless something else brings them. */
  readonly mayFall: readonly Occurrence[];
  private readonly falls: boolean;

  constructor(private readonly books: TierBooks) {
    const { program, past, state } = books;
    const { held, promotions } = this.outcomeOf(standingWithout(program, past, null));
    const isExplained = state.tier?.id === held?.id && state.tier?.until === held?.until;
    this.falls = isExplained && state.tier !== null && !this.keeps(state.tier);
    const explained = pairUp(past.promotions, promotions);
    this.mayFall = past.promotions.flatMap((one) => {
      const { to: id, rev } = one.effect;
      const isBroughtAlong = !explained.has(one) || this.keeps({ id, rev }) || !setsOff(program, `tier:${id}`);
      return isBroughtAlong ? [] : [occurrenceOf(one)];
    });
  }

  without(standing: Standing): TiersWithout {
    const { held, promotions } = this.outcomeOf(standing);
    const brought = new Set([...pairUp(this.books.past.promotions, promotions)].map((one) => keyOf(occurrenceOf(one))));
    return {
      tier: this.falls && held !== null && this.isOther(held) ? held : null,
      brings: (promotion) => brought.has(keyOf(promotion)),
    };
  }

  private outcomeOf(standing: Standing): ReturnType<typeof tierOutcome> {
    const { program, past, states, now } = this.books;
    return tierOutcome(program, past, states, standing, now);
  }

  private keeps({ id, rev }: Pick<HeldTier, 'id' | 'rev'>): boolean {
    return this.books.program.tiers.find(id, rev)?.definition.onReversal === 'keep';
  }

  /** Whether a tier is below the one that is held, or the same that ends on another day, or falls further. */
  private isOther(to: HeldTier): boolean {
    const { program, state } = this.books;
    const [present, next] = [findTier(program, state.tier), findTier(program, to)];
    if (state.tier === null || present === null || next === null) return false;
    if (to.id !== state.tier.id) return isAbove(program, present, next);
    return to.until !== null && (to.until !== state.tier.until || to.floor !== state.tier.floor);
  }
}

/** Which of the promotions that are recorded came about in a past that was read: where they are, else with what came sooner or later. */
function pairUp(recorded: readonly Moved[], outcome: readonly Promotion[]): ReadonlySet<Moved> {
  const left = [...outcome];
  const take = ({ effect, entry }: Moved, isThere: boolean): boolean => {
    const place = left.findIndex((one) => one.tier === effect.to && (!isThere || one.entry === entry));
    if (place >= 0) left.splice(place, 1);
    return place >= 0;
  };
  const exact = recorded.filter((one) => take(one, true));
  return new Set([...exact, ...recorded.filter((one) => !exact.includes(one) && take(one, false))]);
}

function occurrenceOf({ entry, effect }: Moved): Occurrence {
  return { trigger: `tier:${effect.to}`, entry };
}

function setsOff({ triggersOfRules, missions }: CompiledProgram, trigger: string): boolean {
  return [...triggersOfRules.values()].includes(trigger) || missions.some((slot) => slot.listens.has(trigger));
}

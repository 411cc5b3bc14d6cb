import type { Effect } from '@verbena/shared/ledger/effect.js';
import type { CompiledProgram } from '#engine/compiled-program.js';
import { entriesAfterUndos } from '#engine/entries-after-undos.js';
import { type MemberPast, type Shadowed, shadowMember, type Told } from '#ledger/replay.service.js';
import { type MemberDemand, packDemand } from './demand.js';
import { type Counting, type PartTally, tallyMember, type TalliedState } from './tally.js';

/** The rules that the past is decided by, and until when its clock runs. */
export interface ShadowRules {
  readonly program: CompiledProgram;
  /** The one that is told. */
  readonly currency: string;
  readonly untilMs: number;
}

/** A past with what the member holds in fact. */
export interface CountedPast extends Pick<MemberPast, 'member' | 'entries'>, Partial<Pick<MemberPast, 'closed'>> {
  readonly holds: TalliedState;
}

/** Decides a past by other rules; `told` is what is left to its entries of what all share. */
export function shadow(past: CountedPast, { program, untilMs }: ShadowRules, told?: Told): Shadowed {
  return shadowMember(past, program, untilMs, told);
}

/** Counts what became of a past; answers what the member asked of what all share. */
export function countShadow(
  tally: PartTally,
  { member, entries: recorded, holds }: CountedPast,
  { entries, ledger, skipped, demand }: Shadowed,
  { currency }: ShadowRules,
  counting: Counting,
): MemberDemand {
  const live = { entries: asTheyStand(recorded), state: holds };
  const draft = { entries, state: ledger?.state ?? null };
  const earned = tallyMember(tally, currency, { member, live, draft, skipped }, counting);
  return {
    member,
    seq: recorded.at(-1)?.seq ?? 0,
    ...earned,
    balance: holds.balances[currency] ?? 0,
    tier: holds.tier?.id ?? null,
    ...packDemand(demand),
  };
}

/**
 * Entries as undos left them, as far as lines do not say it: which were accepted, and which missions they completed. An undo tells of
 * completions only what its member should hear of.
 */
export function asTheyStand(recorded: MemberPast['entries']): MemberPast['entries'] {
  const standing = entriesAfterUndos(recorded);
  if (standing === recorded) return recorded;
  return recorded.map((entry, index) => {
    const { outcome, effects: known } = standing[index] ?? entry;
    const effects = [...entry.effects.filter((one) => !isOfMission(one)), ...known.filter(isOfMission)];
    return { ...entry, outcome, effects };
  });
}

function isOfMission({ type }: Effect): boolean {
  return type === 'mission.completed' || type === 'mission.reverted';
}

/** The past that was counted before: without what came since, and with what the member held then. */
export function pastAsCounted({ entries, ...past }: CountedPast, demand: MemberDemand, currency: string): CountedPast {
  const { seq: last, balance, tier } = demand;
  return {
    ...past,
    entries: entries.filter(({ seq }) => seq <= last),
    holds: { balances: { [currency]: balance }, tier: tier === null ? null : { id: tier } },
  };
}

import type { EndedSooner, LocalDates, ReversedEntry, SetOff } from '@verbena/shared/ledger/facts.js';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { CompiledProgram } from './compiled-program.js';
import { decideReversal, withdrawBadge } from './decide-reversal.js';
import { DecisionRun } from './decision-run.js';
import { expiredOf, linesOf } from './expired-lots.js';
import { remaindersOf } from './mission-remainders.js';
import { movedOf } from './moved-back.js';
import { own } from './own.js';
import { StandingPast } from './standing-past.js';
import { isMove, keyOf, type Move, type Occurrence, type PastEntry } from './past-entry.js';
import { PastStates } from './past-states.js';
import { PeriodReplay } from './replay-period.js';
import { setOffBy } from './set-off.js';
import { earnsWithout, type Gone, standingWithout } from './standing-without.js';
import { type PartialReversal, takenOf } from './taken-of-activity.js';
import { termWithout } from './term-without.js';
import { TierFall } from './tier-fall.js';

/** The books of a member: the program in force, the state to be decided on, the journal that led to it, and the day by now. */
export interface MemberBooks {
  readonly program: CompiledProgram;
  readonly state: MemberState;
  readonly recorded: readonly PastEntry[];
  readonly now: LocalDates;
}

/**
 * What taking an entry back depends on, from the member's whole journal in order; with `part`, what taking it back down to what
 * remains does. A return never gives: where less would have earned more, nothing is booked. A completion that falls takes with it what
 * it set off, and so on; what falls is found by deciding the reversal on what is known so far until nothing new falls.
 * `amount`: of a capture, how many of its points come back.
 * @throws where the journal has no entry `of`.
 */
export function collectReversed(
  books: MemberBooks,
  of: string,
  part?: PartialReversal,
  amount?: number,
): ReversedEntry {
  const { program, recorded } = books;
  const past = new StandingPast(recorded);
  const entry = past.entries.find(({ id }) => id === of);
  if (entry === undefined) throw new Error(`There is no entry ${of} to take back.`);
  const states = new PastStates(program, recorded);
  const { type } = entry.activity;
  const asked: Asked = { ...books, past, states };
  if (isMove(type)) return collectMove(asked, entry, type, amount);
  const itself = { ...factsOf(past, entry, type), ...takenOf(program, past, states, entry, part) };
  const attributesLeft = (one: PastEntry): PastEntry['activity']['attributes'] =>
    part !== undefined && one === entry ? part.remaining : past.attributesOf(one);
  const gone = [{ trigger: `activity:${type}`, entry }];
  return collectFallen(asked, part === undefined ? itself : { ...itself, part: true }, gone, attributesLeft);
}

/**
 * What goes along where staff withdraw a badge, as where a return takes it: what rules gave for it, and completions that fall by it. Undefined
 * where it was never granted.
 */
export function collectWithdrawn(books: MemberBooks, badge: string): ReversedEntry | undefined {
  const { program, recorded } = books;
  const past = new StandingPast(recorded);
  const gone = past.grantsOf(badge).map(({ entry }): Occurrence => ({ trigger: `badge:${badge}`, entry }));
  const [first] = gone;
  if (first === undefined) return undefined;
  const asked: Asked = { ...books, past, states: new PastStates(program, recorded) };
  const itself = { ...factsOf(past, first.entry, 'badge.withdrawn'), ...NOTHING };
  return collectFallen(asked, itself, gone, (one) => past.attributesOf(one), badge);
}

/** What a collection reads. */
interface Asked extends MemberBooks {
  readonly past: StandingPast;
  readonly states: PastStates;
}

const NOTHING: Pick<ReversedEntry, 'lines' | 'effects' | 'counters' | 'caused'> = {
  lines: [],
  effects: [],
  counters: [],
  caused: [],
};

/** Of a capture, or of what staff gave or took: points and nothing else. A gift with which a term began takes that along. */
function collectMove(asked: Asked, entry: PastEntry, type: Move, amount: number | undefined): ReversedEntry {
  const { recorded, past } = asked;
  const facts = { ...factsOf(past, entry, type), ...NOTHING, ...movedOf(asked, type, entry, amount) };
  if (facts.lines.every((line) => line.amount < 0)) return facts;
  const expired = expiredOf(recorded, facts) ?? [];
  const hasBegun = entry.effects.some((effect) => effect.type === 'expiry.extended');
  const gone: Occurrence[] = [{ trigger: `activity:${type}`, entry }];
  const endsSooner = hasBegun ? endingSooner(asked, { reversed: facts, gone }, true) : [];
  return { ...facts, expired, ...(endsSooner.length === 0 ? {} : { endsSooner }) };
}

/**
 * Adds what falls with what is gone. Promotions fall together first, and those come back that are brought without them all the same:
 * else what a promotion gave could carry itself. `withdrawn`: a badge that staff take away, and no reversal.
 */
function collectFallen(
  asked: Asked,
  itself: ReversedEntry,
  gone: readonly Occurrence[],
  attributesLeft: AttributesLeft,
  withdrawn?: string,
): ReversedEntry {
  const { program, past } = asked;
  const tiers = new TierFall(asked);
  for (let promotions = tiers.mayFall; ;) {
    const fallen = growFallen(asked, itself, [...gone, ...promotions], attributesLeft, withdrawn);
    const without = tiers.without(standingWithout(program, past, fallen, attributesLeft));
    const left = promotions.filter((one) => !without.brings(one));
    if (left.length < promotions.length) {
      promotions = left;
      continue;
    }
    const endsSooner = endingSooner(asked, fallen);
    return {
      ...fallen.reversed,
      ...(endsSooner.length === 0 ? {} : { endsSooner }),
      ...(without.tier === null ? {} : { tier: without.tier }),
    };
  }
}

type AttributesLeft = (one: PastEntry) => PastEntry['activity']['attributes'];

/** Adds completions and badges that fall with what is gone, until nothing more does. */
function growFallen(
  { program, state, recorded, past, states }: Asked,
  itself: ReversedEntry,
  first: readonly Occurrence[],
  attributesLeft: AttributesLeft,
  withdrawn: string | undefined,
): Gone {
  const gone = [...first];
  for (;;) {
    // What is taken back in part is still there, as what remains of it.
    const keys = new Set(gone.slice(itself.part === true ? 1 : 0).map(keyOf));
    const missions = remaindersOf(program, past, new PeriodReplay(past, states, keys, attributesLeft), gone);
    const promotions = setOffsOf(program, past, gone, 'tier').map(({ id: tier, ...setOff }) => ({ tier, ...setOff }));
    const reversed = {
      ...itself,
      missions,
      badges: setOffsOf(program, past, gone, 'badge').map(({ id: badge, ...setOff }) => ({
        badge,
        ...setOff,
        ...ofGrant(past, badge, setOff.seq),
      })),
      ...(promotions.length === 0 ? {} : { promotions }),
    };
    const expired = expiredOf(recorded, reversed);
    const facts = expired === null ? reversed : { ...reversed, expired };
    const known = new Set(gone.map(keyOf));
    const more = fallen(program, state, past, facts, withdrawn).filter((one) => !known.has(keyOf(one)));
    if (more.length === 0) return { reversed: facts, gone };
    gone.push(...more);
  }
}

/** Currencies of which something is taken back that kept their points alive until now. */
function endingSooner({ program, state, past }: Asked, fallen: Gone, isExact = false): EndedSooner[] {
  const earns = earnsWithout(program, past, fallen);
  return [...new Set(linesOf(fallen.reversed).map(({ currency }) => currency))].flatMap((currency) => {
    const present = own(state.activeUntil ?? {}, currency);
    const term = present === undefined ? null : termWithout(program, past, currency, earns);
    if (term === null || present === undefined) return [];
    const isOther = term.until === null || (isExact ? term.until !== present : term.until < present);
    return isOther || term.ended.length > 0 ? [term] : [];
  });
}

/** What is told of an entry of which nothing else falls. */
function factsOf(
  past: StandingPast,
  { id, seq, facts }: PastEntry,
  type: string,
): Omit<ReversedEntry, keyof typeof NOTHING> {
  const merged = past.isMerged ? { merged: true as const } : {};
  return { id, seq, type, occurred: facts.calendar.occurred, missions: [], badges: [], ...merged };
}

/** The badges (promotions) among what is gone, with what each set off. */
function setOffsOf(
  program: CompiledProgram,
  past: StandingPast,
  gone: readonly Occurrence[],
  of: 'badge' | 'tier',
): (SetOff & { id: string })[] {
  return gone.flatMap((one) => {
    const [kind, id = ''] = one.trigger.split(':');
    return kind === of ? [{ id, ...setOffBy(program, past, one) }] : [];
  });
}

/** The value that a badge was granted for in an entry, where each has its own. */
function ofGrant(past: StandingPast, badge: string, seq: number): { of?: string } {
  const of = past.grantsOf(badge).find(({ entry }) => entry.seq === seq)?.effect.of;
  return of === undefined ? {} : { of };
}

/** Completions and badges that a reversal on these facts takes back, in the entries in which they came about. */
function fallen(
  program: CompiledProgram,
  state: MemberState,
  past: StandingPast,
  reversed: ReversedEntry,
  withdrawn: string | undefined,
): Occurrence[] {
  const calendar = { occurred: reversed.occurred, now: reversed.occurred };
  const attributes = withdrawn === undefined ? {} : { badge: withdrawn };
  const run = new DecisionRun(
    program,
    state,
    { calendar, reversed },
    { type: reversed.type, occurredAt: '', attributes },
  );
  if (withdrawn === undefined) decideReversal(run);
  else if (own(state.badges, withdrawn) === undefined) return [];
  else withdrawBadge(run);
  return run.effects.flatMap((effect): Occurrence[] => {
    if (effect.type === 'mission.reverted' && effect.takenBack) {
      const trigger = `mission:${effect.mission}`;
      return past.fallenBy(effect, reversed).map(({ entry }) => ({ trigger, entry }));
    }
    if (effect.type !== 'badge.revoked') return [];
    const grants = past.grantsOf(effect.badge).filter((one) => effect.of === undefined || one.effect.of === effect.of);
    return grants.map(({ entry }) => ({ trigger: `badge:${effect.badge}`, entry }));
  });
}

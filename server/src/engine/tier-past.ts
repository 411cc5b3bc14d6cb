import { isSystemType, reversedTypeOf } from '@verbena/shared/activities/activity-type.js';
import type { TierExtended, TierMoved } from '@verbena/shared/ledger/effect.js';
import type { LocalDates } from '@verbena/shared/ledger/facts.js';
import type { HeldTier } from '@verbena/shared/ledger/member-state.js';
import type { PointsLine } from '@verbena/shared/ledger/points-line.js';
import type { LocalDate } from '@verbena/shared/platform/time.js';
import { tierAfter } from './apply-effect.js';
import { dayOf, periodKey } from './calendar.js';
import type { CompiledCounter, CompiledProgram, TiersOfVersion } from './compiled-program.js';
import { lowerTier, overOn, raiseTier, standsHigher, type TierBooks } from './decide-tier.js';
import { added } from './join-records.js';
import { own } from './own.js';
import type { PastEntry } from './past-entry.js';
import type { PastStates } from './past-states.js';
import type { StandingPast } from './standing-past.js';
import { higherTier } from './unite.js';

/** What of a journal stands, once something is gone. */
export interface Standing {
  /** Whether the activity of an entry does. */
  readonly isThere: (entry: PastEntry) => boolean;
  /** Whether points that an entry earned do; those of the activity itself also where a part of them was taken. */
  readonly stands: (entry: PastEntry, line: PointsLine) => boolean;
  /** What reversals in part took of what an activity earned. */
  readonly takenOf: (entry: PastEntry) => readonly PointsLine[];
  /** What is left of an activity. */
  readonly attributesOf: (entry: PastEntry) => PastEntry['activity']['attributes'];
}

/** A promotion to a tier, or past it, in the entry in which it came. */
export interface Promotion {
  readonly tier: string;
  readonly entry: PastEntry;
}

/** What a journal comes to. */
export interface TierOutcome {
  readonly held: HeldTier | null;
  readonly promotions: readonly Promotion[];
}

interface Account {
  version: number;
  tier: HeldTier | null;
  earned: TierBooks['earned'];
  counters: TierBooks['counters'];
  promotions: Promotion[];
}

/**
 * The tier that a member would hold had its journal only what stands of it: the entries are read once, in order, each under the
 * version that decided it, and the tier is assessed where a decision assesses it (`assessTier`, `stepDown`). `now` is when it is asked.
 */
export function tierOutcome(
  program: CompiledProgram,
  past: StandingPast,
  states: PastStates,
  standing: Standing,
  now: LocalDates,
): TierOutcome {
  const walk = new TierWalk(program, past, states, standing);
  for (const entry of past.entries) walk.read(entry);
  return walk.finish(now);
}

class TierWalk {
  private readonly accounts = new Map<string, Account>();
  private readonly counters: ReadonlyMap<string, CompiledCounter>;
  /** By their name: the entry that set points pending, and their line there. */
  private readonly pended = new Map<string, { entry: PastEntry; line: PointsLine }>();
  private last: PastEntry | null = null;

  constructor(
    private readonly program: CompiledProgram,
    past: StandingPast,
    private readonly states: PastStates,
    private readonly standing: Standing,
  ) {
    const versions = new Set([program.version, ...past.entries.map(({ version }) => version)]);
    const counted = [...versions].flatMap((version) => [...program.tiersAt(version).counters.byId.values()]);
    this.counters = new Map(counted.map((counter) => [counter.id, counter]));
  }

  read(entry: PastEntry): void {
    if (entry.outcome === 'refused') return;
    const { version, activity, effects, facts } = entry;
    const under = this.program.tiersAt(version);
    // Under a version without tiers nothing moves, but what was earned counts for those of later ones.
    const zone = under.tiers.ladder[0]?.definition.zone ?? 'program';
    const { occurred, now } = facts.calendar;
    const account = this.accountOf(entry);
    const raise = (): void =>
      this.apply(account, entry, under, raiseTier(under, this.booksOf(account, entry), occurred[zone], now[zone]));
    this.last = entry;
    const isClock = activity.type === 'clock.struck';
    if (!isClock) this.settle(account, entry, under, now[zone]);
    this.pass(account, entry, under, version, now[zone]);
    let earns = false;
    for (const line of entry.lines) {
      // The clock makes points usable on their day, before what ends later ends.
      if (isClock && line.kind === 'earn') this.settle(account, entry, under, line.lot.activated);
      const isEarned = this.book(account, entry, line);
      if (isClock && isEarned) raise();
      earns = isEarned || earns;
    }
    this.count(account, entry, occurred);
    for (const effect of effects) if (effect.type === 'member.absorbed') this.absorb(account, effect.from);
    if (isClock) this.settle(account, entry, under, now[zone]);
    else if (earns || this.isAssessed(entry, under)) raise();
  }

  finish(now: LocalDates): TierOutcome {
    const { last } = this;
    if (last === null) return { held: null, promotions: [] };
    const under = this.program.tiersAt(this.program.version);
    const account = this.accountOf(last);
    const today = now[under.tiers.ladder[0]?.definition.zone ?? 'program'];
    this.settle(account, last, under, today);
    this.pass(account, last, under, this.program.version, today);
    return { held: account.tier ?? baseOf(under), promotions: account.promotions };
  }

  private accountOf({ member = '', version }: PastEntry): Account {
    const known = this.accounts.get(member);
    if (known !== undefined) return known;
    const tier = baseOf(this.program.tiersAt(version));
    const account: Account = { version: 0, tier, earned: {}, counters: {}, promotions: [] };
    this.accounts.set(member, account);
    return account;
  }

  /** Lets every tier end whose time is over; where there are none any more, nothing does. */
  private settle(account: Account, entry: PastEntry, under: TiersOfVersion, today: LocalDate): void {
    for (;;) {
      const books = this.booksOf(account, entry);
      const over = overOn(under, books);
      const lowered = over === null || over > today ? null : lowerTier(under, books);
      if (lowered === null) return;
      this.apply(account, entry, under, lowered);
    }
  }

  /** A version that made tiers easier gives the one that it lets be reached before anything is decided under it. */
  private pass(account: Account, entry: PastEntry, under: TiersOfVersion, version: number, today: LocalDate): void {
    const isNew = account.version > 0 && under.assessFrom > account.version;
    account.version = Math.max(account.version, version);
    if (!isNew) return;
    const books = this.booksOf(account, entry);
    if (standsHigher(under, books, { program: today, member: today }))
      this.apply(account, entry, under, raiseTier(under, books, today, today));
  }

  /** Adds what an entry earned and what stands of it; whether it did. */
  private book(account: Account, entry: PastEntry, line: PointsLine): boolean {
    const { kind, ref = '', pocket, currency, lot } = line;
    if (kind === 'pend') this.pended.set(ref, { entry, line });
    if (kind !== 'earn' || pocket !== undefined) return false;
    const given = line.ref === undefined ? { entry, line } : this.pended.get(ref);
    if (given === undefined || !this.standing.stands(given.entry, given.line)) return false;
    const taken = this.standing
      .takenOf(given.entry)
      .filter((one) => line.ref !== undefined && one.ref === ref && one.kind === 'earn');
    this.add(account, currency, lot.activated, line.amount - sumOf(taken));
    return true;
  }

  /** Adds what an activity counts for, and subtracts what of its points was taken in part. */
  private count(account: Account, entry: PastEntry, occurred: LocalDates): void {
    if (!this.standing.isThere(entry)) return;
    for (const { ref, kind, pocket, currency, lot, amount } of this.standing.takenOf(entry))
      if (kind === 'earn' && ref === undefined && pocket === undefined)
        this.add(account, currency, lot.activated, -amount);
    for (const counter of this.counters.values()) {
      if (counter.earned !== undefined || counter.activity !== entry.activity.type) continue;
      const amount = counter.measure(this.standing.attributesOf(entry));
      this.fill(account, counter.id, periodKey(dayOf(occurred[counter.zone]), counter.bucket), amount);
    }
  }

  private add(account: Account, currency: string, on: LocalDate, amount: number): void {
    const { ever, years } = own(account.earned, currency) ?? { ever: 0, years: {} };
    const earned = { ever: ever + amount, years: added(years, { [on.slice(0, 4)]: amount }) };
    account.earned = { ...account.earned, [currency]: earned };
    for (const counter of this.counters.values())
      if (counter.earned === currency) this.fill(account, counter.id, on, amount);
  }

  private fill(account: Account, counter: string, bucket: string, amount: number): void {
    const buckets = own(account.counters, counter) ?? {};
    account.counters = { ...account.counters, [counter]: added(buckets, { [bucket]: amount }) };
  }

  /** From here on an account has what another one had. */
  private absorb(account: Account, from: string): void {
    const other = this.accounts.get(from);
    if (other === undefined) return;
    for (const [currency, { years }] of Object.entries(other.earned))
      for (const [year, amount] of Object.entries(years)) this.addYear(account, currency, year, amount);
    for (const [counter, buckets] of Object.entries(other.counters))
      for (const [bucket, amount] of Object.entries(buckets)) this.fill(account, counter, bucket, amount);
    account.tier = higherTier(this.program, account.tier, other.tier);
    account.promotions.push(...other.promotions);
  }

  private addYear(account: Account, currency: string, year: string, amount: number): void {
    const { ever, years } = own(account.earned, currency) ?? { ever: 0, years: {} };
    const earned = { ever: ever + amount, years: added(years, { [year]: amount }) };
    account.earned = { ...account.earned, [currency]: earned };
  }

  /** Whether what an entry recorded besides points had the tier assessed. */
  private isAssessed(entry: PastEntry, { tiers }: TiersOfVersion): boolean {
    const { type } = entry.activity;
    if (type === 'tier.assessed') return true;
    const isOrdinary = !isSystemType(type) && reversedTypeOf(type) === null;
    return isOrdinary && (tiers.asksMore || entry.lines.length > 0) && this.standing.isThere(entry);
  }

  private booksOf({ tier, earned, counters }: Account, entry: PastEntry): TierBooks {
    const { joined, attributes } = this.states.after(entry);
    return {
      tier,
      earned,
      counters,
      ...(joined === undefined ? {} : { joined }),
      ...(attributes === undefined ? {} : { attributes }),
    };
  }

  private apply(
    account: Account,
    entry: PastEntry,
    under: TiersOfVersion,
    effect: TierMoved | TierExtended | null,
  ): void {
    if (effect === null) return;
    account.tier = tierAfter(account.tier, effect);
    if (effect.type !== 'tier.moved' || effect.direction === 'down') return;
    // What one decision gave step by step, since each step gave points, is told as the one step that it comes to.
    const ids = under.tiers.ladder.map(({ definition }) => definition.id);
    const passed = ids.slice(ids.indexOf(effect.from) + 1, ids.indexOf(effect.to));
    account.promotions.push(...[...passed, effect.to].map((tier) => ({ tier, entry })));
  }
}

function baseOf({ tiers: { ladder } }: TiersOfVersion): HeldTier | null {
  const [base] = ladder;
  return base === undefined ? null : { id: base.definition.id, rev: base.definition.rev, since: null, until: null };
}

function sumOf(lines: readonly PointsLine[]): number {
  return lines.reduce((sum, { amount }) => sum + amount, 0);
}

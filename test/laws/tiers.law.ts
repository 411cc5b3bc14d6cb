import fc from 'fast-check';
import type { Tier } from '@verbena/shared/tiers/tier.js';
import { MemberState } from '@verbena/shared/ledger/member-state.js';
import { fold } from '@verbena/server/engine/fold.js';
import { initialState } from '@verbena/server/engine/initial-state.js';
import { standingOf } from '@verbena/server/ledger/standing.js';
import { aCompiledProgram, EngineRun } from '#support/engine-run.js';
import { seedsOf } from '#support/seeds.js';
import { aBadge, aRule, aSmallProgram, aTier } from '#support/small-program.js';

const seeds = seedsOf('tiers');
const LADDER = [
  { id: 'base', threshold: 0 },
  { id: 'plata', threshold: 100 },
  { id: 'oro', threshold: 300 },
  { id: 'rubi', threshold: 700 },
] as const;

const policies = fc.record({
  period: fc.oneof(
    fc.constant('year' as const),
    fc.constant('anniversary' as const),
    fc.record({ months: fc.integer({ min: 1, max: 12 }) }),
  ),
  downgrade: fc.constantFrom('oneStep', 'oneStep', 'reassess', 'reassess', 'never'),
  graceDays: fc.constantFrom(0, 0, 1, 20, 60),
  keeps: fc.constantFrom(null, null, 'plata', 'oro'),
});
/** How a badge ends, and after how many visits it comes. */
const badges = fc.record({ target: fc.integer({ min: 1, max: 4 }), days: fc.integer({ min: 1, max: 60 }) });
const acts = fc.array(
  fc.record({
    what: fc.constantFrom('visit', 'visit', 'visit', 'visit', 'look', 'withdraw'),
    days: fc.oneof(
      { weight: 5, arbitrary: fc.nat(40) },
      { weight: 1, arbitrary: fc.constantFrom(90, 200, 365, 366, 700) },
    ),
    n: fc.oneof(fc.integer({ min: 1, max: 120 }), fc.integer({ min: 1, max: 400 })),
  }),
  { minLength: 10, maxLength: 45, size: 'max' },
);
type Policies = typeof policies extends fc.Arbitrary<infer T> ? T : never;
type Badges = typeof badges extends fc.Arbitrary<infer T> ? T : never;

/** Days as numbers, so that the model shares no arithmetic with the engine. */
const DAY_MS = 86_400_000;
const nameOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
const dayOf = (year: number, month: number, day: number): number => {
  // The day that a month lacks is its last.
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(day, last)) / DAY_MS;
};
const later = (day: number, months: number): number => {
  const date = new Date(day * DAY_MS);
  const month = date.getUTCFullYear() * 12 + date.getUTCMonth() + months;
  return dayOf(Math.floor(month / 12), ((month % 12) + 12) % 12, date.getUTCDate());
};
const yearOf = (day: number): number => new Date(day * DAY_MS).getUTCFullYear();

/** The same a second time, from the description alone: what a member holds, day by day. */
class Plainly {
  private readonly earned: { readonly day: number; readonly n: number }[] = [];
  private joined: number | null = null;
  tier = { place: 0, since: null as number | null, until: null as number | null };
  private floor = 0;
  private visits = 0;
  private gone = 0;
  badge: number | null = null;

  constructor(
    private readonly policy: Policies,
    private readonly award: Badges,
  ) {}

  /** Everything that ends by itself until the beginning of a day. */
  strike(today: number): void {
    for (;;) {
      const { until } = this.tier;
      if (until === null || today < until + 1 + this.policy.graceDays) break;
      this.goDown(until);
    }
    if (this.badge !== null && today > this.badge) this.endBadge();
  }

  visit(today: number, n: number): void {
    this.joined ??= today;
    this.earned.push({ day: today, n });
    this.visits += 1;
    if (this.badge === null && this.visits - this.gone >= this.award.target) this.badge = today + this.award.days;
    const [first, last, until] = this.window(today);
    const reached = this.reachedIn(first, last);
    const { place, until: held } = this.tier;
    if (reached === 0 || reached < place) return;
    const end = this.endOf(reached, Math.max(until, held ?? 0));
    if (reached > place) {
      if (this.isKept(place)) this.floor = place;
      this.tier = { place: reached, since: today, until: end };
    } else if (end !== null) this.tier = { ...this.tier, until: end };
  }

  endBadge(): void {
    this.badge = null;
    this.gone = this.visits;
  }

  private goDown(ended: number): void {
    const { place } = this.tier;
    const [first, last] = this.window(ended);
    const reached = Math.min(place, this.reachedIn(first, last));
    const below = Math.max(0, place - 1);
    const isYear = this.policy.period === 'year';
    const fallsTo = this.policy.downgrade === 'reassess' || reached === place ? reached : below;
    const next = Math.max(this.floor, fallsTo);
    const { period } = this.policy;
    const more = isYear
      ? dayOf(yearOf(ended) + 1, 11, 31)
      : typeof period === 'object'
        ? later(ended, period.months)
        : this.window(ended + 1)[1];
    const until = next === 0 ? null : this.endOf(next, more);
    const since = next === place ? this.tier.since : ended + 1 + this.policy.graceDays;
    this.tier = { place: next, since, until };
    if (next === this.floor) this.floor = 0;
  }

  /** First and last day of the qualification in which a day lies, and until when a tier lasts that is reached in it. */
  private window(day: number): [number, number, number] {
    const { period } = this.policy;
    if (period === 'year') {
      const year = yearOf(day);
      return [dayOf(year, 0, 1), dayOf(year, 11, 31), dayOf(year + 1, 11, 31)];
    }
    if (period !== 'anniversary') {
      // What happened on a day is gone so many months later.
      let first = day;
      while (later(first - 1, period.months) > day) first -= 1;
      return [first, day, later(day, period.months)];
    }
    const joined = this.joined ?? day;
    let years = 0;
    while (later(joined, (years + 1) * 12) <= day) years += 1;
    return [later(joined, years * 12), later(joined, (years + 1) * 12) - 1, later(joined, (years + 2) * 12) - 1];
  }

  private reachedIn(first: number, last: number): number {
    const sum = this.earned.filter(({ day }) => day >= first && day <= last).reduce((total, { n }) => total + n, 0);
    return LADDER.findLastIndex(({ threshold }) => sum >= threshold);
  }

  private isKept(place: number): boolean {
    return LADDER[place]?.id === this.policy.keeps;
  }

  private endOf(place: number, until: number): number | null {
    return this.isKept(place) || this.policy.downgrade === 'never' ? null : until;
  }
}

function programOf({ period, downgrade, graceDays, keeps }: Policies, { target, days }: Badges) {
  const given: Partial<Tier> = {
    downgrade,
    ...(graceDays === 0 ? {} : { graceDays }),
    ...(period === 'year'
      ? {}
      : { period: period === 'anniversary' ? { kind: 'anniversary' } : { kind: 'rolling', months: period.months } }),
  };
  return aCompiledProgram({
    definitions: aSmallProgram({
      rules: [aRule({ earn: [{ currency: 'puntos', amount: { product: [{ field: 'n' }] } }] })],
      tiers: LADDER.map(({ id, threshold }) =>
        aTier(id, threshold, { ...given, ...(id === keeps ? { keep: true } : {}) }),
      ),
      badges: [aBadge({ grant: { kind: 'count', activity: 'visit', target }, expires: { days } })],
    }),
    time: 'wall',
  });
}

/** What becomes of the tier held: a twin of the member lives on, perhaps earning once, until after its end. */
function whatComes(run: EngineRun, day: number, earned: { readonly on: number; readonly n: number } | null) {
  const twin = new EngineRun(run.program);
  twin.state = run.state;
  if (earned !== null)
    twin.submit({ type: 'visit', occurredAt: `${nameOf(earned.on)}T11:00:00.000Z`, attributes: { n: earned.n } });
  twin.strike(`${nameOf(day)}T11:00:00.000Z`);
  const effects = twin.journal.flatMap((entry) => entry.effects);
  return { place: placeOf(twin), moved: effects.find(({ type }) => type === 'tier.moved') };
}

const placeOf = ({ state }: EngineRun): number => LADDER.findIndex(({ id }) => id === state.tier?.id);

/** The card of today says nothing else than the one of the last day; it names what the clock then does, and what is missing is. */
function expectCardTrue(run: EngineRun, policy: Policies, today: number): void {
  const until = run.state.tier?.until ?? null;
  const shown = (day: number) =>
    standingOf(run.program, run.state, { program: nameOf(day), member: nameOf(day) }).tier?.drop;
  if (until === null) {
    expect(shown(today)).toBeUndefined();
    return;
  }
  const last = Date.parse(until) / DAY_MS;
  const drop = shown(last);
  expect([undefined, drop]).toContainEqual(shown(today));
  const end = last + 1 + policy.graceDays;
  const { moved, place } = whatComes(run, end, null);
  expect(drop === undefined ? undefined : [drop.to, drop.on]).toEqual(
    moved?.type === 'tier.moved' ? [moved.to, moved.since] : undefined,
  );
  if (drop === undefined) return;
  seen.said += 1;
  if (placeOf(run) - place > 1) seen.deep += 1;
  expect(drop.missing).toBeGreaterThan(0);
  // What is earned after the last day counts elsewhere.
  if (today > last) return;
  expect(whatComes(run, end, { on: last, n: drop.missing }).place).toBeGreaterThanOrEqual(placeOf(run));
  if (drop.missing > 1) expect(whatComes(run, end, { on: last, n: drop.missing - 1 }).place).toBeLessThan(placeOf(run));
}

const seen = { said: 0, deep: 0, up: 0, down: 0, extended: 0, kept: 0, badges: 0, ended: 0, withdrawn: 0 };
afterAll(() => {
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan((50 * seeds.length) / 3);
});

test.each(seeds)(
  'G1 G2 G3 G4 F1 F2 day by day, tiers and badges are what the plain model says, the card names the tier that comes, and fold is decide (seed %i)',
  (seed) => {
    const property = fc.property(policies, badges, acts, (policy, award, history) => {
      const run = new EngineRun(programOf(policy, award));
      const plain = new Plainly(policy, award);
      let day = Date.UTC(2016, 0, 30) / DAY_MS;
      for (const { what, days, n } of history) {
        day += days;
        const at = `${nameOf(day)}T11:00:00.000Z`;
        if (run.state.seq > 0) plain.strike(day);
        if (what === 'visit') {
          plain.visit(day, n);
          run.submit({ type: 'visit', occurredAt: at, attributes: { n } });
        } else if (what === 'withdraw' && plain.badge !== null) {
          plain.endBadge();
          run.submit({ type: 'badge.withdrawn', occurredAt: at, attributes: { badge: 'insignia' } });
          seen.withdrawn += 1;
        } else run.strike(at);
        const { tier } = run.state;
        const { place, since, until } = plain.tier;
        expect([tier?.id ?? 'base', tier?.until ?? null, place === 0 ? null : (tier?.since ?? null)]).toEqual([
          LADDER[place]?.id,
          until === null ? null : nameOf(until),
          place === 0 || since === null ? null : nameOf(since),
        ]);
        expectCardTrue(run, policy, day);
        expect(run.state.badges['insignia']?.until ?? null).toBe(plain.badge === null ? null : nameOf(plain.badge));
      }
      let state = initialState(run.program);
      for (const { seq, activity, lines, effects, decision } of run.journal) {
        for (const effect of effects) {
          if (effect.type === 'tier.moved') seen[effect.direction] += 1;
          if (effect.type === 'tier.moved' && effect.to === policy.keeps && effect.direction === 'down') seen.kept += 1;
          if (effect.type === 'tier.extended') seen.extended += 1;
          if (effect.type === 'badge.granted') seen.badges += 1;
          if (effect.type === 'badge.revoked' && effect.by === 'time') seen.ended += 1;
        }
        state = fold(state, JSON.parse(JSON.stringify({ seq, activity, lines, effects })));
        expect(state).toEqual(decision.state);
      }
      expect(MemberState.parse(state)).toEqual(state);
    });
    fc.assert(property, { seed, numRuns: 80 });
  },
);

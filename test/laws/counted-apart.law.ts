import fc from 'fast-check';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import { MemberState } from '@verbena/shared/ledger/member-state.js';
import { fold } from '@verbena/server/engine/fold.js';
import { initialState } from '@verbena/server/engine/initial-state.js';
import { aCompiledProgram, EngineRun } from '#support/engine-run.js';
import { seedsOf } from '#support/seeds.js';
import { aBadge, aRule, aSmallProgram } from '#support/small-program.js';

const seeds = seedsOf('counted-apart');
const [TIMES_A_PAIR, POINTS_A_DAY, EACH, BONUS, TARGET] = [2, 17, 3, 40, 3];
const product = (amount: number) => ({ product: [{ ratio: [amount, 1] as [number, number] }] });

/** Reactions to posts: so many of one friend a day and so many points of all together; a badge with a bonus for each post. */
const definitions: Definitions = aSmallProgram({
  rules: [
    aRule({
      earn: [
        {
          currency: 'puntos',
          amount: product(EACH),
          cap: [
            { per: 'day', times: TIMES_A_PAIR, by: 'n' },
            { per: 'day', points: POINTS_A_DAY },
          ],
        },
      ],
    }),
    aRule({ id: 'premio', on: { badge: 'insignia' }, earn: [{ currency: 'puntos', amount: product(BONUS) }] }),
  ],
  badges: [aBadge({ grant: { kind: 'count', activity: 'visit', target: TARGET, by: 'shop' } })],
});

const friend = fc.constantFrom(1, 2, 30, undefined);
const post = fc.constantFrom('a', 'b', 'un sitio', undefined);
const acts = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ friend, post, day: fc.nat(2) }) },
    { weight: 2, arbitrary: fc.record({ back: fc.nat(59) }) },
  ),
  { minLength: 10, maxLength: 60, size: 'max' },
);
type Act = typeof acts extends fc.Arbitrary<readonly (infer T)[]> ? T : never;

/** The same a second time, from its description alone: no import from the engine, no keys but whole sentences. */
class Plain {
  balance = 0;
  readonly given = new Map<string, { times: number; points: number }>();
  readonly counted = new Map<string, number>();
  readonly badges = new Set<string>();
  private readonly earned: { pair: string; day: string; points: number; post: string }[] = [];
  private readonly gone = new Set<number>();
  grants = 0;

  react(friend: string, post: string, day: string): void {
    const [pair, all] = [`${friend} on ${day}`, `everybody on ${day}`];
    const [ofPair, ofAll] = [this.usedOf(pair), this.usedOf(all)];
    const points = ofPair.times >= TIMES_A_PAIR ? 0 : Math.min(EACH, POINTS_A_DAY - ofAll.points);
    if (points > 0) this.use(pair, all, 1, points);
    this.earned.push({ pair, day: all, points, post });
    this.counted.set(post, (this.counted.get(post) ?? 0) + 1);
    if (this.badges.has(post) || (this.counted.get(post) ?? 0) < TARGET) return;
    this.badges.add(post);
    this.grants += 1;
    this.balance += BONUS;
  }

  takeBack(index: number): void {
    const one = this.earned[index];
    if (one === undefined || this.gone.has(index)) throw new Error('Nothing to take back.');
    this.gone.add(index);
    if (one.points > 0) this.use(one.pair, one.day, -1, -one.points);
    this.counted.set(one.post, (this.counted.get(one.post) ?? 0) - 1);
    if (!this.badges.has(one.post) || (this.counted.get(one.post) ?? 0) >= TARGET) return;
    this.badges.delete(one.post);
    this.balance -= BONUS;
  }

  private use(pair: string, all: string, times: number, points: number): void {
    for (const key of [pair, all]) {
      const used = this.usedOf(key);
      this.given.set(key, { times: used.times + times, points: used.points + points });
    }
    this.balance += points;
  }

  private usedOf(key: string): { times: number; points: number } {
    return this.given.get(key) ?? { times: 0, points: 0 };
  }
}

/** How much of it the histories held: a law over nothing would hold too. */
const seen = { capped: 0, grants: 0, revoked: 0 };
afterAll(() => {
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(50);
});

function play(list: readonly Act[]): { run: EngineRun; plain: Plain; left: number[] } {
  const run = new EngineRun(aCompiledProgram({ definitions, time: 'wall' }));
  const plain = new Plain();
  const seqs: number[] = [];
  const gone = new Set<number>();
  for (const [step, one] of list.entries()) {
    const at = new Date(Date.UTC(2026, 2, 9, 8, step)).toISOString();
    if ('back' in one) {
      const index = one.back % Math.max(1, seqs.length);
      const seq = seqs[index];
      if (seq === undefined || gone.has(index)) continue;
      gone.add(index);
      run.reverse(seq, at);
      plain.takeBack(index);
    } else {
      const day = `2026-03-0${4 + one.day}`;
      const attributes = {
        ...(one.friend === undefined ? {} : { n: one.friend }),
        ...(one.post === undefined ? {} : { shop: one.post }),
      };
      run.submit({ type: 'visit', occurredAt: `${day}T11:00:00.000Z`, attributes }, at);
      seqs.push(run.state.seq);
      plain.react(String(one.friend), String(one.post), day);
    }
    expect(run.balance).toBe(plain.balance);
    expect(Object.keys(run.state.badges['insignia']?.of ?? {})).toHaveLength(plain.badges.size);
  }
  return { run, plain, left: seqs.filter((_, index) => !gone.has(index)) };
}

describe('what is counted for each value apart', () => {
  law('#67 #77 FB17 points, uses, counts and grants are those of a plain second account of them', (list) => {
    const { run, plain } = play(list);
    const usesOf = (uses: Iterable<{ times: number; points: number }>) =>
      [...uses].map(({ times, points }) => `${times} ${points}`).toSorted();
    expect(usesOf(Object.values(run.state.caps).flatMap((periods) => Object.values(periods)))).toEqual(
      usesOf(plain.given.values()),
    );
    const counts = Object.values(run.state.counters).flatMap((buckets) => Object.values(buckets));
    expect(counts.toSorted()).toEqual([...plain.counted.values()].toSorted());
    expect(Object.keys(run.state.badges)).toEqual(plain.badges.size === 0 ? [] : ['insignia']);
    const effects = run.journal.flatMap((entry) => entry.effects);
    const granted = effects.filter(({ type }) => type === 'badge.granted').length;
    expect(granted).toBe(plain.grants);
    expect(granted - effects.filter(({ type }) => type === 'badge.revoked').length).toBe(plain.badges.size);
    seen.grants += granted;
    seen.revoked += granted - plain.badges.size;
    seen.capped += run.journal.filter(({ decision }) =>
      decision.receipt.missed.some(([, , what]) => what.startsWith('cap:')),
    ).length;
  });

  law('#67 #77 the state is the fold of the journal, and with all taken back nothing of it is left', (list) => {
    const { run, left } = play(list);
    for (const seq of left) run.reverse(seq);
    let state = initialState(run.program);
    for (const { seq, activity, lines, effects, decision } of run.journal) {
      state = fold(JSON.parse(JSON.stringify(state)), JSON.parse(JSON.stringify({ seq, activity, lines, effects })));
      expect(state).toEqual(decision.state);
    }
    expect(MemberState.parse(state)).toEqual(state);
    expect([run.balance, state.badges]).toEqual([0, {}]);
    const used = Object.values(state.caps).flatMap((periods) => Object.values(periods));
    expect(used.filter(({ times, points }) => times !== 0 || points !== 0)).toEqual([]);
    expect(
      Object.values(state.counters)
        .flatMap((buckets) => Object.values(buckets))
        .filter((count) => count !== 0),
    ).toEqual([]);
  });
});

function law(title: string, check: (list: readonly Act[]) => void): void {
  test.each(seeds)(`${title} (seed %i)`, (seed) => {
    fc.assert(fc.property(acts, check), { seed, numRuns: 40 });
  });
}

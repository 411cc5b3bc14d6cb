import fc from 'fast-check';
import type { Budget } from '@verbena/shared/programs/budget.js';
import type { CompiledProgram } from '@verbena/server/engine/compiled-program.js';
import { compileProgram } from '@verbena/server/engine/compile-program.js';
import { initialState } from '@verbena/server/engine/initial-state.js';
import type { Settlement } from '@verbena/server/backtests/settlement.js';
import type { Committer } from '@verbena/server/ledger/committer.js';
import { closingKey, deliver } from '@verbena/server/ledger/deliver.js';
import { laneOfShard } from '@verbena/server/ledger/lanes.js';
import { readClosed } from '@verbena/server/ledger/merged-past.js';
import { counterIdOf } from '@verbena/server/ledger/portions.js';
import { findDifference, replayMember } from '@verbena/server/ledger/replay-member.js';
import type { Shadowed } from '@verbena/server/ledger/replay.service.js';
import { reversalOf } from '@verbena/server/ledger/reversal.js';
import type { Submission } from '@verbena/server/ledger/submission.js';
import { MemberVerifier } from '@verbena/server/ledger/verify-member.js';
import { entryIdOf } from '@verbena/server/platform/crypto/hash.js';
import { definitionCompilers } from '#support/definition-compilers.js';
import { aCommitter, aSubmission, LAW_NOW, LAW_PROGRAM, memberId, relay } from '#support/memory-ledger.js';
import { MemoryStore, type WriteFault } from '#support/memory-store.js';
import { aCompiledProgram, EngineRun } from '#support/engine-run.js';
import {
  comesTo,
  decideInTurn,
  pastsOf,
  reportAsMade,
  reportPlainly,
  runShadow,
  type ShadowRun,
} from '#support/shadow-run.js';
import { seedsOf, twoMinutes } from '#support/seeds.js';
import { aMission, aRule, aSmallProgram } from '#support/small-program.js';

const seeds = seedsOf('budgets');

interface Limits {
  readonly rule: Budget;
  readonly places: number;
  readonly currency: Budget;
}

/** Points by `n`, usable at once and only with a nod; a mission for the first few; and not more points than so many in a month. */
function programOf(version: number, { rule, places, currency }: Limits): CompiledProgram {
  const product = [{ field: 'n' }];
  const base = aSmallProgram();
  const definitions = aSmallProgram({
    currencies: base.currencies.map((one) => ({ ...one, budget: currency })),
    rules: [
      aRule({ earn: [{ currency: 'puntos', amount: { product }, budget: rule }] }),
      aRule({ id: 'luego', earn: [{ currency: 'puntos', amount: { product }, pending: { until: 'action' } }] }),
    ],
    missions: [aMission({ goal: { kind: 'count', target: 2, per: 'ever' }, budget: { limit: places, per: 'week' } })],
  });
  return compileProgram({ zone: 'Europe/Madrid', time: 'wall' }, { version, definitions }, [], definitionCompilers);
}

type Act =
  | { readonly what: 'visit'; readonly member: number; readonly day: number; readonly n: number }
  | { readonly what: 'return'; readonly act: number; readonly percent: number | null }
  | { readonly what: 'cancel'; readonly act: number }
  | { readonly what: 'crash'; readonly lane: number };

const LANES = ['2.0', '2.1'] as const;
const MEMBERS = 6;
const acts = fc.array(
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        what: fc.constant('visit' as const),
        member: fc.nat(MEMBERS - 1),
        day: fc.nat(40),
        n: fc.nat(30),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        what: fc.constant('return' as const),
        act: fc.nat(40),
        percent: fc.option(fc.nat(99), { nil: null }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ what: fc.constant('cancel' as const), act: fc.nat(40) }) },
    { weight: 1, arbitrary: fc.record({ what: fc.constant('crash' as const), lane: fc.nat(1) }) },
  ),
  { minLength: 10, maxLength: 60, size: 'max' },
);
const budget = fc.record({
  limit: fc.integer({ min: 1, max: 200 }),
  per: fc.constantFrom('ever', 'month', 'week', 'day'),
  whenShort: fc.constantFrom('nothing', 'partial'),
}) as fc.Arbitrary<Budget>;
const limits = fc.record({ rule: budget, places: fc.integer({ min: 1, max: 4 }), currency: budget });
const fault = fc.oneof(
  { weight: 12, arbitrary: fc.constant<WriteFault>('none') },
  { weight: 1, arbitrary: fc.constantFrom<WriteFault>('lostBefore', 'lostAfter') },
  { weight: 1, arbitrary: fc.constantFrom<WriteFault>('connectionBefore', 'connectionAfter') },
);

const keyOf = (index: number): string => `k${index}`;
const laneOf = ({ shard }: Submission): string => laneOfShard(shard, LANES.length);

/** The submission of an act; null where what it is about is not there. */
function submissionOf(store: MemoryStore, list: readonly Act[], index: number): Submission | null {
  const act = list[index];
  if (act === undefined || act.what === 'crash') return null;
  if (act.what === 'visit') {
    const occurredAt = new Date(Date.UTC(2026, 4, 5 + act.day, 11)).toISOString();
    const given = { member: act.member, key: keyOf(index), type: 'visit', occurredAt, attributes: { n: act.n } };
    return aSubmission(given);
  }
  const about = list[act.act];
  const entry = store.journal.get(entryIdOf(LAW_PROGRAM, 'program', keyOf(act.act)));
  if (entry === undefined || about?.what !== 'visit') return null;
  const { occurredAt } = entry.activity;
  const receivedAt = new Date(LAW_NOW).toISOString();
  const request = { fingerprint: keyOf(index), channel: 'shop' as const, occurredAt, receivedAt };
  if (act.what === 'return') {
    const remaining = act.percent === null ? null : { n: Math.floor((about.n * act.percent) / 100) };
    const part = remaining && { key: keyOf(index), remaining, personal: null };
    return reversalOf(entry, part === null ? request : { ...request, part });
  }
  const waiting = entry.effects.find((effect) => effect.type === 'pending.set');
  if (waiting?.type !== 'pending.set') return null;
  const attributes = { pending: waiting.pending, reason: 'Por probar' };
  const given = { member: about.member, key: keyOf(index), type: 'points.cancelled', occurredAt, attributes };
  return aSubmission(given);
}

/** What was given and not taken back, by counter. */
function usedIn(store: MemoryStore): Map<string, number> {
  const used = new Map<string, number>();
  for (const { program, effects } of store.journal.values())
    for (const effect of effects) {
      if (effect.type !== 'budget.used') continue;
      const id = counterIdOf({ program, budget: effect.budget, period: effect.period });
      used.set(id, (used.get(id) ?? 0) + effect.amount);
    }
  return used;
}

/** `left + portions + used = limit + over`, nothing below zero. */
function expectWhole(store: MemoryStore): void {
  const used = usedIn(store);
  for (const [id, { limit, left, over }] of store.counters) {
    const portions = [...(store.portions.get(id)?.values() ?? [])].map((portion) => portion.left);
    expect(Math.min(left, over, ...portions, used.get(id) ?? 0)).toBeGreaterThanOrEqual(0);
    expect(portions.reduce((sum, one) => sum + one, left) + (used.get(id) ?? 0)).toBe(limit + over);
  }
  for (const id of used.keys()) expect(store.counters.has(id)).toBe(true);
}

const seen = { short: 0, partly: 0, givenBack: 0, full: 0, lowered: 0 };
afterAll(() => {
  for (const count of [tried.again, tried.short, tried.back, tried.leftOut]) expect(count).toBeGreaterThan(20);
  // Rounds that are not enough are for histories as no shop has them.
  expect(tried.settled).toBeGreaterThan(8 * tried.unsettled);
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(5);
});

law(
  'C8 E5 two lanes with crashes, lost answers, returns and a changed limit give out exactly what there is, and replay the same',
  (given) =>
    fc.asyncProperty(given, limits, limits, fc.infiniteStream(fault), async (list, before, after, faults) => {
      let isOn = false;
      const store = new MemoryStore(() => (isOn ? (faults.next().value ?? 'none') : 'none'));
      const alarms: unknown[] = [];
      const versions = [programOf(1, before), programOf(2, after)] as const;
      const program = { inForce: versions[0], versions };
      const lead = (lane: string): Committer => aCommitter(store, program, { alarms, lane });
      const leaders = new Map<string, Committer>(LANES.map((lane) => [lane, lead(lane)]));
      isOn = true;
      for (let first = 0; first < list.length; first += 5) {
        if (first >= list.length / 2) program.inForce = versions[1];
        const answers = list.slice(first, first + 5).map(async (act, offset) => {
          if (act.what === 'crash') {
            const lane = LANES[act.lane] ?? LANES[0];
            leaders.set(lane, lead(lane));
            return;
          }
          const found = submissionOf(store, list, first + offset);
          if (found !== null) await leaders.get(laneOf(found))?.submit(found);
        });
        await Promise.all(answers);
        // A group that another leader's coming refused is sent again, as its sender would.
        for (let index = first; index < first + 5; index += 1) {
          const found = submissionOf(store, list, index);
          if (found !== null && list[index]?.what === 'visit') await leaders.get(laneOf(found))?.submit(found);
        }
        expectWhole(store);
      }
      expect(alarms).toEqual([]);
      for (const [id, ledger] of store.states) {
        const journal = store.journalOf(id);
        const verifier = new MemberVerifier(id, initialState(versions[0]));
        for (const entry of journal) verifier.read(entry);
        verifier.finish(ledger);
        expect(verifier.findings).toEqual([]);
        const programs = ({ version }: { readonly version: number }) => versions[version - 1] ?? versions[0];
        const again = replayMember(journal, { programOf: programs, isSame: true, untilMs: null });
        expect(findDifference(journal, again)).toBeNull();
      }
      count(store);
    }),
);

/** One lane, groups of several; returns and cancellations too, crashes not. */
async function liveWith(
  list: readonly Act[],
  programs: CompiledProgram,
  lanes: readonly string[],
): Promise<MemoryStore> {
  const store = new MemoryStore();
  const leaders = new Map(lanes.map((lane) => [lane, aCommitter(store, programs, { lane })]));
  for (let first = 0; first < list.length; first += 5)
    await Promise.all(
      list.slice(first, first + 5).map(async (_, offset) => {
        const found = submissionOf(store, list, first + offset);
        if (found !== null) await leaders.get(laneOfShard(found.shard, lanes.length))?.submit(found);
      }),
    );
  return store;
}

test('C5 C8 of a rule with two earnings a return in part gives back to a budget of both what it takes, and never more than was given', () => {
  const base = aSmallProgram();
  const run = new EngineRun(
    aCompiledProgram({
      definitions: aSmallProgram({
        currencies: base.currencies.map((one) => ({
          ...one,
          budget: { limit: 1_000, per: 'month', whenShort: 'partial' },
        })),
        rules: [
          aRule({
            earn: [
              { currency: 'puntos', amount: { product: [{ field: 'n' }] } },
              { currency: 'puntos', amount: { product: [{ field: 'n' }, { ratio: [2, 1] }] } },
            ],
          }),
        ],
      }),
    }),
  );
  run.budgets = { 'currency:puntos@2026-05': 1_000 };
  const used = () =>
    run.journal
      .flatMap(({ effects }) => effects)
      .reduce((sum, effect) => sum + (effect.type === 'budget.used' ? effect.amount : 0), 0);
  run.submit({ type: 'visit', occurredAt: '2026-05-05T10:00:00.000Z', attributes: { n: 10 } });
  expect(used()).toBe(30);
  run.reverse(1, undefined, { n: 5 });
  expect([used(), run.balance]).toEqual([15, 15]);
  run.reverse(1);
  expect([used(), run.balance]).toEqual([0, 0]);
});

const by = (limit: number, per: Budget['per']): Budget => ({ limit, per, whenShort: 'partial' });

test.each([
  ['is as it was', by(100, 'month'), [80, 40]],
  ['limits the whole year', by(50, 'year'), [50, 40]],
  ['limits each week', by(50, 'week'), [50, 0]],
  ['has no such budget', null, null],
] as const)(
  'D7 C8 A1 what a joined account had taken of a budget is returned where that was joined to, and a draft that %s is settled',
  async (_, budget, given) => {
    const programWith = (own: Budget | null) =>
      aCompiledProgram({
        time: 'wall',
        definitions: aSmallProgram({
          rules: [
            aRule({
              earn: [
                { currency: 'puntos', amount: { product: [{ field: 'n' }] }, ...(own === null ? {} : { budget: own }) },
              ],
            }),
          ],
          missions: [aMission({ budget: { limit: 5, per: 'ever' } })],
        }),
      });
    const store = new MemoryStore();
    const lane = aCommitter(store, programWith(by(100, 'month')));
    const submit = (one: Submission) =>
      deliver(one, {
        commit: (next) => lane.submit(next),
        readEntries: (ids) => store.readEntries(ids),
        now: () => LAW_NOW,
      });
    const occurredAt = '2026-05-05T10:00:00.000Z';
    const visit = (member: number, key: string) =>
      submit(aSubmission({ member, key, type: 'visit', occurredAt, attributes: { n: 40 } }));
    await visit(1, 'a');
    await visit(0, 'b');
    const attributes = { into: memberId(0) };
    const closing = aSubmission({
      member: 1,
      key: closingKey(memberId(1)),
      type: 'member.closed',
      occurredAt,
      attributes,
      source: 'house',
    });
    await submit(closing);
    await relay(store, lane, 0);
    const bought = store.journal.get(entryIdOf(LAW_PROGRAM, 'program', 'a'));
    if (bought === undefined) throw new Error('Nothing was bought.');
    const receivedAt = new Date(LAW_NOW).toISOString();
    const request = { fingerprint: 'back', channel: 'shop' as const, occurredAt: receivedAt, receivedAt };
    expect(await submit(reversalOf(bought, request))).toMatchObject({ kind: 'accepted' });
    await visit(2, 'c');
    const pasts = await Promise.all(
      pastsOf(store).map(async (past) => {
        const closed = await readClosed(past.entries, (one) => Promise.resolve(store.journalOf(one)));
        return { ...past, closed };
      }),
    );
    const { settlement, tally } = runShadow(pasts, programWith(budget), LAW_NOW);
    expect([settlement.unsettled, tally.undecided]).toEqual([[], []]);
    const told = settlement.outcomes(tally.shared).find(({ kind }) => kind === 'rule');
    if (given === null) expect(told).toBeUndefined();
    else expect(told).toMatchObject({ given: { live: 80, draft: given[0] }, givenBack: given[1], periodsCount: 1 });
  },
);

const tried = { settled: 0, unsettled: 0, again: 0, short: 0, back: 0, leftOut: 0 };

law(
  'D7 C8 E5 a backtest of the very rules in force gives what happened on one lane, entry by entry, whoever came away without',
  (given) =>
    fc.asyncProperty(given, limits, async (acts, shared) => {
      const program = programOf(1, shared);
      // A part of something for which not enough was left is decided again on what the lane had in hand: of a budget that gives
      // nothing in part that may have been less than there was, and nobody noted how much there was.
      const isWhole = [shared.rule, shared.currency].some(({ whenShort }) => whenShort === 'nothing');
      const list = acts.map((act): Act => (act.what === 'return' && isWhole ? { ...act, percent: null } : act));
      const store = await liveWith(list, program, ['1.0']);
      const { settlement, shadows, tally } = runShadow(pastsOf(store), program, LAW_NOW);
      note(settlement);
      if (settlement.unsettled.length > 0) return;
      for (const { member, entries } of pastsOf(store))
        expect(shadows.get(member)?.entries.map(comesTo)).toEqual(entries.map(comesTo));
      for (const { draft, live } of [tally.issued, tally.balances, tally.refused]) expect(draft).toBe(live);
      expect(tally).toMatchObject({ winners: 0, losers: 0, members: store.states.size });
      for (const { given: used } of settlement.outcomes(tally.shared)) expect(used.draft).toBe(used.live);
    }),
);

law(
  'D7 C8 E5 budgets that nobody had give in no period more than their limit, and what one lane would have given in that order',
  (given) =>
    // All at once, as far as memory goes; else a few at a time, the others being as they stand.
    fc.asyncProperty(given, limits, limits, fc.constantFrom(Infinity, 3), async (list, before, after, blockMax) => {
      const store = await liveWith(list, programOf(1, before), LANES);
      const draft = programOf(2, after);
      const { settlement, shadows, tally } = runShadow(pastsOf(store), draft, LAW_NOW, { blockMax });
      note(settlement);
      const outcomes = settlement.outcomes({});
      for (const { limit, periods } of outcomes)
        for (const { given: used, asked, without } of periods) {
          expect(used.draft).toBeGreaterThanOrEqual(0);
          expect(used.draft).toBeLessThanOrEqual(limit);
          if (asked <= limit) expect(without.activities).toBe(0);
        }
      expectWithin(draft, shadows, new Set(settlement.unsettled));
      expect(tally.undecidedCount).toBe(settlement.unsettled.length);
      expect(tally.members).toBe(store.states.size - settlement.unsettled.length);
      if (settlement.unsettled.length > 0) return;
      for (const [member, { entries }] of decideInTurn(pastsOf(store), draft, LAW_NOW))
        expect(shadows.get(member)?.entries.map(comesTo)).toEqual(entries.map(comesTo));
    }),
);

law(
  'D7 C8 whoever is decided again or left out counts in every figure of the report as it came out, once or not at all',
  (given) =>
    fc.asyncProperty(given, limits, limits, fc.constantFrom(0, 1, 3), async (list, before, after, roundsMax) => {
      const store = await liveWith(list, programOf(1, before), LANES);
      const run = runShadow(pastsOf(store), programOf(2, after), LAW_NOW, { blockMax: 2, roundsMax });
      const { unsettled } = run.settlement;
      tried.leftOut += unsettled.length;
      expect(run.tally.undecided.map(({ member }) => member).toSorted()).toEqual(unsettled.toSorted());
      expect(reportAsMade(run)).toEqual(reportPlainly(pastsOf(store), run));
      for (const { budget, given: told, asked, givenBack, without, partly } of run.settlement.outcomes({})) {
        expect(told.draft).toBe(usedBy(run.shadows, new Set(unsettled), budget));
        if (without.activities + partly.activities === 0) expect(asked).toBe(told.draft + givenBack);
        else expect(asked).toBeGreaterThan(told.draft + givenBack);
      }
    }),
);

/** What those who are decided use of a budget in all, net of what returns give back. */
function usedBy(shadows: ShadowRun['shadows'], out: ReadonlySet<string>, budget: string): number {
  const effects = [...shadows].flatMap(([member, { entries }]) =>
    out.has(member) ? [] : entries.flatMap((entry) => entry.effects),
  );
  return effects.reduce(
    (sum, effect) => (effect.type === 'budget.used' && effect.budget === budget ? sum + effect.amount : sum),
    0,
  );
}

/** What those who are decided used is never more than there is, whoever is not decided. */
function expectWithin(
  { budgets }: CompiledProgram,
  shadows: ReadonlyMap<string, Pick<Shadowed, 'entries'>>,
  out: ReadonlySet<string>,
): void {
  const used = new Map<string, number>();
  for (const [member, { entries }] of shadows)
    for (const effect of out.has(member) ? [] : entries.flatMap(({ effects }) => effects)) {
      if (effect.type !== 'budget.used') continue;
      const key = `${effect.budget}@${effect.period}`;
      used.set(key, (used.get(key) ?? 0) + effect.amount);
    }
  for (const [key, amount] of used)
    expect(amount).toBeLessThanOrEqual(budgets.get(key.slice(0, key.indexOf('@')))?.limit ?? 0);
}

function note(settlement: Settlement): void {
  if (settlement.unsettled.length > 0) tried.unsettled += 1;
  else tried.settled += 1;
  if (settlement.round > 0) tried.again += 1;
  for (const { without, partly, givenBack } of settlement.outcomes({})) {
    tried.short += without.activities + partly.activities;
    tried.back += givenBack;
  }
}

/** How much of it the histories held: a law over nothing would hold too. */
function count(store: MemoryStore): void {
  for (const { receipt, effects } of store.journal.values()) {
    seen.short += receipt.missed.filter(([, , what]) => /^(?:budget|issuance|places):/.test(what)).length;
    seen.partly += receipt.fired.filter(({ factors = [] }) =>
      factors.some((factor) => 'bound' in factor && factor.bound === 'budget'),
    ).length;
    seen.givenBack += effects.filter((effect) => effect.type === 'budget.used' && effect.amount < 0).length;
  }
  for (const [id, { limit, over }] of store.counters) {
    if (usedIn(store).get(id) === limit) seen.full += 1;
    if (over > 0) seen.lowered += 1;
  }
}

function law(name: string, property: (given: fc.Arbitrary<readonly Act[]>) => fc.IAsyncProperty<unknown>): void {
  test.each(seeds)(`${name} (seed %i)`, async (seed) => {
    await fc.assert(property(acts), { seed, numRuns: 25, ...twoMinutes });
  });
}

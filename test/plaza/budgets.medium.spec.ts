import { shoppingCentre } from '@verbena/seeds/presets/shopping-centre.js';
import type { BudgetUsed } from '@verbena/shared/ledger/effect.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import type { JournalEntry } from '@verbena/server/ledger/journal-entry.js';
import { shardsOfLane } from '@verbena/server/ledger/lanes.js';
import { BudgetsCheck } from '@verbena/server/ledger/budgets-check.service.js';
import { counterIdOf } from '@verbena/server/ledger/portions.js';
import { PortionsRepository } from '@verbena/server/ledger/portions.repository.js';
import { reversalOf } from '@verbena/server/ledger/reversal.js';
import { scopeOf } from '@verbena/server/platform/mongo/scope.js';
import { ulid } from 'ulid';
import { aSubmission, BENCH_PROGRAM, LedgerUnderTest, someMembers } from '#bench/ledger-under-test.js';
import { aCompiledProgram } from '#support/engine-run.js';
import { aMission, aRule } from '#support/small-program.js';

const PLACES = 50;
const POINTS = 10_000;
const CONTENDERS = 500;
const per = 'ever';

/** The demo's centre, with a welcome for the first 50 who buy and 10,000 points for everybody together, to the last one. */
const definitions: Definitions = {
  ...shoppingCentre,
  rules: [
    ...shoppingCentre.rules,
    aRule({
      id: 'sorteo',
      on: { activity: 'purchase' },
      earn: [
        {
          currency: 'puntos',
          amount: { product: [{ field: 'totalMinor' }, { ratio: [1, 10] }] },
          budget: { limit: POINTS, per, whenShort: 'partial' },
        },
      ],
    }),
  ],
  missions: [
    ...shoppingCentre.missions,
    aMission({
      id: 'primeros',
      on: { activity: 'purchase' },
      goal: { kind: 'count', target: 1, per },
      budget: { limit: PLACES, per },
    }),
  ],
};
const program = aCompiledProgram({ definitions, time: 'wall' });
const ledger = new LedgerUnderTest(process.env['MONGODB_URI'] ?? '', `budgets_${ulid()}`, 2, program);
const portions = new PortionsRepository(ledger.mongo);
const places = { program: BENCH_PROGRAM, budget: 'mission:primeros', period: per };
const points = { program: BENCH_PROGRAM, budget: 'rule:sorteo', period: per };

beforeAll(async () => {
  await portions.ensureIndexes();
  await ledger.start();
});
afterAll(() => ledger.stop());

/** A purchase of each of these members, all at once; the entries that were committed. */
async function buy(members: readonly string[]): Promise<JournalEntry[]> {
  const outcomes = await Promise.all(members.map((member) => ledger.submit(aSubmission(member))));
  return outcomes.map((outcome) => {
    if (outcome.kind !== 'accepted') throw new Error(`It was not accepted: ${JSON.stringify(outcome)}`);
    return outcome.entry;
  });
}

function usedOf(entries: readonly JournalEntry[], budget: string): number {
  const uses = entries.flatMap(({ effects }) =>
    effects.filter((effect): effect is BudgetUsed => effect.type === 'budget.used'),
  );
  return uses.filter((use) => use.budget === budget).reduce((sum, { amount }) => sum + amount, 0);
}

async function inTheStore(place: typeof places): Promise<number> {
  const [found] = await portions.balances([place]);
  if (found === undefined) throw new Error('Nobody ever asked.');
  return found.left + found.portions - found.over;
}

test('E5 C8 two lanes race for 50 places with 500 contenders: exactly 50 get one, and 10,000 points go to the last one', async () => {
  const entries = await buy(someMembers(CONTENDERS));
  const both = [0, 1].map((lane) => entries.filter(({ shard }) => shardsOfLane(`2.${lane}`, 2).includes(shard)).length);
  expect(Math.min(...both)).toBeGreaterThan(100);

  const winners = entries.filter(({ effects }) =>
    effects.some((effect) => effect.type === 'mission.completed' && effect.mission === 'primeros'),
  );
  expect(winners).toHaveLength(PLACES);
  expect(usedOf(entries, 'mission:primeros')).toBe(PLACES);
  expect(usedOf(entries, 'rule:sorteo')).toBe(POINTS);
  expect([await inTheStore(places), await inTheStore(points)]).toEqual([0, 0]);
  const last = entries.find(({ receipt }) => receipt.missed.some(([, , what]) => what === 'places:ever'));
  expect(last?.facts.budgets).toMatchObject({ 'mission:primeros@ever': 0 });

  // Three return what they bought: their places are there again, for both lanes, and no more than three.
  const now = new Date().toISOString();
  const request = { fingerprint: 'return', channel: 'shop' as const, occurredAt: now, receivedAt: now };
  const back = await Promise.all(winners.slice(0, 3).map((entry) => ledger.submit(reversalOf(entry, request))));
  expect(back.map(({ kind }) => kind)).toEqual(['accepted', 'accepted', 'accepted']);
  expect(await inTheStore(places)).toBe(3);
  expect(usedOf(await buy(someMembers(40)), 'mission:primeros')).toBe(3);
  expect(await inTheStore(places)).toBe(0);
});

test('C8 who takes a lane over finds its portion, and what a lane that is no more has is not lost', async () => {
  const place = { program: scopeOf(ulid()).program, budget: 'rule:sorteo', period: per };
  const terms = { limit: 100, version: 1, whenShort: 'nothing' } as const;
  const take = (lane: string, least: number, isForced = false) =>
    ledger.repository.takePortion(lane, { place, least, terms, isForced });
  expect(await take('4.3', 1)).toMatchObject({ left: 13 });
  // Half of what the other has and did not ask for goes along.
  expect(await take('2.0', 90)).toMatchObject({ left: 93 });
  expect(await take('2.0', 101)).toMatchObject({ left: 93, isAll: true });
  expect(await take('2.1', 100)).toMatchObject({ left: null, isHeld: true });
  expect(await take('2.1', 100, true)).toMatchObject({ left: 100, isAll: false });
  expect(await portions.balances([place])).toMatchObject([{ left: 0, portions: 100, limit: 100, over: 0 }]);
});

test('C8 sixteen who take at once from one counter never take more than there is', async () => {
  const place = { program: scopeOf(ulid()).program, budget: 'rule:sorteo', period: per };
  const terms = { limit: 40, version: 1, whenShort: 'partial' } as const;
  const lanes = Array.from({ length: 16 }, (_, index) => `16.${index}`);
  const takeAll = async (lane: string): Promise<void> => {
    for (let tries = 0; tries < 5; tries += 1)
      await ledger.repository.takePortion(lane, { place, least: 3, terms }).catch(() => null);
  };
  await Promise.all(lanes.map(takeAll));
  const [found] = await portions.balances([place]);
  expect((found?.left ?? 0) + (found?.portions ?? 0)).toBe(40);
});

test('C8 C9 verification finds a counter that does not say what the journal says, and where', async () => {
  const check = new BudgetsCheck(ledger.repository, portions);
  await buy(someMembers(3));
  expect(await check.finishProgram(scopeOf(BENCH_PROGRAM))).toEqual([]);
  await ledger.mongo
    .collection<{ _id: string }>('portions')
    .updateOne({ _id: counterIdOf(points) }, { $set: { over: 7 } });
  expect(await check.finishProgram(scopeOf(BENCH_PROGRAM))).toEqual([
    {
      member: '',
      seq: 0,
      kind: 'budget',
      text: expect.stringMatching(/^rule:sorteo@ever: by the journal \d+ were used, by the counters \d+$/),
    },
  ]);
});

test('C8 a limit is followed also where nothing changes hands', async () => {
  const place = { program: scopeOf(ulid()).program, budget: 'rule:sorteo', period: per };
  const terms = { limit: 10, version: 1, whenShort: 'nothing' } as const;
  const take = (limit: number, version: number) =>
    ledger.repository.takePortion('2.0', { place, least: 30, terms: { ...terms, limit, version } });
  expect(await take(10, 1)).toMatchObject({ left: null, isAll: true });
  expect(await take(20, 2)).toMatchObject({ left: null, isAll: true });
  expect(await portions.balances([place])).toMatchObject([{ limit: 20, left: 20, version: 2 }]);
});

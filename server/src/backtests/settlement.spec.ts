import { type BudgetOutcome, ROUNDS_MAX } from '@verbena/shared/backtests/backtests.routes.js';
import type { Decision } from '@verbena/shared/ledger/decision.js';
import type { CompiledBudget } from '#engine/compile-budgets.js';
import type { CompiledProgram } from '#engine/compiled-program.js';
import type { Demand } from '#ledger/replay.service.js';
import { type MemberDemand, packDemand, readRows } from './demand.js';
import { Settlement } from './settlement.js';

const RULE = 'rule:regalo';
const EVER = `${RULE}@ever`;

function aBudget(limit: number, given: Partial<CompiledBudget> = {}): CompiledBudget {
  const [kind = 'rule', of = ''] = (given.id ?? RULE).split(':');
  const whenShort = 'nothing' as const;
  const currency = kind === 'mission' ? null : 'puntos';
  return { id: RULE, kind: kind as CompiledBudget['kind'], of, currency, per: 'ever', limit, whenShort, ...given };
}

/** What somebody wanted in a group of one, and was told nothing of: minus is what a return gave back. */
function aDemand(q: number, wanted: number, given: Partial<Demand> = {}): Demand {
  const isBack = wanted < 0;
  return {
    entry: `e${q}`,
    atMs: 1_000,
    lane: '1.0',
    q,
    place: 0,
    day: `2026-05-${String(q).padStart(2, '0')}`,
    asks: isBack ? [] : [{ of: [{ key: EVER, need: wanted }], wanted, allowed: wanted, takes: true }],
    told: {},
    other: isBack ? [[EVER, wanted]] : [],
    ...given,
  };
}

function of(member: string, ...demand: readonly Demand[]): MemberDemand {
  return { member, seq: demand.length, live: 0, draft: 0, balance: 0, tier: null, ...packDemand(demand) };
}

function settle(demand: readonly MemberDemand[], ...budgets: readonly CompiledBudget[]): Settlement {
  return new Settlement(demand, new Map(budgets.map((budget) => [budget.id, budget])));
}

/** One round over members whose questions stay the same: each is answered at its turn from what is then left. */
function answer(settlement: Settlement, ...budgets: readonly CompiledBudget[]): string[] {
  const again = settlement.begin() ?? [];
  const turns = settlement.turns();
  const program = { budgets: new Map(budgets.map((budget) => [budget.id, budget])) } as unknown as CompiledProgram;
  const asked = new Map<string, Demand[]>(again.map((member) => [member, []]));
  const steps = new Map(
    again.map((member) => {
      const { names, ...packed } = settlement.demandOf(member);
      const rows = [...readRows({ names, ...packed })];
      return [
        member,
        rows.map(({ asks, other, ...row }) => ({
          ...row,
          decide: () => {
            const told = turns.budgets.leftFor(row.entry, '', program, row.day) ?? {};
            const answered = asks.map(({ of: put, wanted, takes }) => {
              const of = put.map(({ name }) => ({ key: names[name] ?? '', need: wanted }));
              const there = Math.min(...of.map(({ key }) => told[key] ?? Infinity));
              const isPart = of.some(
                ({ key }) => program.budgets.get(key.split('@')[0] ?? '')?.whenShort === 'partial',
              );
              return { of, wanted, allowed: there >= wanted ? wanted : isPart ? there : 0, takes };
            });
            const back = other.map(({ name, amount }) => [names[name] ?? '', amount] as const);
            asked.get(member)?.push({ ...row, told, asks: answered, other: back });
            const taken = answered.flatMap(({ of, allowed, takes }) =>
              takes ? of.map(({ key }) => [key, allowed] as const) : [],
            );
            turns.budgets.note('', program, decisionThatUses([...taken, ...back]));
          },
        })),
      ];
    }),
  );
  for (const _ of turns.run(steps, (_member, error) => expect(error).toBeUndefined()));
  for (const [member, demand] of asked) settlement.replace(of(member, ...demand));
  settlement.end();
  return again;
}

function decisionThatUses(uses: readonly (readonly [key: string, amount: number])[]): Decision {
  const effects = uses.map(([key, amount]) => {
    const [budget = '', period = ''] = key.split('@');
    return { type: 'budget.used', budget, period, amount, by: { kind: 'rule', id: 'regalo' } } as const;
  });
  return { effects } as unknown as Decision;
}

const totalOf = (settlement: Settlement, place = 0) => settlement.outcomes({})[place];

describe('settling what all members share', () => {
  test('D7 C8 given out to the last point nobody goes without, and the day of the last one is when it ran out', () => {
    const settlement = settle([of('ana', aDemand(1, 30), aDemand(3, 40)), of('ben', aDemand(2, 30))], aBudget(100));
    expect(settlement.begin()).toBeNull();
    expect(totalOf(settlement)).toMatchObject({
      asked: 100,
      given: { draft: 100 },
      ranOutCount: 1,
      periods: [{ period: 'ever', ranOut: '2026-05-03', without: { members: 0, activities: 0 } }],
    });
  });

  test('D7 C8 one point too little: who comes last is decided again on what is left, and one who wants less still gets it', () => {
    const demand = [of('ana', aDemand(1, 60)), of('ben', aDemand(2, 60)), of('cai', aDemand(3, 10), aDemand(4, 60))];
    const settlement = settle(demand, aBudget(119));
    expect(answer(settlement, aBudget(119))).toEqual(['ben', 'cai']);
    expect(settlement.toldTo('ben')).toEqual(new Map([['e2', { [EVER]: 59 }]]));
    // Ben gets nothing of the 59, so Cai gets ten; then 49 are too few again.
    expect(settlement.toldTo('cai')).toEqual(
      new Map([
        ['e3', { [EVER]: 59 }],
        ['e4', { [EVER]: 49 }],
      ]),
    );
    expect(settlement.begin()).toBeNull();
    expect(totalOf(settlement)).toMatchObject({
      asked: 190,
      given: { draft: 70 },
      without: { members: 2, activities: 2 },
      partly: { members: 0, activities: 0 },
      periods: [{ ranOut: '2026-05-02' }],
    });
  });

  test('D7 C8 where a part is of use whoever comes when it runs out gets the part, and the others nothing', () => {
    const demand = [of('ana', aDemand(1, 60)), of('ben', aDemand(2, 60), aDemand(4, 5)), of('cai', aDemand(3, 10))];
    const budget = aBudget(100, { whenShort: 'partial' });
    const settlement = settle(demand, budget);
    answer(settlement, budget);
    expect(settlement.toldTo('ben').get('e2')).toEqual({ [EVER]: 40 });
    expect(settlement.begin()).toBeNull();
    expect(totalOf(settlement)).toMatchObject({
      given: { draft: 100 },
      partly: { members: 1, activities: 1 },
      without: { members: 2, activities: 2 },
      periods: [{ ranOut: '2026-05-02' }],
    });
  });

  test('D7 C5 C8 what a return gives back is there for whoever comes after it, and for nobody before', () => {
    const demand = [of('ana', aDemand(1, 60), aDemand(3, -60)), of('ben', aDemand(2, 60)), of('cai', aDemand(4, 60))];
    const settlement = settle(demand, aBudget(100));
    expect(answer(settlement, aBudget(100))).toEqual(['ben']);
    expect(settlement.begin()).toBeNull();
    expect(totalOf(settlement)).toMatchObject({
      asked: 180,
      given: { draft: 60 },
      givenBack: 60,
      without: { members: 1, activities: 1 },
    });
  });

  test('D7 C8 the order is that of the lane’s time, the lane, the group and the place in it; where that was not noted, the lower id', () => {
    const at = (q: number, given: Partial<Demand>) => aDemand(q, 10, given);
    const demand = [
      of('zoe', at(1, { atMs: 999, q: 9, lane: '2.1' })),
      of('cai', at(2, { q: 7, lane: '2.0' })),
      of('eva', at(5, { q: 8, lane: '2.0', place: 1 })),
      of('dan', at(4, { q: 8, lane: '2.0', place: 0 })),
      of('ben', at(7, { q: 2, lane: '2.1' })),
      of('ana', at(6, { q: 2, lane: '2.1' })),
    ];
    const order = ['zoe', 'cai', 'dan', 'eva', 'ana', 'ben'];
    for (let limit = 0; limit < order.length; limit += 1)
      expect(settle(demand, aBudget(limit * 10)).unsettled.toSorted()).toEqual(order.slice(limit).toSorted());
  });

  test('D7 C8 each period has its own limit, and each is told with what was used in fact', () => {
    const daily = (q: number, wanted: number, day: string): Demand => {
      const key = `${RULE}@${day}`;
      return aDemand(q, wanted, { day, asks: [{ of: [{ key, need: wanted }], wanted, allowed: wanted, takes: true }] });
    };
    const demand = [of('ana', daily(1, 80, '2026-05-01'), daily(2, 80, '2026-05-01'), daily(3, 80, '2026-05-02'))];
    const settlement = settle(demand, aBudget(100, { per: 'day' }));
    answer(settlement, aBudget(100, { per: 'day' }));
    const [outcome] = settlement.outcomes({
      [`${RULE}@2026-05-02`]: 30,
      [`${RULE}@2026-05-03`]: 20,
      'rule:otra@ever': 9,
    });
    expect(outcome).toMatchObject({ given: { live: 50, draft: 160 }, periodsCount: 3, ranOutCount: 1 });
    expect(outcome?.periods.map(({ period, given, ranOut }) => [period, given.live, given.draft, ranOut])).toEqual([
      ['2026-05-03', 20, 0, null],
      ['2026-05-02', 30, 80, null],
      ['2026-05-01', 0, 80, '2026-05-01'],
    ]);
  });

  test('D7 E5 whoever waits for a place asks with every activity and wants one place; who gets it in the end has not gone without', () => {
    const key = 'mission:primeros@ever';
    const place = (q: number): Demand =>
      aDemand(q, 1, { asks: [{ of: [{ key, need: 1 }], wanted: 1, allowed: 1, takes: true }] });
    const back = (q: number): Demand => ({ ...aDemand(q, -1), other: [[key, -1]] });
    const demand = [
      of('ana', place(1), back(5)),
      of('ben', place(2), place(4), place(6)),
      of('cai', place(3), place(7)),
    ];
    const settlement = settle(demand, aBudget(1, { id: 'mission:primeros' }));
    answer(settlement, aBudget(1, { id: 'mission:primeros' }));
    expect(totalOf(settlement)).toMatchObject({
      kind: 'mission',
      currency: null,
      asked: 3,
      given: { draft: 1 },
      givenBack: 1,
      without: { members: 1, activities: 4 },
    });
  });

  test('D7 C8 of two budgets the smaller one holds, and what it leaves is there in the other', () => {
    const both = (q: number): Demand =>
      aDemand(q, 30, {
        asks: [
          {
            of: [
              { key: EVER, need: 30 },
              { key: 'currency:puntos@ever', need: 30 },
            ],
            wanted: 30,
            allowed: 30,
            takes: true,
          },
        ],
      });
    const budgets = [
      aBudget(50, { whenShort: 'partial' }),
      aBudget(70, { id: 'currency:puntos', whenShort: 'partial' }),
    ];
    const settlement = settle([of('ana', both(1)), of('ben', both(2)), of('cai', both(3))], ...budgets);
    expect(answer(settlement, ...budgets)).toEqual(['ben', 'cai']);
    expect(settlement.toldTo('ben').get('e2')).toEqual({ [EVER]: 20, 'currency:puntos@ever': 40 });
    expect(
      settlement.outcomes({}).map(({ asked, given, without, partly }) => [asked, given.draft, without, partly]),
    ).toEqual([
      [90, 50, { members: 1, activities: 1 }, { members: 1, activities: 1 }],
      [50, 50, { members: 0, activities: 0 }, { members: 0, activities: 0 }],
    ]);
  });

  test('D7 C8 what the currency’s budget holds back is not missed in the rule’s, which would have been enough for all', () => {
    const currency = aBudget(40, { id: 'currency:puntos' });
    const both = (q: number): Demand => {
      const of = [EVER, 'currency:puntos@ever'].map((key) => ({ key, need: 30 }));
      return aDemand(q, 30, { asks: [{ of, wanted: 30, allowed: 30, takes: true }] });
    };
    const budgets = [aBudget(90), currency];
    const settlement = settle([of('ana', both(1)), of('ben', both(2))], ...budgets);
    answer(settlement, ...budgets);
    expect(
      settlement
        .outcomes({})
        .map(({ asked, given, without, ranOutCount }) => [asked, given.draft, without, ranOutCount]),
    ).toEqual([
      [30, 30, { members: 0, activities: 0 }, 0],
      [60, 30, { members: 1, activities: 1 }, 1],
    ]);
  });

  test('D7 C8 what was only weighed takes nothing, and yet has to be answered as it was told', () => {
    const weighed = (q: number): Demand =>
      aDemand(q, 30, { asks: [{ of: [{ key: EVER, need: 30 }], wanted: 30, allowed: 30, takes: false }] });
    const settlement = settle([of('ana', weighed(1)), of('ben', aDemand(2, 30)), of('cai', weighed(3))], aBudget(30));
    expect(settlement.unsettled).toEqual(['cai']);
    expect(totalOf(settlement)).toMatchObject({ asked: 30, given: { draft: 30 }, without: { members: 0 } });
  });

  test('D7 three rounds and no more: whose question changes with every answer stays undecided, and all others are settled', () => {
    const settlement = settle(
      [of('ana', aDemand(1, 40)), of('ben', aDemand(2, 70)), of('cai', aDemand(3, 60))],
      aBudget(100),
    );
    let rounds = 0;
    for (let again = settlement.begin(); again !== null; again = settlement.begin()) {
      rounds += 1;
      expect(again).toEqual(['ben']);
      // He always wants one more than he was told that there is.
      const wanted = 70 + rounds;
      const asks = [{ of: [{ key: EVER, need: wanted }], wanted, allowed: wanted, takes: true }];
      settlement.replace(of('ben', aDemand(2, wanted, { asks, told: { [EVER]: 60 } })));
      settlement.end();
    }
    expect(rounds).toBe(ROUNDS_MAX);
    expect(settlement.unsettled).toEqual(['ben']);
    // Whoever is undecided is in no figure.
    expect(totalOf(settlement)).toMatchObject({
      asked: 100,
      given: { draft: 100 },
      without: { members: 0, activities: 0 },
    });
  });

  test('D7 C8 what somebody was told that it has and has not does not come back with a return, whoever is undecided', () => {
    const key = (q: number, wanted: number) => aDemand(q, wanted);
    const demand = [of('ana', key(1, 60)), of('ben', key(2, 70), aDemand(3, -70)), of('cai', key(4, 100))];
    const settlement = new Settlement(demand, new Map([[RULE, aBudget(100)]]), 0);
    expect(settlement.begin()).toBeNull();
    expect(settlement.unsettled).toEqual(['ben', 'cai']);
    expect(totalOf(settlement)).toMatchObject({ asked: 60, given: { draft: 60 }, givenBack: 0 });
  });

  test('D7 C8 what was used in fact in other periods is told in those of the draft that hold them, else only in all', () => {
    const live = { [`${RULE}@2026-04`]: 30, [`${RULE}@2026-05`]: 20 };
    const outcomeBy = (per: CompiledBudget['per'], key: string) => {
      const asks = [{ of: [{ key, need: 10 }], wanted: 10, allowed: 10, takes: true }];
      return settle([of('ana', aDemand(1, 10, { asks }))], aBudget(100, { per })).outcomes(live)[0];
    };
    const periodsOf = (outcome?: BudgetOutcome) => outcome?.periods.map(({ period, given }) => [period, given.live]);
    for (const [per, key, periods] of [
      ['ever', EVER, [['ever', 50]]],
      ['year', `${RULE}@2026`, [['2026', 50]]],
      [
        'month',
        `${RULE}@2026-05`,
        [
          ['2026-05', 20],
          ['2026-04', 30],
        ],
      ],
      ['week', `${RULE}@2026-W19`, [['2026-W19', 0]]],
      ['day', `${RULE}@2026-05-01`, [['2026-05-01', 0]]],
    ] as const) {
      const outcome = outcomeBy(per, key);
      expect(periodsOf(outcome)).toEqual(periods);
      expect(outcome).toMatchObject({ given: { live: 50, draft: 10 }, periodsCount: periods.length });
    }
  });
});

test('D7 what members asked comes out of its packing as it went in', () => {
  const asks = [{ of: [{ key: EVER, need: 5 }], wanted: 5, allowed: 3, takes: true }];
  const demand = [aDemand(1, 5, { asks, told: { [EVER]: 3 } }), aDemand(2, -3), aDemand(3, 0, { asks: [] })];
  const packed = of('ana', ...demand);
  const rows = [...readRows(JSON.parse(JSON.stringify(packed)) as MemberDemand)];
  expect(rows.map(({ entry, q, day }) => [entry, q, day])).toEqual([
    ['e1', 1, '2026-05-01'],
    ['e2', 2, '2026-05-02'],
    ['e3', 3, '2026-05-03'],
  ]);
  const name = packed.names.indexOf(EVER);
  expect(rows[0]).toMatchObject({ lane: '1.0', atMs: 1_000, place: 0 });
  expect(rows[0]?.asks).toEqual([{ wanted: 5, allowed: 3, takes: true, of: [{ name, told: 3 }] }]);
  expect(rows[1]?.other).toEqual([{ name, amount: -3 }]);
  expect(() => [...readRows({ ...packed, figures: packed.figures.slice(0, -1) })]).toThrow('ends too soon');
});

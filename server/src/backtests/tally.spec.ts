import {
  mergeTallies,
  newTally,
  type PartTally,
  rankMember,
  reportOf,
  type TalliedEntry,
  tallyMember,
  tallyUndecided,
} from './tally.js';

const FRAME = {
  currency: 'puntos',
  seconds: 1.26,
  memoryMb: 99.6,
  missions: ['visitas', 'racha'],
  badges: ['primera'],
  tiers: ['socio', 'plata', 'oro'],
};

function earning(amount: number, date = '2026-03-01'): TalliedEntry {
  return {
    outcome: 'accepted',
    lines: [
      {
        currency: 'puntos',
        amount,
        kind: amount < 0 ? 'reverse' : 'earn',
        by: { kind: 'rule', id: 'compra', rev: 1 },
        lot: { activated: date, expires: null },
      },
    ],
    effects: [],
  };
}

function completion(mission: string): TalliedEntry {
  const effect = { type: 'mission.completed' as const, mission, rev: 1, period: 'ever', completions: 1 };
  return { outcome: 'accepted', lines: [], effects: [effect] };
}

const state = (puntos: number, tier: string) => ({
  balances: { puntos },
  tier: { id: tier, rev: 1, since: null, until: null },
});

function add(
  tally: PartTally,
  member: string,
  live: readonly TalliedEntry[],
  draft: readonly TalliedEntry[],
  tiers: readonly [string, string] = ['socio', 'socio'],
): void {
  tallyMember(tally, 'puntos', {
    member,
    live: { entries: live, state: state(10, tiers[0]) },
    draft: { entries: draft, state: state(20, tiers[1]) },
    skipped: 0,
  });
}

describe('the tally of a backtest', () => {
  test('D7 who wins, who loses and who stays, with the cost of each day on both sides', () => {
    const tally = newTally();
    add(tally, 'ana', [earning(10)], [earning(30), earning(5, '2026-03-02')], ['socio', 'plata']);
    add(tally, 'ben', [earning(200)], [earning(50)], ['plata', 'socio']);
    add(tally, 'cai', [earning(7), earning(-7)], []);
    const report = reportOf([tally], FRAME);
    expect(report).toMatchObject({
      members: 3,
      issued: { live: 210, draft: 85 },
      balances: { live: 30, draft: 60 },
      winners: 1,
      losers: 1,
      same: 1,
      topWinners: [{ member: 'ana', live: 10, draft: 35 }],
      topLosers: [{ member: 'ben', live: 200, draft: 50 }],
      seconds: 1.3,
      memoryMb: 100,
    });
    expect(report.days).toEqual([
      { date: '2026-03-01', live: 210, draft: 80 },
      { date: '2026-03-02', live: 0, draft: 5 },
    ]);
    expect(report.distribution.filter(({ members }) => members > 0)).toEqual([
      { from: -999, to: -100, members: 1 },
      { from: 0, to: 0, members: 1 },
      { from: 10, to: 99, members: 1 },
    ]);
  });

  test('G8 tier moves are told from the ladder’s bottom up, those who stay too', () => {
    const tally = newTally();
    add(tally, 'ana', [], [], ['oro', 'plata']);
    add(tally, 'ben', [], [], ['socio', 'plata']);
    add(tally, 'cai', [], [], ['socio', 'plata']);
    add(tally, 'dan', [], [], ['socio', 'socio']);
    expect(reportOf([tally], FRAME).tiers).toEqual([
      { from: 'socio', to: 'socio', members: 1 },
      { from: 'socio', to: 'plata', members: 2 },
      { from: 'oro', to: 'plata', members: 1 },
    ]);
  });

  test('D7 a mission that somebody completed and nobody can any more is impossible; one that nobody ever did is not', () => {
    const tally = newTally();
    add(tally, 'ana', [completion('visitas')], []);
    expect(reportOf([tally], FRAME).missions).toEqual([
      { id: 'visitas', live: 1, draft: 0, isImpossible: true },
      { id: 'racha', live: 0, draft: 0, isImpossible: false },
    ]);
  });

  test('D7 parts add up to what one part would have found, and only the widest differences are named', () => {
    const parts = [newTally(), newTally(), newTally()];
    const whole = newTally();
    for (let index = 0; index < 60; index += 1) {
      const one = [`m${String(index).padStart(2, '0')}`, [earning(100)], [earning(70 + index)]] as const;
      add(parts[index % 3] ?? whole, ...one);
      add(whole, ...one);
    }
    for (const part of parts) tallyUndecided(part, 'zoe', 'no rule');
    for (let count = 0; count < 3; count += 1) tallyUndecided(whole, 'zoe', 'no rule');
    expect(mergeTallies(parts)).toEqual(whole);
    expect(whole.topWinners.map(({ member }) => member)[0]).toBe('m59');
    expect(whole.topLosers.map(({ member }) => member)[0]).toBe('m00');
    expect(whole.topWinners).toHaveLength(10);
  });

  test('D7 C8 a member that is taken out again leaves nothing behind, and is named only when it is ranked', () => {
    const use = {
      type: 'budget.used',
      budget: 'rule:compra',
      period: '2026-03',
      amount: 10,
      by: { kind: 'rule', id: 'compra' },
    } as const;
    const one = (draft: number) => ({
      member: 'ana',
      live: { entries: [{ ...earning(10), effects: [use] }], state: state(10, 'socio') },
      draft: { entries: [earning(draft), completion('visitas')], state: state(draft, draft > 50 ? 'plata' : 'socio') },
      skipped: 1,
    });
    const [changed, once] = [newTally(), newTally()];
    expect(tallyMember(changed, 'puntos', one(90), { isRanked: false })).toEqual({ live: 10, draft: 90 });
    tallyMember(changed, 'puntos', one(90), { sign: -1, isRanked: false });
    expect(reportOf([changed], FRAME)).toEqual(reportOf([newTally()], { ...FRAME }));
    tallyMember(changed, 'puntos', one(30), { isRanked: false });
    rankMember(changed, { member: 'ana', live: 10, draft: 30 });
    tallyMember(once, 'puntos', one(30));
    expect(reportOf([changed], FRAME)).toEqual(reportOf([once], FRAME));
    expect(changed.shared).toEqual({ 'rule:compra@2026-03': 10 });
  });
});

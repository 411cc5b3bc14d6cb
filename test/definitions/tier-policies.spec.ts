import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import { tellTerms, TermsTeller } from '@verbena/shared/programs/tell-terms.js';
import type { Tier } from '@verbena/shared/tiers/tier.js';
import { addDays } from '@verbena/server/engine/calendar.js';
import { checkDefinitions } from '@verbena/server/engine/compile-program.js';
import { fold } from '@verbena/server/engine/fold.js';
import { initialState } from '@verbena/server/engine/initial-state.js';
import { standingOf } from '@verbena/server/ledger/standing.js';
import { definitionCompilers } from '#support/definition-compilers.js';
import { aCompiledProgram, EngineRun } from '#support/engine-run.js';
import { aRule, aSmallProgram, aTier } from '#support/small-program.js';

const noon = (date: string): string => `${date}T11:00:00.000Z`;
const rules = [aRule({ earn: [{ currency: 'puntos', amount: { product: [{ field: 'n' }] } }] })];
const programOf = (given: Partial<Definitions>): Definitions => aSmallProgram({ rules, ...given });
const runOf = (tiers: readonly Tier[], given: Partial<Definitions> = {}): EngineRun =>
  new EngineRun(aCompiledProgram({ definitions: programOf({ tiers: [...tiers], ...given }), time: 'wall' }));
const earn = (run: EngineRun, n: number, date: string) =>
  run.submit({ type: 'visit', occurredAt: noon(date), attributes: { n } });
const tierOf = (run: EngineRun) => run.state.tier;
const ladder = (given: Partial<Tier> = {}, oro: Partial<Tier> = {}): Tier[] => [
  aTier('base', 0, given),
  aTier('plata', 100, given),
  aTier('oro', 300, { ...given, ...oro }),
];
const expectFold = (run: EngineRun): void => {
  let state: MemberState = initialState(run.program);
  for (const { seq, activity, lines, effects } of run.journal)
    state = fold(state, JSON.parse(JSON.stringify({ seq, activity, lines, effects })));
  expect(state).toEqual(run.state);
};
const drop = (run: EngineRun, date: string) =>
  standingOf(run.program, run.state, { program: date, member: date }).tier?.drop;

describe('G1 criteria', () => {
  test('G1 points and so many activities and so much spent within the year, and time since joining: all of them', () => {
    const also: Tier['also'] = {
      match: 'all',
      of: [
        { count: { activity: 'visit', where: { field: 'shop', op: 'eq', value: 'sur' } }, atLeast: 2 },
        { sum: { activity: 'visit', field: 'items.n' }, atLeast: 5 },
        { memberDays: 10 },
      ],
    };
    const run = runOf([aTier('base', 0), aTier('oro', 100, { also })]);
    const visit = (date: string, attributes: Record<string, unknown>) =>
      run.submit({ type: 'visit', occurredAt: noon(date), attributes });
    visit('2017-02-01', { n: 150, shop: 'sur', items: [{ n: 3 }, { n: 2 }] });
    expect(run.state.joined).toBe('2017-02-01');
    visit('2017-02-02', { n: 0, shop: 'sur' });
    expect(tierOf(run)?.id).toBe('base');
    // No points are earned by this one; it is the tenth day that makes it.
    visit('2017-02-11', { n: 0 });
    expect(tierOf(run)).toMatchObject({ id: 'oro', until: '2018-12-31' });
    expectFold(run);
  });

  test('G1 any of them is enough, with a threshold of 0', () => {
    const also: Tier['also'] = { match: 'any', of: [{ earned: 500 }, { count: { activity: 'visit' }, atLeast: 3 }] };
    const run = runOf([aTier('base', 0), aTier('amiga', 0, { also })]);
    earn(run, 1, '2017-02-01');
    earn(run, 1, '2017-02-02');
    expect(tierOf(run)?.id).toBe('base');
    earn(run, 0, '2017-02-03');
    expect(tierOf(run)?.id).toBe('amiga');
  });

  test('G1 G2 what cannot be is refused with its place', () => {
    const also: Tier['also'] = { match: 'all', of: [{ sum: { activity: 'visit', field: 'shop' }, atLeast: 1 }] };
    const tiers = [
      aTier('base', 0, { also }),
      aTier('plata', 0, { period: { kind: 'anniversary' } }),
      aTier('oro', 10, { downgrade: 'never' }),
    ];
    const problems = checkDefinitions(programOf({ tiers }), definitionCompilers);
    expect(problems.map(({ path, code }) => [path.join('.'), code])).toEqual([
      ['tiers.0.also', 'tier.lowestAsks'],
      ['tiers.0.also.of.0.sum.field', 'definition.fieldNotInteger'],
      ['tiers.1.threshold', 'definition.tierOrder'],
      ['tiers.1.period', 'tier.samePeriod'],
      ['tiers.2.downgrade', 'tier.sameDowngrade'],
    ]);
  });
});

describe('G2 qualification periods', () => {
  test('G2 rolling months: points count for so long, and the tier lasts as long after it was last reached', () => {
    const run = runOf(ladder({ period: { kind: 'rolling', months: 3 } }));
    earn(run, 60, '2017-01-10');
    earn(run, 50, '2017-03-10');
    expect(tierOf(run)).toMatchObject({ id: 'plata', until: '2017-06-10' });
    // The first sixty are three months old now: these fifty and ten more are not enough to make it last longer.
    earn(run, 40, '2017-04-11');
    expect(tierOf(run)?.until).toBe('2017-06-10');
    earn(run, 10, '2017-05-01');
    expect(tierOf(run)?.until).toBe('2017-08-01');
    run.strike(noon('2017-08-02'));
    expect(tierOf(run)).toMatchObject({ id: 'base', until: null, since: '2017-08-02' });
    expectFold(run);
  });

  test('G2 C5 what is taken back no longer counts in the last months', () => {
    const run = runOf(ladder({ period: { kind: 'rolling', months: 3 } }));
    earn(run, 60, '2017-01-10');
    run.reverse(1, noon('2017-01-11'));
    earn(run, 50, '2017-01-12');
    expect(tierOf(run)?.id).toBe('base');
    expectFold(run);
  });

  test('G2 anniversary: years are counted from the day of joining', () => {
    const run = runOf(ladder({ period: { kind: 'anniversary' } }));
    earn(run, 60, '2016-03-15');
    earn(run, 30, '2017-03-14');
    expect(tierOf(run)?.id).toBe('base');
    earn(run, 60, '2017-03-14');
    expect(tierOf(run)).toMatchObject({ id: 'plata', until: '2018-03-14' });
    earn(run, 120, '2017-03-15');
    expect(tierOf(run)).toMatchObject({ id: 'plata', until: '2019-03-14' });
    expectFold(run);
  });

  test.each([
    ['2017-01-29', 1, '2017-02-28'],
    ['2017-01-31', 1, '2017-02-28'],
    ['2016-02-29', 12, '2017-02-28'],
    ['2017-05-31', 1, '2017-06-30'],
    ['2017-02-28', 1, '2017-03-28'],
  ])('G2 #10 B10 what was reached on %s lasts %i months, to %s, and not as long again', (date, months, until) => {
    const run = runOf(ladder({ period: { kind: 'rolling', months } }));
    earn(run, 100, date);
    expect(tierOf(run)).toMatchObject({ id: 'plata', until });
    run.strike(noon(addDays(until, 1)));
    expect(tierOf(run)).toMatchObject({ id: 'base', until: null });
    expectFold(run);
  });

  test.each([
    ['2016-02-29', ['2018-02-27', '2019-02-27', '2020-02-28', '2021-02-27']],
    ['2017-03-01', ['2019-02-28', '2020-02-29', '2021-02-28']],
  ])('G2 #10 B10 of years since %s each tier ends with its year, leap years too', (joined, ends) => {
    const run = runOf(
      [...ladder({ period: { kind: 'anniversary' } }), aTier('rubi', 1_000), aTier('top', 5_000)].map((tier) => ({
        ...tier,
        period: { kind: 'anniversary' },
      })),
    );
    earn(run, 6_000, joined);
    for (const until of ends) {
      expect(tierOf(run)).toMatchObject({ until });
      run.strike(noon(addDays(until, 1)));
    }
    expectFold(run);
  });

  test('G2 #10 B10 where the day that years are counted from was changed, what follows lasts a year all the same', () => {
    const memberAttributes = [{ id: 'contract', name: { es: 'Contrato' }, schema: { type: 'string' as const } }];
    const run = runOf(ladder({ period: { kind: 'anniversary', of: 'contract' } }), { memberAttributes });
    earn(run, 400, '2017-06-01');
    expect(tierOf(run)).toMatchObject({ id: 'oro', until: '2019-05-31' });
    const attributes = { contract: '2012-09-01' };
    run.submit({ type: 'member.changed', occurredAt: noon('2018-01-01'), attributes: { attributes } });
    run.strike(noon('2019-06-01'));
    expect(tierOf(run)).toMatchObject({ id: 'plata', until: '2020-05-31' });
  });

  test('G2 A2 by attribute: years are counted from the day that the program knows, else from joining', () => {
    const memberAttributes = [
      { id: 'contract', name: { es: 'Contrato', en: 'Contract' }, schema: { type: 'string' as const } },
      { id: 'level', name: { es: 'Nivel' }, schema: { type: 'integer' as const } },
    ];
    const period = { kind: 'anniversary' as const, of: 'contract' };
    const knows = (run: EngineRun, contract: string, date: string) =>
      run.submit({ type: 'member.changed', occurredAt: noon(date), attributes: { attributes: { contract } } });
    const run = runOf(ladder({ period }), { memberAttributes });
    earn(run, 60, '2016-03-15');
    knows(run, '2012-06-01', '2016-05-01');
    // Within one year since joining, and in two since the contract.
    earn(run, 60, '2016-06-01');
    expect(tierOf(run)?.id).toBe('base');
    earn(run, 40, '2017-05-31');
    expect(tierOf(run)).toMatchObject({ id: 'plata', until: '2018-05-31' });
    expect(drop(run, '2017-06-01')).toMatchObject({ on: '2018-06-01', missing: 100 });
    expectFold(run);
    // What is no day, and none at all, leave it at joining.
    for (const contract of ['mañana', '2016-02-30', null]) {
      const other = runOf(ladder({ period }), { memberAttributes });
      earn(other, 60, '2016-03-15');
      if (contract !== null) knows(other, contract, '2016-05-01');
      earn(other, 60, '2016-06-01');
      expect(tierOf(other)).toMatchObject({ id: 'plata', until: '2018-03-14' });
    }
    const checked = (of: string) =>
      checkDefinitions(
        programOf({ tiers: ladder({ period: { ...period, of } }), memberAttributes }),
        definitionCompilers,
      ).map(({ path, code }) => [path.join('.'), code]);
    expect(checked('contract')).toEqual([]);
    expect(checked('none')[0]).toEqual(['tiers.0.period.of', 'definition.unknown.memberAttribute']);
    expect(checked('level')[0]).toEqual(['tiers.0.period.of', 'tier.noDay']);
    const definitions = programOf({ tiers: ladder({ period }), memberAttributes });
    const [, plata] = definitions.tiers;
    if (plata === undefined) throw new Error('There is no tier.');
    for (const [language, said] of [
      ['es', 'cada año desde «Contrato»'],
      ['en', 'each year since “Contract”'],
    ] as const)
      expect(tellTerms('tiers', plata, new TermsTeller(definitions, language)).join(' ')).toContain(said);
  });
});

test('G6 C3 #10 B10 a tier cannot promise that points stay which end by inactivity; a number of months it can', () => {
  const base = programOf({ tiers: ladder({}, { expiry: { kind: 'never' } }) });
  const problemsOf = (oro: Tier['expiry']) =>
    checkDefinitions(
      {
        ...base,
        tiers: ladder({}, { expiry: oro }),
        currencies: base.currencies.map((one) => ({ ...one, expiry: { kind: 'inactivity', days: 90 } })),
      },
      definitionCompilers,
    ).map(({ path, code }) => [path.join('.'), code]);
  expect(checkDefinitions(base, definitionCompilers)).toEqual([]);
  expect(problemsOf({ kind: 'never' })).toEqual([['tiers.2.expiry', 'tier.neverByInactivity']]);
  expect(problemsOf({ kind: 'months', months: 24 })).toEqual([]);
});

describe('G3 downgrade', () => {
  test.each([
    ['oneStep', undefined, 'plata', '2019-12-31'],
    ['reassess', 'reassess', 'base', null],
  ] as const)('G3 %s: from the highest, after a year without anything', (_, downgrade, id, until) => {
    const run = runOf(ladder(downgrade === undefined ? {} : { downgrade }));
    earn(run, 400, '2017-02-01');
    run.strike(noon('2019-01-01'));
    expect(tierOf(run)).toMatchObject({ id, until, since: '2019-01-01' });
  });

  test('G3 reassess: the year that ended decides, over several steps', () => {
    const run = runOf([...ladder({ downgrade: 'reassess' }), aTier('rubi', 1_000, { downgrade: 'reassess' })]);
    earn(run, 1_500, '2017-02-01');
    earn(run, 120, '2018-05-01');
    run.strike(noon('2019-01-01'));
    expect(tierOf(run)).toMatchObject({ id: 'plata', until: '2019-12-31' });
    expectFold(run);
  });

  test('G3 never: a tier that was reached has no end', () => {
    const run = runOf(ladder({ downgrade: 'never' }));
    earn(run, 400, '2017-02-01');
    run.strike(noon('2029-01-01'));
    expect(tierOf(run)).toMatchObject({ id: 'oro', until: null });
    expect(run.journal).toHaveLength(1);
    earn(run, 400, '2029-02-01');
    expect(tierOf(run)).toMatchObject({ id: 'oro', until: null });
  });

  test('G3 #10 B10 what was reached for ever stays so under a version whose tiers end, also after a higher one', () => {
    const run = runOf(ladder({ downgrade: 'never' }));
    earn(run, 150, '2017-02-01');
    run.program = runOf(ladder()).program;
    earn(run, 20, '2017-03-01');
    expect(tierOf(run)).toMatchObject({ id: 'plata', until: null });
    earn(run, 200, '2017-03-02');
    expect(tierOf(run)).toMatchObject({ id: 'oro', until: '2018-12-31', floor: 'plata' });
    run.strike(noon('2019-01-01'));
    expect(tierOf(run)).toEqual({ id: 'plata', rev: 1, since: '2019-01-01', until: null });
    run.strike(noon('2025-01-01'));
    expect(tierOf(run)?.id).toBe('plata');
    expectFold(run);
  });

  test('G3 nobody falls below a tier that is to keep', () => {
    const tiers = ladder({ downgrade: 'reassess' }).map((tier) =>
      tier.id === 'plata' ? { ...tier, keep: true as const } : tier,
    );
    const run = runOf(tiers);
    earn(run, 150, '2017-02-01');
    expect(tierOf(run)).toMatchObject({ id: 'plata', until: null });
    earn(run, 150, '2017-03-01');
    expect(tierOf(run)).toMatchObject({ id: 'oro', until: '2018-12-31', floor: 'plata' });
    run.strike(noon('2019-01-01'));
    expect(tierOf(run)).toEqual({ id: 'plata', rev: 1, since: '2019-01-01', until: null });
    expectFold(run);
  });
});

describe('G4 grace and notice', () => {
  test('G4 the tier is kept for the days of grace, and what is earned in them can keep it', () => {
    const run = runOf(ladder({ graceDays: 30 }));
    earn(run, 150, '2017-02-01');
    run.strike(noon('2019-01-30'));
    expect(tierOf(run)?.id).toBe('plata');
    const other = runOf(ladder({ graceDays: 30 }));
    earn(other, 150, '2017-02-01');
    earn(other, 100, '2019-01-20');
    expect(tierOf(other)).toMatchObject({ id: 'plata', until: '2020-12-31' });
    run.strike(noon('2019-01-31'));
    expect(tierOf(run)).toMatchObject({ id: 'base', since: '2019-01-31' });
  });

  test('G4 G3 what is earned in the grace of a higher tier keeps the one below for its whole year', () => {
    const run = runOf(ladder({ graceDays: 60 }));
    earn(run, 320, '2017-02-01');
    earn(run, 150, '2019-01-20');
    run.strike(noon('2019-03-02'));
    expect(tierOf(run)).toMatchObject({ id: 'plata', since: '2019-03-02', until: '2019-12-31' });
    expect(drop(run, '2019-12-31')).toBeUndefined();
    run.strike(noon('2020-03-01'));
    expect(tierOf(run)).toMatchObject({ id: 'plata', since: '2019-03-02', until: '2020-12-31' });
    expect(drop(run, '2020-12-31')).toEqual({ on: '2021-03-02', to: 'base', missing: 100 });
    expectFold(run);
  });

  test('G4 a member is told in time, once, what it drops to and what would keep it: as a receipt and as a value', () => {
    const run = runOf(ladder({ noticeDays: 60, graceDays: 10 }));
    earn(run, 320, '2017-02-01');
    expect(drop(run, '2017-06-01')).toBeUndefined();
    earn(run, 90, '2018-05-01');
    expect(drop(run, '2018-06-01')).toEqual({ on: '2019-01-11', to: 'plata', missing: 210 });
    run.strike(noon('2018-11-11'));
    expect(run.journal.flatMap(({ effects }) => effects).filter(({ type }) => type === 'tier.warned')).toEqual([]);
    run.strike(noon('2018-11-12'));
    run.strike(noon('2018-12-30'));
    expect(run.journal.flatMap(({ effects }) => effects).filter(({ type }) => type === 'tier.warned')).toEqual([
      { type: 'tier.warned', tier: 'oro', rev: 1, until: '2018-12-31', on: '2019-01-11', to: 'plata', missing: 210 },
    ]);
    expect(run.journal.at(-1)?.decision.receipt.fired).toEqual([{ kind: 'tier', id: 'oro', rev: 1 }]);
    earn(run, 210, '2018-12-31');
    expect(tierOf(run)?.until).toBe('2019-12-31');
    expect(drop(run, '2018-12-31')).toBeUndefined();
    expectFold(run);
  });
});

describe('G3 G6 the card and the notice name the tier that comes', () => {
  const four = (given: Partial<Tier>, plata: Partial<Tier> = {}): Tier[] =>
    [
      aTier('base', 0, given),
      aTier('plata', 100, { ...given, ...plata }),
      aTier('oro', 300, given),
      aTier('rubi', 700, given),
    ].map((tier) => ({ ...tier, noticeDays: 30 }));
  const warned = (run: EngineRun) =>
    run.journal.flatMap(({ effects }) => effects.flatMap((one) => (one.type === 'tier.warned' ? [one.to] : [])));

  test.each([
    ['reassess: what the last year reaches', four({ downgrade: 'reassess' }), 120, 'plata', 580],
    ['reassess: all the way down', four({ downgrade: 'reassess' }), 0, 'base', 700],
    ['reassess: never below what is kept', four({ downgrade: 'reassess' }, { keep: true }), 0, 'plata', 700],
    ['one step', four({}), 0, 'oro', 700],
  ])('G3 G6 %s', (_, tiers, later, to, missing) => {
    const run = runOf(tiers);
    earn(run, 120, '2017-01-15');
    earn(run, 680, '2017-02-01');
    if (later > 0) earn(run, later, '2018-05-01');
    expect(drop(run, '2017-12-31')).toBeUndefined();
    expect(drop(run, '2018-06-01')).toEqual({ on: '2019-01-01', to, missing });
    run.strike(noon('2019-01-01'));
    expect(tierOf(run)?.id).toBe(to);
    expect(warned(run)).toEqual([to]);
  });

  test('G2 G6 of rolling months it is what still counts at the end that is missing', () => {
    const run = runOf(ladder({ period: { kind: 'rolling', months: 3 } }));
    earn(run, 110, '2017-01-10');
    earn(run, 30, '2017-01-20');
    expect(tierOf(run)?.until).toBe('2017-04-20');
    // A hundred and forty stand in the last three months; of them none will at the end.
    expect(drop(run, '2017-03-01')).toEqual({ on: '2017-04-21', to: 'base', missing: 100 });
    run.strike(noon('2017-04-21'));
    expect(tierOf(run)?.id).toBe('base');
  });

  test('G1 G6 what is not for want of points says so', () => {
    const also: Tier['also'] = { match: 'all', of: [{ count: { activity: 'visit' }, atLeast: 2 }] };
    const run = runOf([aTier('base', 0), aTier('oro', 100, { also })]);
    earn(run, 100, '2017-02-01');
    earn(run, 1, '2017-02-02');
    earn(run, 100, '2018-02-02');
    expect(drop(run, '2018-06-01')).toEqual({ on: '2019-01-01', to: 'base', missing: 0 });
    run.strike(noon('2019-01-01'));
    expect(tierOf(run)?.id).toBe('base');
  });
});

describe('G6 benefits', () => {
  test('G6 points that are earned in a tier last as long as it says', () => {
    const expiring = aSmallProgram().currencies.map((currency) => ({
      ...currency,
      expiry: { kind: 'months' as const, months: 12 },
    }));
    const tiers = [
      aTier('base', 0),
      aTier('plata', 100, { expiry: { kind: 'months', months: 24 } }),
      aTier('oro', 300, { expiry: { kind: 'never' } }),
    ];
    const run = runOf(tiers, { currencies: expiring });
    // The tier held before the decision says.
    for (const day of ['01', '02', '03', '04']) earn(run, 120, `2017-02-${day}`);
    expect(run.state.lots['puntos']?.map(({ activated, expires }) => [activated, expires])).toEqual([
      ['2017-02-01', '2018-02-02'],
      ['2017-02-02', '2019-02-03'],
      ['2017-02-03', '2019-02-04'],
      ['2017-02-04', null],
    ]);
  });
});

test('G3 who began before the program had tiers stands on the lowest, and sees what the next one takes', () => {
  const run = runOf(ladder());
  const none = { ...run.state, tier: null };
  const standing = standingOf(run.program, none, { program: '2017-03-01', member: '2017-03-01' });
  expect(standing.tier).toMatchObject({ id: 'base', since: null, until: null, next: { id: 'plata', missing: 100 } });
});

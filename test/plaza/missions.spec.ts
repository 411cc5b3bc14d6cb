import { aCompiledProgram, aPurchase, EngineRun } from '#support/engine-run.js';

const program = aCompiledProgram();
const aMemberRun = (): EngineRun => new EngineRun(program);
const noon = (date: string): string => `${date}T11:00:00.000Z`;
const buyOn = (run: EngineRun, date: string, departments: readonly string[] = []) =>
  run.submit(
    aPurchase(0, noon(date), { departments: departments.map((name) => ({ name, amountMinor: 0 })) }),
    noon(date) > (run.state.newestOccurredAt ?? '') ? noon(date) : (run.state.newestOccurredAt ?? ''),
  );
const completions = (run: EngineRun, mission: string): number => run.state.missions[mission]?.completions ?? 0;

/** Mondays so many weeks from one on. */
function mondays(first: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) =>
    new Date(Date.parse(`${first}T00:00:00Z`) + index * 604_800_000).toISOString().slice(0, 10),
  );
}

describe('diez-visitas', () => {
  test('E1 E3 the tenth purchase of a month gives 100, once a month', () => {
    const run = aMemberRun();
    for (let visit = 1; visit <= 9; visit += 1) buyOn(run, '2017-02-07');
    expect(completions(run, 'diez-visitas')).toBe(0);
    const tenth = buyOn(run, '2017-02-28');
    expect(tenth.lines).toEqual([
      {
        currency: 'puntos',
        amount: 100,
        kind: 'earn',
        by: { kind: 'mission', id: 'diez-visitas', rev: 1 },
        lot: { activated: '2017-02-28', expires: '2018-03-01' },
      },
    ]);
    expect(tenth.effects).toContainEqual({
      type: 'mission.completed',
      mission: 'diez-visitas',
      rev: 1,
      period: '2017-02',
      completions: 1,
    });
    for (let visit = 1; visit <= 15; visit += 1) buyOn(run, '2017-02-28');
    expect(completions(run, 'diez-visitas')).toBe(1);
    for (let visit = 1; visit <= 10; visit += 1) buyOn(run, '2017-03-01');
    expect(completions(run, 'diez-visitas')).toBe(2);
  });

  test('E3 the month is Madrid’s: 31 January, 23:30 UTC lies in February', () => {
    const run = aMemberRun();
    run.submit(aPurchase(0, '2017-01-31T23:30:00.000Z'));
    expect(Object.keys(run.state.missions['diez-visitas']?.periods ?? {})).toEqual(['2017-02']);
  });

  test('B5 a late purchase completes the month in which it happened; the reward carries its date', () => {
    const run = aMemberRun();
    for (let visit = 1; visit <= 9; visit += 1) buyOn(run, '2017-02-20');
    buyOn(run, '2017-03-07');
    const late = buyOn(run, '2017-02-21');
    expect(late.lines.map(({ amount, lot }) => [amount, lot.activated])).toEqual([[100, '2017-02-21']]);
    expect(run.state.missions['diez-visitas']?.periods['2017-03']).toEqual({ rev: 1, progress: 1, done: false });
  });

  test('D4 the receipt says how far it is and until when', () => {
    const run = aMemberRun();
    for (let visit = 1; visit <= 7; visit += 1) buyOn(run, '2026-11-10');
    expect(buyOn(run, '2026-11-22').receipt.missed).toContainEqual([
      'mission:diez-visitas',
      1,
      'progress:2026-11-30',
      8,
      10,
    ]);
  });

  test('D4 once done, the receipt says so', () => {
    const run = aMemberRun();
    for (let visit = 1; visit <= 10; visit += 1) buyOn(run, '2017-02-07');
    expect(buyOn(run, '2017-02-08').receipt.missed).toContainEqual([
      'mission:diez-visitas',
      1,
      'done:2017-02-28',
      1,
      null,
    ]);
  });
});

describe('ocho-secciones', () => {
  const eight = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'];

  test('E1 eight departments of a month give 50 and, the first time, the badge', () => {
    const run = aMemberRun();
    buyOn(run, '2017-02-07', ['A', 'B', 'C', 'A']);
    buyOn(run, '2017-02-08', ['C', 'D', 'E', 'F', 'G']);
    expect(completions(run, 'ocho-secciones')).toBe(0);
    const last = buyOn(run, '2017-02-09', ['A', 'H']);
    expect(last.lines.map(({ amount, by }) => [by.id, amount])).toEqual([['ocho-secciones', 50]]);
    expect(last.effects).toContainEqual({ type: 'badge.granted', badge: 'exploradora', rev: 1, on: '2017-02-09' });
    const again = buyOn(run, '2017-03-07', eight);
    expect(again.lines.map(({ amount }) => amount)).toEqual([50]);
    expect(again.effects.filter(({ type }) => type === 'badge.granted')).toEqual([]);
    expect(completions(run, 'ocho-secciones')).toBe(2);
  });

  test('one basket may do it alone; a department with amount 0 counts', () => {
    const run = aMemberRun();
    expect(buyOn(run, '2017-02-07', eight).lines.map(({ amount }) => amount)).toEqual([50]);
  });

  test('E3 departments of another month do not help', () => {
    const run = aMemberRun();
    buyOn(run, '2017-01-31', eight.slice(0, 7));
    buyOn(run, '2017-02-01', ['H']);
    expect(completions(run, 'ocho-secciones')).toBe(0);
  });

  test('names are compared as they are, however they read', () => {
    const run = aMemberRun();
    const odd = ['constructor', '__proto__', 'toString', 'a.b', '$set', 'FRUTA, FRESCA', '"x"', 'é'];
    expect(buyOn(run, '2017-02-07', odd).lines.map(({ amount }) => amount)).toEqual([50]);
    expect(run.state.missions['ocho-secciones']?.periods['2017-02']?.items).toEqual(odd);
  });

  test('progress names only what is new', () => {
    const run = aMemberRun();
    buyOn(run, '2017-02-07', ['A', 'B']);
    expect(buyOn(run, '2017-02-08', ['B', 'C']).effects).toContainEqual({
      type: 'mission.progressed',
      mission: 'ocho-secciones',
      rev: 1,
      period: '2017-02',
      progress: 3,
      target: 8,
      items: ['C'],
    });
  });
});

describe('racha-semanal', () => {
  test('E6 four weeks in a row give 80, then the count starts again with the next week', () => {
    const run = aMemberRun();
    const weeks = mondays('2017-01-02', 8);
    for (const week of weeks.slice(0, 3)) buyOn(run, week);
    expect(buyOn(run, weeks[3] ?? '').effects).toContainEqual({
      type: 'mission.completed',
      mission: 'racha-semanal',
      rev: 1,
      period: '2017-W01',
      completions: 1,
      weeks: ['2017-W01', '2017-W02', '2017-W03', '2017-W04'],
    });
    for (const week of weeks.slice(4, 7)) buyOn(run, week);
    expect(completions(run, 'racha-semanal')).toBe(1);
    buyOn(run, weeks[7] ?? '');
    expect(completions(run, 'racha-semanal')).toBe(2);
  });

  test('E6 a gap breaks the run; several purchases of a week are one', () => {
    const run = aMemberRun();
    for (const week of mondays('2017-01-02', 3)) buyOn(run, week);
    buyOn(run, '2017-01-17');
    buyOn(run, '2017-01-30');
    buyOn(run, '2017-02-06');
    expect(completions(run, 'racha-semanal')).toBe(0);
  });

  test('B5 E6 a late purchase that joins six weeks uses the earliest four', () => {
    const run = aMemberRun();
    const weeks = mondays('2017-01-02', 6);
    for (const [index, week] of weeks.entries()) if (index !== 3) buyOn(run, week);
    const late = buyOn(run, weeks[3] ?? '');
    expect(late.effects).toContainEqual(
      expect.objectContaining({ type: 'mission.completed', weeks: ['2017-W01', '2017-W02', '2017-W03', '2017-W04'] }),
    );
    expect(run.state.missions['racha-semanal']?.weeks).toMatchObject({
      '2017-W04': { used: true },
      '2017-W05': { used: false },
      '2017-W06': { used: false },
    });
  });

  test('B5 E6 a late week that joins eight completes once: a week is marked once', () => {
    const run = aMemberRun();
    const weeks = mondays('2017-01-02', 7);
    for (const [index, week] of weeks.entries()) if (index !== 3) buyOn(run, week);
    buyOn(run, weeks[3] ?? '');
    expect(completions(run, 'racha-semanal')).toBe(1);
    buyOn(run, weeks[3] ?? '');
    expect(completions(run, 'racha-semanal')).toBe(1);
  });

  test('E6 a run never crosses a used week', () => {
    const run = aMemberRun();
    const weeks = mondays('2017-01-02', 10);
    // Weeks 4 to 7 are used first; then weeks 1 to 3 and 8 to 9 lie free on both sides of them.
    for (const week of weeks.slice(3, 7)) buyOn(run, week);
    expect(completions(run, 'racha-semanal')).toBe(1);
    for (const week of [...weeks.slice(0, 3), ...weeks.slice(7, 10)]) buyOn(run, week);
    expect(completions(run, 'racha-semanal')).toBe(1);
  });

  test('E6 weeks go on over the end of a year with 53 of them', () => {
    const run = aMemberRun();
    // 2015 has a week 53: Monday 28 December.
    for (const week of mondays('2015-12-21', 4)) buyOn(run, week);
    expect(run.state.missions['racha-semanal']?.weeks).toMatchObject({
      '2015-W52': { used: true },
      '2015-W53': { used: true },
      '2016-W01': { used: true },
      '2016-W02': { used: true },
    });
  });

  test('E6 the week begins on Monday in Madrid', () => {
    const run = aMemberRun();
    run.submit(aPurchase(0, '2017-01-08T22:59:59.999Z'));
    run.submit(aPurchase(0, '2017-01-08T23:00:00.000Z'));
    expect(Object.keys(run.state.missions['racha-semanal']?.weeks ?? {})).toEqual(['2017-W01', '2017-W02']);
  });

  test('D4 the receipt says how long the run is and until when the next week can follow', () => {
    const run = aMemberRun();
    buyOn(run, '2026-11-10');
    expect(buyOn(run, '2026-11-20').receipt.missed).toContainEqual([
      'mission:racha-semanal',
      1,
      'streak:2026-11-29',
      2,
      4,
    ]);
  });
});

describe('badges', () => {
  test('F1 primera-compra comes with the first purchase, cliente-fiel with the hundredth, in order of arrival', () => {
    const run = aMemberRun();
    const first = buyOn(run, '2017-02-07');
    expect(first.effects.filter(({ type }) => type === 'badge.granted')).toEqual([
      { type: 'badge.granted', badge: 'primera-compra', rev: 1, on: '2017-02-07' },
    ]);
    for (let purchase = 2; purchase <= 99; purchase += 1) buyOn(run, '2017-02-07');
    expect(Object.keys(run.state.badges)).toEqual(['primera-compra']);
    // The hundredth to arrive, although it happened first.
    expect(buyOn(run, '2017-01-03').effects).toContainEqual({
      type: 'badge.granted',
      badge: 'cliente-fiel',
      rev: 1,
      on: '2017-01-03',
    });
  });

  test('a badge that is not reached yet is in the receipt with the distance', () => {
    expect(buyOn(aMemberRun(), '2017-02-07').receipt.missed).toContainEqual([
      'badge:cliente-fiel',
      1,
      'progress:ever',
      1,
      100,
    ]);
  });
});

test('the order inside a decision: rules, then missions, then badges, then the tier', () => {
  const run = aMemberRun();
  for (let visit = 1; visit <= 9; visit += 1) buyOn(run, '2017-02-07');
  const departments = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'].map((name) => ({ name, amountMinor: 1 }));
  const decision = run.submit(aPurchase(40_000, noon('2017-02-07'), { privateLabelMinor: 500, departments }));
  expect(decision.lines.map(({ by, amount }) => [by.id, amount])).toEqual([
    ['compra', 400],
    ['marca-propia', 5],
    ['diez-visitas', 100],
    ['ocho-secciones', 50],
  ]);
  expect(decision.effects.map(({ type }) => type)).toEqual([
    'counter.added',
    'mission.progressed',
    'mission.completed',
    'mission.progressed',
    'mission.completed',
    'badge.granted',
    'tier.moved',
  ]);
});

import { aCompiledProgram, aPurchase, EngineRun } from '#support/engine-run.js';

const wall = aCompiledProgram({ time: 'wall' });
const noon = (date: string): string => `${date}T11:00:00.000Z`;
/** A Tuesday, so that nothing doubles. */
const TUESDAY = '2017-02-07';

/** Euros spent on a day, arriving then or on another. */
function spend(run: EngineRun, euros: number, date: string, arrives = date) {
  return run.submit(aPurchase(euros * 100, noon(date)), noon(arrives));
}
const tierOf = (run: EngineRun) => ({ id: run.state.tier?.id, until: run.state.tier?.until });

describe('moving up', () => {
  test.each([
    [499, 'socio', null],
    [500, 'plata', '2018-12-31'],
    [1_499, 'plata', '2018-12-31'],
    [1_500, 'oro', '2018-12-31'],
    [3_999, 'oro', '2018-12-31'],
    [4_000, 'platino', '2018-12-31'],
  ])('G1 %i points in a year make a %s at once', (points, id, until) => {
    const run = new EngineRun(wall);
    spend(run, points, TUESDAY);
    expect(tierOf(run)).toEqual({ id, until });
  });

  test('G1 several steps at once are one move, told with both ends', () => {
    expect(spend(new EngineRun(wall), 1_500, TUESDAY).effects).toContainEqual({
      type: 'tier.moved',
      from: 'socio',
      to: 'oro',
      rev: 1,
      direction: 'up',
      since: TUESDAY,
      until: '2018-12-31',
    });
  });

  test('G2 the year is that of the purchase, by Madrid’s calendar', () => {
    const run = new EngineRun(wall);
    run.submit(aPurchase(30_000, '2016-12-31T22:30:00.000Z'));
    run.submit(aPurchase(30_000, '2016-12-31T23:30:00.000Z'));
    expect(run.state.earned['puntos']?.years).toEqual({ '2016': 300, '2017': 300 });
    expect(tierOf(run)).toEqual({ id: 'socio', until: null });
  });

  test('G1 points of a mission count like those of a rule', () => {
    const run = new EngineRun(wall);
    spend(run, 400, TUESDAY);
    for (let visit = 2; visit <= 9; visit += 1) spend(run, 0, TUESDAY);
    expect(tierOf(run).id).toBe('socio');
    spend(run, 0, TUESDAY);
    expect(tierOf(run).id).toBe('plata');
  });
});

describe('lasting and ending', () => {
  test('G2 reaching the threshold again in a later year extends, also from below the first time', () => {
    const run = new EngineRun(wall);
    spend(run, 500, TUESDAY);
    spend(run, 400, '2018-02-06');
    expect(tierOf(run)).toEqual({ id: 'plata', until: '2018-12-31' });
    const extended = spend(run, 100, '2018-02-06');
    expect(extended.effects).toContainEqual({ type: 'tier.extended', tier: 'plata', rev: 1, until: '2019-12-31' });
    expect(tierOf(run)).toEqual({ id: 'plata', until: '2019-12-31' });
    expect(run.state.tier?.since).toBe(TUESDAY);
  });

  test('G3 a tier ends with its last day: one step down at 00:00 of the day after, in Madrid', () => {
    const run = new EngineRun(wall);
    spend(run, 4_000, TUESDAY);
    run.strike('2018-12-31T22:59:59.999Z');
    expect(tierOf(run)).toEqual({ id: 'platino', until: '2018-12-31' });
    run.strike('2018-12-31T23:00:00.000Z');
    expect(tierOf(run)).toEqual({ id: 'oro', until: '2019-12-31' });
    expect(run.journal.at(-1)).toMatchObject({
      type: 'clock.struck',
      activity: { occurredAt: '2018-12-31T23:00:00.000Z' },
    });
    expect(run.journal.at(-1)?.effects).toEqual([
      {
        type: 'tier.moved',
        from: 'platino',
        to: 'oro',
        rev: 1,
        direction: 'down',
        since: '2019-01-01',
        until: '2019-12-31',
      },
    ]);
  });

  test('G3 step by step to the lowest, which has no end; a clock that comes late settles all of it at once', () => {
    const run = new EngineRun(wall);
    spend(run, 4_000, TUESDAY);
    run.strike('2021-06-01T10:00:00.000Z');
    const struck = run.journal.filter(({ type }) => type === 'clock.struck');
    expect(struck.length).toBe(1);
    expect(struck[0]?.lines.map(({ amount, kind }) => [kind, amount])).toEqual([['expire', -4_000]]);
    expect(
      struck[0]?.effects.map((effect) => (effect.type === 'tier.moved' ? [effect.to, effect.until] : null)),
    ).toEqual([
      ['oro', '2019-12-31'],
      ['plata', '2020-12-31'],
      ['socio', null],
    ]);
  });

  test('G2 the year that ended counts by having extended: earned enough in it, nothing falls', () => {
    const run = new EngineRun(wall);
    spend(run, 1_500, TUESDAY);
    spend(run, 1_600, '2018-03-06');
    run.strike('2019-01-02T10:00:00.000Z');
    expect(tierOf(run)).toEqual({ id: 'oro', until: '2019-12-31' });
  });

  test('G3 earning the lower threshold in the year that ended neither helps nor hurts: one step', () => {
    const run = new EngineRun(wall);
    spend(run, 4_000, TUESDAY);
    spend(run, 500, '2018-03-06');
    run.strike('2019-01-02T10:00:00.000Z');
    expect(tierOf(run)).toEqual({ id: 'oro', until: '2019-12-31' });
  });

  test('G1 a purchase right after the end is decided in the lower tier: the clock comes first', () => {
    const run = new EngineRun(wall);
    spend(run, 4_000, TUESDAY);
    const { receipt } = spend(run, 100, '2019-01-08');
    expect(receipt.fired[0]?.factors).toContainEqual({ tier: 'oro', percent: 125 });
  });
});

describe('late activities', () => {
  test('B5 G1 points of last year raise now, until the end of this year', () => {
    const run = new EngineRun(wall);
    spend(run, 400, '2017-12-05');
    spend(run, 0, '2018-03-06');
    spend(run, 100, '2017-12-06', '2018-03-06');
    expect(tierOf(run)).toEqual({ id: 'plata', until: '2018-12-31' });
    expect(run.state.tier?.since).toBe('2018-03-06');
  });

  test('B5 G1 a year whose following year is over raises nobody', () => {
    const run = new EngineRun(wall);
    spend(run, 0, '2018-12-30');
    spend(run, 0, '2019-01-01');
    const late = spend(run, 5_000, '2017-12-26', '2019-01-01');
    expect(late.effects.filter(({ type }) => type.startsWith('tier.'))).toEqual([]);
    expect(tierOf(run)).toEqual({ id: 'socio', until: null });
    expect(run.state.earned['puntos']?.years['2017']).toBe(5_000);
  });

  test('B5 G1 on the last day of the following year it still does', () => {
    const run = new EngineRun(wall);
    spend(run, 500, '2017-12-26', '2018-12-31');
    expect(tierOf(run)).toEqual({ id: 'plata', until: '2018-12-31' });
  });

  test('B5 G3 a late activity can raise again after a fall, and never lowers or shortens', () => {
    const run = new EngineRun(wall);
    spend(run, 1_500, TUESDAY);
    spend(run, 1_100, '2018-06-05');
    run.strike('2019-01-01T10:00:00.000Z');
    expect(tierOf(run)).toEqual({ id: 'plata', until: '2019-12-31' });
    spend(run, 120, '2018-06-05', '2019-02-05');
    expect(tierOf(run)).toEqual({ id: 'oro', until: '2019-12-31' });
    spend(run, 1_500, '2019-02-05');
    expect(tierOf(run)).toEqual({ id: 'oro', until: '2020-12-31' });
    spend(run, 10, '2018-06-05', '2019-02-05');
    expect(tierOf(run)).toEqual({ id: 'oro', until: '2020-12-31' });
  });
});

import type { Currency } from '@verbena/shared/currencies/currency.js';
import { checkDefinitions } from '@verbena/server/engine/compile-program.js';
import { definitionCompilers } from '#support/definition-compilers.js';
import { aRule, aSmallProgram } from '#support/small-program.js';
import { aCompiledProgram, EngineRun } from '#support/engine-run.js';

const noon = (date: string) => `${date}T12:00:00.000Z`;

function definitionsOf(given: Partial<Currency>) {
  const base = aSmallProgram({
    rules: [aRule({ earn: [{ currency: 'puntos', amount: { product: [{ field: 'n' }] } }] })],
  });
  return { ...base, currencies: base.currencies.map((one) => ({ ...one, ...given })) };
}

const aRun = (given: Partial<Currency>) =>
  new EngineRun(aCompiledProgram({ definitions: definitionsOf(given), time: 'wall' }));
const visit = (run: EngineRun, n: number, date: string, at = date) =>
  run.submit({ type: 'visit', occurredAt: noon(date), attributes: { n } }, noon(at));

describe('when points end', () => {
  /** By kind: the day of the activity, and the last day on which its points are usable. */
  const ends: readonly [Currency['expiry'], string, string][] = [
    [{ kind: 'days', days: 30 }, '2016-02-10', '2016-03-11'],
    [{ kind: 'days', days: 1, round: 'month' }, '2016-02-28', '2016-02-29'],
    [{ kind: 'days', days: 2, round: 'month' }, '2016-02-28', '2016-03-31'],
    [{ kind: 'months', months: 12 }, '2016-02-29', '2017-02-28'],
    // Counted from the day itself, not from one end to the next: the day that there is again is kept.
    [{ kind: 'months', months: 48 }, '2016-02-29', '2020-02-29'],
    [{ kind: 'months', months: 12 }, '2015-02-28', '2016-02-28'],
    [{ kind: 'months', months: 12, round: 'month' }, '2015-02-28', '2016-02-29'],
    [{ kind: 'months', months: 1 }, '2016-01-31', '2016-02-29'],
    [{ kind: 'days', days: 366 }, '2016-02-29', '2017-03-01'],
    [{ kind: 'months', months: 12, round: 'month' }, '2016-01-31', '2017-01-31'],
    [{ kind: 'months', months: 6, round: 'quarter' }, '2016-05-15', '2016-12-31'],
    [{ kind: 'months', months: 1, round: 'quarter' }, '2016-02-29', '2016-03-31'],
    [{ kind: 'months', months: 12, round: 'year' }, '2016-01-01', '2017-12-31'],
    [{ kind: 'dates', dates: ['12-31'] }, '2016-12-31', '2016-12-31'],
    [{ kind: 'dates', dates: ['12-31'], leastDays: 1 }, '2016-12-31', '2017-12-31'],
    [{ kind: 'dates', dates: ['07-01', '01-07'] }, '2016-07-02', '2017-01-07'],
    [{ kind: 'dates', dates: ['07-01', '01-07'], leastDays: 200 }, '2016-07-02', '2017-07-01'],
  ];
  test.each(ends)('C3 %j: what is earned on %s is usable to the end of %s', (expiry, earned, last) => {
    const run = aRun({ expiry });
    visit(run, 10, earned);
    run.strike(noon(last));
    expect(run.balance).toBe(10);
    const next = new Date(Date.parse(noon(last)) + 86_400_000).toISOString();
    run.strike(next);
    expect(run.balance).toBe(0);
    expect(run.state.earned['puntos']?.ever).toBe(10);
  });

  test('C3 by inactivity all of them last from the newest activity on, by its own date, and end together', () => {
    const run = aRun({ expiry: { kind: 'inactivity', days: 30 } });
    visit(run, 10, '2017-01-01');
    visit(run, 20, '2017-01-25');
    // It arrives late, and is older: it gives its points and no time.
    visit(run, 5, '2017-01-10', '2017-02-20');
    expect(run.state.activeUntil).toEqual({ puntos: '2017-02-24' });
    run.strike(noon('2017-02-24'));
    expect(run.balance).toBe(35);
    const before = run.journal.length;
    run.strike(noon('2017-02-25'));
    expect(run.balance).toBe(0);
    expect(run.journal.slice(before).flatMap(({ lines }) => lines.map(({ amount }) => amount))).toEqual([-10, -5, -20]);
    // Whoever comes back begins anew.
    visit(run, 7, '2017-06-01');
    run.strike(noon('2017-07-01'));
    expect(run.balance).toBe(7);
    run.strike(noon('2017-07-02'));
    expect(run.balance).toBe(0);
  });

  test('C3 C5 what is taken back after that comes back for a moment, and the balance stays', () => {
    const run = aRun({ expiry: { kind: 'inactivity', days: 30 } });
    visit(run, 10, '2017-01-01');
    run.strike(noon('2017-03-01'));
    visit(run, 4, '2017-03-02');
    expect(run.reverse(1, noon('2017-03-03')).lines.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['expire', 10],
      ['reverse', -10],
    ]);
    expect(run.balance).toBe(4);
  });

  test('C3 with notice the member is told once, so many days before, how many points end', () => {
    const run = aRun({ expiry: { kind: 'days', days: 30 }, notice: 10 });
    visit(run, 10, '2017-01-01');
    visit(run, 5, '2017-01-01');
    visit(run, 3, '2017-01-05');
    const toldBy = (date: string) => {
      const before = run.journal.length;
      run.strike(noon(date));
      return run.journal.slice(before).flatMap(({ effects }) => effects);
    };
    expect(toldBy('2017-01-21')).toEqual([]);
    expect(toldBy('2017-01-22')).toEqual([
      { type: 'expiry.noticed', currency: 'puntos', amount: 15, expires: '2017-02-01' },
    ]);
    expect(toldBy('2017-01-25')).toEqual([]);
    expect(toldBy('2017-01-26')).toEqual([
      { type: 'expiry.noticed', currency: 'puntos', amount: 3, expires: '2017-02-05' },
    ]);
    expect(toldBy('2017-02-02')).toEqual([]);
    expect(run.balance).toBe(3);
  });

  test('C3 by inactivity the notice comes again for the new day, once something was earned', () => {
    const run = aRun({ expiry: { kind: 'inactivity', days: 30 }, notice: 10 });
    visit(run, 10, '2017-01-01');
    run.strike(noon('2017-01-25'));
    visit(run, 1, '2017-01-26');
    run.strike(noon('2017-02-17'));
    const told = run.journal.flatMap(({ effects }) => effects.filter(({ type }) => type === 'expiry.noticed'));
    expect(told).toMatchObject([
      { amount: 10, expires: '2017-02-01' },
      { amount: 11, expires: '2017-02-26' },
    ]);
  });
});

describe('points that come late, with an end sooner than one that was told of', () => {
  const noticesOf = ({ effects }: { effects: readonly { type: string }[] }) =>
    effects.filter(({ type }) => type === 'expiry.noticed');

  test('C3 C4 their member is told as they come, once for each day, and of the other days as before', () => {
    const run = aRun({ expiry: { kind: 'days', days: 30 }, notice: 10 });
    visit(run, 10, '2017-01-10');
    run.strike(noon('2017-01-31'));
    expect(run.state.noticed).toEqual({ puntos: '2017-02-10' });
    const sooner = { type: 'expiry.noticed', currency: 'puntos', amount: 4, expires: '2017-02-05' };
    expect(noticesOf(visit(run, 4, '2017-01-05', '2017-02-01'))).toEqual([sooner]);
    expect(noticesOf(visit(run, 4, '2017-01-05', '2017-02-01'))).toEqual([]);
    expect(noticesOf(visit(run, 4, '2017-01-10', '2017-02-01'))).toEqual([]);
    // Over as it comes: nothing that could still be used.
    expect(noticesOf(visit(run, 4, '2016-12-20', '2017-02-01'))).toEqual([]);
    const { length } = run.journal;
    run.strike(noon('2017-02-04'));
    expect(run.journal).toHaveLength(length);
    visit(run, 3, '2017-02-04');
    run.strike(noon('2017-02-25'));
    expect(run.journal.flatMap(noticesOf)).toMatchObject([
      { amount: 10, expires: '2017-02-10' },
      { amount: 4, expires: '2017-02-05' },
      { amount: 3, expires: '2017-03-07' },
    ]);
  });

  test('C3 C7 so of a gift that ends before one’s own; what has no notice says nothing', () => {
    const given = { expiry: { kind: 'days', days: 30 }, transfer: { perGift: 50, perDay: 50 } } as const;
    const receive = (run: EngineRun, expires: string) =>
      run.submit({
        type: 'transfer.received',
        occurredAt: noon('2017-02-01'),
        attributes: {
          ...{ transfer: '7-1', from: '01J0000000000000000000FR2E', currency: 'puntos' },
          lots: [{ activated: '2017-01-02', expires, amount: 6 }],
        },
      });
    for (const notice of [{ notice: 10 }, {}]) {
      const run = aRun({ ...given, ...notice });
      visit(run, 10, '2017-01-10');
      run.strike(noon('2017-01-31'));
      expect(noticesOf(receive(run, '2017-02-03'))).toMatchObject(
        'notice' in notice ? [{ amount: 6, expires: '2017-02-03' }] : [],
      );
    }
  });
});

describe('several currencies', () => {
  test('C3 C1 a member is told of each of them on its own days', () => {
    const base = definitionsOf({ expiry: { kind: 'days', days: 30 }, notice: 10 });
    const other = base.currencies.map((one) => ({
      ...one,
      id: 'sellos',
      expiry: { kind: 'days', days: 20 } as const,
    }));
    const product = { product: [{ field: 'n' }] };
    const earn = ['puntos', 'sellos'].map((currency) => ({ currency, amount: product }));
    const definitions = { ...base, currencies: [...base.currencies, ...other], rules: [aRule({ earn })] };
    const run = new EngineRun(aCompiledProgram({ definitions, time: 'wall' }));
    visit(run, 10, '2017-01-01');
    run.strike(noon('2017-02-02'));
    const told = run.journal.flatMap(({ effects }) => effects.filter(({ type }) => type === 'expiry.noticed'));
    expect(told).toMatchObject([
      { currency: 'sellos', expires: '2017-01-22' },
      { currency: 'puntos', expires: '2017-02-01' },
    ]);
  });

  test('C1 a rule gives several at once; one that only counts cannot be set aside', () => {
    const base = definitionsOf({});
    const xp = base.currencies.map((one) => ({ ...one, id: 'nivel', kind: 'status' as const }));
    const product = { product: [{ field: 'n' }] };
    const rules = [
      aRule({
        earn: [
          { currency: 'puntos', amount: product },
          { currency: 'nivel', amount: product },
        ],
      }),
    ];
    const definitions = { ...base, currencies: [...base.currencies, ...xp], rules };
    const run = new EngineRun(aCompiledProgram({ definitions }));
    visit(run, 10, '2017-01-01');
    expect(run.state.balances).toEqual({ puntos: 10, nivel: 10 });
    const hold = (currency: string) =>
      run.submit({ type: 'points.held', occurredAt: noon('2017-01-02'), attributes: { currency, amount: 4 } });
    expect(hold('nivel')).toMatchObject({ outcome: 'refused', refusal: 'currency.notSpendable' });
    expect(hold('puntos')).toMatchObject({ outcome: 'accepted' });
    expect(run.state.balances).toEqual({ puntos: 6, nivel: 10 });
    run.reverse(1, noon('2017-01-03'));
    expect(run.state.balances).toEqual({ puntos: 0, nivel: 0 });
  });

  test('C3 a notice of what never ends, and a day that is not in every year, are refused with their place', () => {
    const wrong = (given: Partial<Currency>) => checkDefinitions(definitionsOf(given), definitionCompilers);
    expect(wrong({ notice: 5 })).toMatchObject([
      { path: ['currencies', 0, 'notice'], code: 'currency.nothingToNotice' },
    ]);
    expect(wrong({ expiry: { kind: 'dates', dates: ['12-31', '02-29', '04-31'] } })).toMatchObject([
      { path: ['currencies', 0, 'expiry', 'dates', 1], code: 'currency.noSuchDay', params: { name: '02-29' } },
      { path: ['currencies', 0, 'expiry', 'dates', 2], code: 'currency.noSuchDay' },
    ]);
    expect(wrong({ expiry: { kind: 'inactivity', days: 90 }, notice: 5 })).toEqual([]);
  });
});

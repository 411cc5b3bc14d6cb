import type { Currency } from '@verbena/shared/currencies/currency.js';
import { aRule, aSmallProgram } from '#support/small-program.js';
import { aCompiledProgram, EngineRun, MEMBER } from '#support/engine-run.js';

const OTHER = '01J0000000000000000000FR2E';
const may = (date: number) => `2017-05-${String(date).padStart(2, '0')}T10:00:00.000Z`;

/** A member with a hundred points in a currency of which members may give one another. */
function aGiver(currency: Partial<Currency> = { transfer: { perGift: 30, perDay: 40 } }): EngineRun {
  const small = aSmallProgram({
    rules: [aRule({ earn: [{ currency: 'puntos', amount: { product: [{ field: 'n' }] } }] })],
  });
  const currencies = small.currencies.map((one) => ({ ...one, ...currency }));
  const run = new EngineRun(aCompiledProgram({ definitions: { ...small, currencies }, time: 'wall' }));
  run.submit({ type: 'visit', occurredAt: may(1), attributes: { n: 100 } });
  return run;
}

const give = (run: EngineRun, amount: number, date = 2, { to = OTHER, currency = 'puntos' } = {}) =>
  run.submit({ type: 'transfer.sent', occurredAt: may(date), attributes: { currency, amount, to } });

/** What it is refused with; nothing moved. */
function refusalOf(
  run: EngineRun,
  ...given: Parameters<typeof give> extends [EngineRun, ...infer Rest] ? Rest : never
) {
  const before = run.state.balances;
  const { outcome, refusal, lines } = give(run, ...given);
  expect([outcome, lines, run.state.balances, run.state.transit]).toEqual(['refused', [], before, undefined]);
  return refusal;
}

test('C7 a currency that is not to be given, one that only counts, none, and oneself are refused, and nothing moves', () => {
  expect(refusalOf(aGiver({}), 5)).toBe('transfer.off');
  expect(refusalOf(aGiver({ kind: 'status', transfer: { perGift: 30, perDay: 40 } }), 5)).toBe('transfer.off');
  expect(refusalOf(aGiver(), 5, 2, { currency: 'monedas' })).toBe('currency.notFound');
  expect(refusalOf(aGiver(), 5, 2, { to: MEMBER })).toBe('transfer.self');
});

test('C7 the limits hold to the point, and the day’s begins anew with the day', () => {
  expect(refusalOf(aGiver(), 31)).toBe('transfer.tooMuch');
  const run = aGiver();
  expect(give(run, 30).outcome).toBe('accepted');
  expect(give(run, 11).refusal).toBe('transfer.dayLimit');
  expect(give(run, 10).outcome).toBe('accepted');
  expect(give(run, 1).refusal).toBe('transfer.dayLimit');
  expect(give(run, 30, 3).outcome).toBe('accepted');
  expect(give(run, 30, 4).outcome).toBe('accepted');
  expect(run.balance).toBe(0);
  expect(give(run, 1, 5).refusal).toBe('points.notEnough');
});

test('C7 #10 B10 whoever moves to where it is yesterday, and back, gives no more that day', () => {
  const run = aGiver({ transfer: { perGift: 30, perDay: 40 }, zone: 'member' });
  const moveTo = (zone: string) =>
    run.submit({ type: 'member.changed', occurredAt: may(2), attributes: { zone } }).outcome;
  expect(give(run, 30).outcome).toBe('accepted');
  expect(moveTo('Pacific/Pago_Pago')).toBe('accepted');
  expect(give(run, 30).refusal).toBe('transfer.dayLimit');
  expect(give(run, 10).outcome).toBe('accepted');
  moveTo('Europe/Madrid');
  expect(give(run, 1).refusal).toBe('transfer.dayLimit');
  expect(give(run, 30, 3).outcome).toBe('accepted');
});

test('C7 a gift that is on no way can neither arrive nor come back', () => {
  const run = aGiver();
  give(run, 30);
  const [transfer = ''] = Object.keys(run.state.transit ?? {});
  const end = (type: string, ref: string) =>
    run.submit({ type, occurredAt: may(2), attributes: { transfer: ref } }).refusal ?? 'none';
  expect(end('transfer.settled', transfer.replace(/\d+/, '99'))).toBe('transfer.notFound');
  expect(end('transfer.settled', transfer)).toBe('none');
  expect(end('transfer.returned', transfer)).toBe('transfer.notFound');
  expect([run.balance, run.state.transit]).toEqual([70, undefined]);
});

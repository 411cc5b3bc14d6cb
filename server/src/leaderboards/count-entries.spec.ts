import type { Board } from '@verbena/shared/leaderboards/board.js';
import type { PointsLine } from '@verbena/shared/ledger/points-line.js';
import {
  closingOf,
  countedShape,
  type CountedProgram,
  movementsOf,
  VISIBLE,
  visibilityAfter,
} from './count-entries.js';

const board = (id: string, given: Partial<Board> = {}): Board => ({
  id,
  rev: 1,
  name: { es: id },
  currency: 'puntos',
  period: 'week',
  ties: 'earliest',
  zone: 'program',
  ...given,
});
const program: CountedProgram = {
  id: 'p',
  zone: 'Europe/Madrid',
  time: 'wall',
  createdAtMs: Date.parse('2026-11-10T12:00:00Z'),
  boards: [board('semana'), board('siempre', { period: 'ever' }), board('besos', { currency: 'besos' })],
};
const line = (amount: number, kind: PointsLine['kind'] = 'earn', activated = '2026-11-18'): PointsLine => ({
  currency: 'puntos',
  amount,
  kind,
  by: { kind: 'rule', id: 'compra', rev: 1 },
  lot: { activated, expires: null },
});
const entry = (lines: PointsLine[], at = '2026-11-18T12:00:00.000Z') => ({ seq: 3, at, lines, effects: [] });
const moved = (...given: Parameters<typeof movementsOf>) =>
  movementsOf(...given).map(({ board: id, run, amount }) => [id, run, amount]);

test('what is earned and taken back counts, in the run of its day; what expires does not', () => {
  expect(moved(program, entry([line(50), line(20), line(-10, 'reverse'), line(-30, 'expire')]))).toEqual([
    ['semana', '2026-W47', 60],
    ['siempre', 'ever', 60],
  ]);
  expect(moved(program, entry([line(50), line(-50, 'reverse')]))).toEqual([]);
});

test('H11 what was decided after the grace counts for the member and not for the week', () => {
  expect(moved(program, entry([line(50)], '2026-11-22T23:02:00.000Z'))).toHaveLength(2);
  expect(moved(program, entry([line(50)], '2026-11-22T23:02:00.001Z'))).toEqual([['siempre', 'ever', 50]]);
});

test('imported history of before the program counts, whenever it comes', () => {
  expect(moved(program, entry([line(50, 'earn', '2026-06-01')]))[0]).toEqual(['semana', '2026-W23', 50]);
  expect(closingOf(program, '2026-W23')).toEqual({ kind: 'quiet' });
  expect(closingOf(program, '2026-W47')).toMatchObject({ kind: 'dated' });
  expect(closingOf({ ...program, time: 'activities' }, '2026-W47')).toEqual({ kind: 'never' });
});

test('#76 a member is what it said last, and one that left stands nowhere until it returns', () => {
  const said = (seq: number, effects: Parameters<typeof visibilityAfter>[1]['effects']) => ({
    ...entry([]),
    seq,
    effects,
  });
  const hidden = visibilityAfter(VISIBLE, said(1, [{ type: 'member.changed', boards: 'hidden' }]));
  expect(hidden).toEqual({ seq: 1, isHidden: true, hasLeft: false });
  expect(visibilityAfter(hidden, said(1, [{ type: 'member.changed', boards: 'alias' }]))).toBe(hidden);
  expect(visibilityAfter(hidden, said(2, [{ type: 'member.changed', zone: 'Europe/Paris' }]))).toBe(hidden);
  const left = visibilityAfter(hidden, said(3, [{ type: 'member.left' }]));
  expect(visibilityAfter(left, said(4, [{ type: 'member.joined' }]))).toEqual({
    seq: 4,
    isHidden: true,
    hasLeft: false,
  });
});

test('other words or another order of ties count nothing anew, another currency or period does', () => {
  const shape = countedShape([board('semana'), board('mes', { period: 'month' })]);
  expect(
    countedShape([board('mes', { period: 'month', ties: 'shared' }), board('semana', { name: { es: 'x' } })]),
  ).toBe(shape);
  expect(countedShape([board('semana'), board('mes', { period: 'year' })])).not.toBe(shape);
  expect(countedShape([board('semana', { currency: 'besos' }), board('mes', { period: 'month' })])).not.toBe(shape);
});

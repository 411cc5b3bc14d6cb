import { pointsToPass, rankRows } from './rank-rows.js';

const rows = [30, 30, 20, 20, 20, 10].map((score, index) => ({ member: `m${index}`, score, reachedAtMs: index }));
const ranks = (...given: Parameters<typeof rankRows>) => rankRows(...given).map(({ rank }) => rank);

test('#75 H5 whoever was earlier stands higher, or equals share the rank and the next stands lower', () => {
  expect(ranks(rows, 0, 0, 'earliest')).toEqual([1, 2, 3, 4, 5, 6]);
  expect(ranks(rows, 0, 0, 'shared')).toEqual([1, 1, 3, 3, 3, 6]);
});

test('#74 rows from the middle of a board have the ranks that they have in the whole', () => {
  expect(ranks(rows.slice(3), 3, 2, 'shared')).toEqual([3, 3, 6]);
  expect(rankRows(rows.slice(3), 3, 2, 'earliest').map(({ place }) => place)).toEqual([4, 5, 6]);
});

test('to stand above an equal takes one point more', () => {
  expect([pointsToPass(20, 20), pointsToPass(20, 35)]).toEqual([1, 16]);
});

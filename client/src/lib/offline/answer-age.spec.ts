import { isKeptAnswer, keptSinceMs, noteKept, outlasts } from './answer-age.js';

const AT_TEN = '2026-11-29T10:00:00.000Z';

function keptAt<T extends object>(body: T, at = AT_TEN): T {
  noteKept(body, at);
  return body;
}

test('E2 what is kept stands in where nothing was read, and tells since when', () => {
  const kept = keptAt({ items: [{ place: 1 }] });
  expect(outlasts(undefined, kept)).toBe(false);
  expect([kept, kept.items].map(keptSinceMs)).toEqual([Date.parse(AT_TEN), Date.parse(AT_TEN)]);
  expect(isKeptAnswer({ pages: [{ items: [] }, kept] })).toBe(true);
  expect([isKeptAnswer({ items: [] }), isKeptAnswer(undefined), isKeptAnswer('kept')]).toEqual([false, false, false]);
});

test('E2 what was read before outlasts what is kept, as old as that and no fresher, until the server answers again', () => {
  const read = { place: 1 };
  expect(outlasts(read, keptAt({ place: 1 }))).toBe(true);
  expect(keptSinceMs(read)).toBe(Date.parse(AT_TEN));
  // An answer that is the same leaves the old one standing.
  expect(outlasts(read, { place: 1 })).toBe(false);
  expect(keptSinceMs(read)).toBeUndefined();
});

import { changesOf } from './attribute-changes.js';

test('A2 only what differs is sent, what was emptied as null, and 0 and no are values', () => {
  const before = { club: 'norte', visits: 3, vip: true, note: 'x' };
  expect(changesOf(before, { club: 'norte', visits: 0, vip: false, extra: 1 }, [...Object.keys(before)])).toEqual({
    visits: 0,
    vip: false,
    note: null,
  });
  expect(changesOf({}, {}, ['club'])).toEqual({});
});

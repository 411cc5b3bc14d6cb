import { listChanges } from './list-changes.js';

test('a change is told leaf by leaf, and what stayed is not', () => {
  expect(
    listChanges(
      { name: 'Lucía', boards: 'alias', shows: { tier: true, points: false }, types: ['purchase'] },
      { name: 'Lucía', boards: 'hidden', shows: { tier: true, points: true }, types: ['purchase', 'coupon.redeemed'] },
    ),
  ).toEqual([
    { path: 'boards', before: 'alias', after: 'hidden' },
    { path: 'shows.points', before: 'false', after: 'true' },
    { path: 'types', before: 'purchase', after: 'purchase, coupon.redeemed' },
  ]);
});

test('something new has no before, and something gone no after', () => {
  expect(listChanges(null, { role: 'owner', member: null })).toEqual([
    { path: 'role', before: undefined, after: 'owner' },
    { path: 'member', before: undefined, after: '—' },
  ]);
  expect(listChanges({ role: 'owner' }, null)).toEqual([{ path: 'role', before: 'owner', after: undefined }]);
  expect(listChanges(null, undefined)).toEqual([]);
});

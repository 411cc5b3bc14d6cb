import { RIGHTS_AT_FIRST } from '@verbena/shared/forums/category.js';
import { isComplete, presetOf, tierRights } from './rights-presets.js';

test('#2 a common case is known by its rights, and everything else is of its own', () => {
  expect(presetOf(RIGHTS_AT_FIRST)).toEqual({ kind: 'everybody' });
  for (const others of ['teaser', 'hidden'] as const)
    expect(presetOf(tierRights('oro', others))).toEqual({ kind: 'tier', tier: 'oro', others });
  expect(presetOf({ ...RIGHTS_AT_FIRST, create: { badge: 'primera-compra' } })).toEqual({ kind: 'custom' });
  expect(presetOf({ ...tierRights('oro', 'hidden'), see: { tier: { atLeast: 'plata' } } })).toEqual({ kind: 'custom' });
  expect(presetOf({ ...RIGHTS_AT_FIRST, read: { tier: { atLeast: 'oro' } } })).toEqual({ kind: 'custom' });
});

test('#4 a teaser is seen by everybody, a hidden one by nobody else, and who moderates gets into both', () => {
  const { see, read, moderate } = tierRights('oro', 'hidden');
  expect(see).toEqual(read);
  expect(JSON.stringify(read)).toContain(JSON.stringify(moderate));
  expect(tierRights('oro', 'teaser')).toMatchObject({ see: null, read });
});

test('#2 rights are complete when each says somebody or everybody', () => {
  expect(isComplete(RIGHTS_AT_FIRST)).toBe(true);
  expect(isComplete({ ...RIGHTS_AT_FIRST, read: undefined })).toBe(false);
});

import type { Rule } from '@verbena/shared/rules/rule.js';
import { listFirstSteps, pointsForProfile } from './first-steps.js';
import type { FirstDays } from './first-steps.js';

const NOW = Date.parse('2026-11-25T12:00:00Z');
const first: FirstDays = {
  profile: { profileCompleted: false, joinedAt: '2026-11-25T11:00:00.000Z' },
  seq: 1,
  entries: [],
  friends: 0,
};
type Given = { outcome?: 'accepted' | 'refused'; type?: string; channel?: string };
const entry = (source: string, { outcome = 'accepted', ...cause }: Given = {}) => ({
  outcome,
  cause: {
    type: 'purchase',
    occurredAt: '2026-11-25T11:30:00.000Z',
    channel: 'shop',
    source,
    attributes: {},
    ...cause,
  },
});
const done = (days: Partial<FirstDays>) =>
  listFirstSteps({ ...first, ...days }, NOW).flatMap((step) => (step.done ? [step.id] : []));

describe('first steps', () => {
  test('none is done on day 0, and each ticks for what it asks', () => {
    expect(listFirstSteps(first, NOW).map(({ id }) => id)).toEqual(['profile', 'buy', 'invite']);
    expect(done({})).toEqual([]);
    expect(done({ profile: { ...first.profile, profileCompleted: true } })).toEqual(['profile']);
    expect(done({ entries: [entry('program')] })).toEqual(['buy']);
    expect(done({ friends: 1 })).toEqual(['invite']);
  });

  test('joining, filling in the profile, and what was refused, are no purchase', () => {
    expect(done({ entries: [entry('member'), entry('cause'), entry('program', { outcome: 'refused' })] })).toEqual([]);
  });

  test.each([
    ['program', {}],
    ['program', { channel: 'online' }],
    ['staff', { channel: 'staff' }],
    ['brand:01J00000000000000000000AAA', {}],
    ['shop:01J00000000000000000000BBB', {}],
  ])('#1 a purchase that came from %s %p is one', (source, cause) => {
    expect(done({ entries: [entry(source, cause)] })).toEqual(['buy']);
  });

  test.each([
    ['house', { type: 'profile.completed', channel: 'system' }],
    // So it stands in the journals of before.
    ['program', { type: 'profile.completed', channel: 'system' }],
    ['house', { type: 'member.joined', channel: 'system' }],
    ['cause', { type: 'referral.qualified', channel: 'system' }],
    ['staff', { type: 'points.adjusted', channel: 'staff' }],
    ['program', { type: 'points.held' }],
    ['program', { channel: 'import' }],
    ['test:1', {}],
    ['member:01J00000000000000000000AAA', {}],
  ])('#1 what came from %s as %p is none', (source, cause) => {
    expect(done({ entries: [entry(source, cause)] })).toEqual([]);
  });

  test('they go when all are done, after a month, and the third is not there without invitations', () => {
    const all = { profile: { ...first.profile, profileCompleted: true }, entries: [entry('brand:alba')], friends: 2 };
    expect(listFirstSteps({ ...first, ...all }, NOW)).toEqual([]);
    expect(listFirstSteps(first, NOW + 31 * 86_400_000)).toEqual([]);
    // A card that shops have known for long, whose person registered only today.
    expect(listFirstSteps({ ...first, seq: 21 }, NOW)).toEqual([]);
    expect(listFirstSteps({ ...first, friends: undefined }, NOW).map(({ id }) => id)).toEqual(['profile', 'buy']);
  });

  test('the points for the profile are those of the rules', () => {
    const rule = (activity: string, product: Rule['earn'][number]['amount']['product']): Rule => ({
      id: 'perfil',
      rev: 1,
      name: { es: 'Perfil', en: 'Profile' },
      on: { activity },
      earn: [{ currency: 'puntos', amount: { product } }],
      zone: 'program',
    });
    expect(pointsForProfile([rule('profile.completed', [{ ratio: [50, 1] }])])).toEqual({ puntos: 50 });
    // What depends on the member or the activity is not promised as a number, and other activities are not the profile.
    expect(pointsForProfile([rule('profile.completed', [{ ratio: [50, 1] }, { tier: 'percent' }])])).toEqual({});
    expect(pointsForProfile([rule('purchase', [{ ratio: [50, 1] }])])).toEqual({});
  });
});

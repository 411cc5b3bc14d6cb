import { type Shows, SHOWS_AT_FIRST } from '@verbena/shared/members/members.routes.js';
import { type ProfileSource, profileOf } from './profile-view.js';

const ALL: Shows = { name: true, tier: true, badges: true, points: true, joined: true };
const NOTHING: Shows = { name: false, tier: false, badges: false, points: false, joined: false };

const source = (shows: Shows): ProfileSource => ({
  alias: 'luz',
  name: 'Lucía Peña',
  shows,
  joinedOn: '2026-03-02',
  state: {
    tier: { id: 'oro', rev: 1, since: null, until: null },
    badges: { primera: { rev: 1, on: '2026-03-02' }, diez: { rev: 1, on: '2026-05-01' } },
    earned: { puntos: { ever: 1_320, years: {} } },
  },
  currency: 'puntos',
});

describe('A3 what others see of a member', () => {
  test('everything that it shows', () => {
    expect(profileOf(source(ALL), false)).toEqual({
      alias: 'luz',
      name: 'Lucía Peña',
      tier: 'oro',
      badges: [
        { id: 'diez', on: '2026-05-01' },
        { id: 'primera', on: '2026-03-02' },
      ],
      earned: 1_320,
      joinedOn: '2026-03-02',
      isMe: false,
    });
  });

  test('each field by itself', () => {
    for (const field of ['name', 'tier', 'badges', 'points', 'joined'] as const) {
      const { alias, isMe, ...seen } = profileOf(source({ ...NOTHING, [field]: true }), false);
      const answered = { name: 'name', tier: 'tier', badges: 'badges', points: 'earned', joined: 'joinedOn' } as const;
      expect([alias, isMe]).toEqual(['luz', false]);
      for (const [name, value] of Object.entries(seen))
        expect([field, name, value !== null]).toEqual([field, name, name === answered[field]]);
    }
  });

  test('at first tier and badges', () => {
    expect(profileOf(source(SHOWS_AT_FIRST), false)).toMatchObject({
      name: null,
      tier: 'oro',
      earned: null,
      joinedOn: null,
    });
  });

  test('oneself the same, marked', () => {
    expect(profileOf(source(NOTHING), true)).toEqual({
      alias: 'luz',
      name: null,
      tier: null,
      badges: null,
      earned: null,
      joinedOn: null,
      isMe: true,
    });
  });
});

import { type Shows, SHOWS_AT_FIRST } from '@verbena/shared/members/members.routes.js';
import { AuthorLines } from './author-lines.js';
import { Signatures } from './signatures.js';

const on = '2026-11-01';
const held = {
  tier: { id: 'oro', rev: 1, since: on, until: null },
  badges: {
    primera: { rev: 1, on },
    'buena-respuesta': { rev: 1, on, of: { 'post-1': 1, 'post-2': 1 } },
    diez: { rev: 1, on },
  },
};

/** Ana's line, who wrote as the account that she had before; what she holds is that of the one she is today. */
function anas(given: { alias?: string | null; shows?: Partial<Shows>; chosenBadges?: readonly string[] }) {
  const { alias = 'Ana', shows, chosenBadges = [] } = given;
  const signature = { member: 'ana', alias, shows: { ...SHOWS_AT_FIRST, ...shows }, chosenBadges };
  const signatures = new Signatures(new Map([['ana-before', signature]]), null);
  const lines = new AuthorLines(signatures, new Map([['ana', held]]));
  const post = { _id: 'post-1', author: 'ana-before' };
  return { line: lines.of(post), badges: lines.badgesOf(post), lines };
}

test('#66 the badges that were chosen, in that order, as far as they are held; none where none was chosen', () => {
  expect(anas({}).line).toEqual({ alias: 'Ana', isMe: false, tier: 'oro', badges: [] });
  expect(anas({ chosenBadges: ['diez', 'no-la-tiene', 'primera'] }).line.badges).toEqual(['diez', 'primera']);
  expect(anas({ chosenBadges: ['constructor', '__proto__'] }).line.badges).toEqual([]);
});

test('#66 A3 what a member does not show is not there', () => {
  const chosenBadges = ['primera'];
  expect(anas({ chosenBadges, shows: { tier: false } }).line).toMatchObject({ tier: null, badges: ['primera'] });
  const hidden = anas({ chosenBadges, shows: { badges: false } });
  expect([hidden.line.tier, hidden.line.badges, hidden.badges]).toEqual(['oro', [], []]);
});

test('#66 nothing stands beside somebody without an alias, and beside one who is no member', () => {
  const nameless = anas({ alias: null, chosenBadges: ['primera'] });
  expect(nameless.line).toEqual({ alias: null, isMe: false, tier: null, badges: [] });
  expect(nameless.badges).toEqual([]);
  const stranger = { _id: 'post-1', author: 'no-member' };
  expect(nameless.lines.of(stranger)).toEqual({ alias: null, isMe: false, tier: null, badges: [] });
});

test('#77 a badge that is granted for posts stands on each of these and on no other', () => {
  const { lines, badges } = anas({});
  expect(badges).toEqual(['buena-respuesta']);
  expect(lines.badgesOf({ _id: 'post-3', author: 'ana-before' })).toEqual([]);
  expect(lines.badgesOf({ _id: 'post-1', author: 'beto' })).toEqual([]);
});

test('#66 the same line for another reader is marked as that one’s own', () => {
  const { lines } = anas({});
  expect(lines.for('ana').of({ _id: 'post-1', author: 'ana-before' })).toMatchObject({ isMe: true, tier: 'oro' });
});

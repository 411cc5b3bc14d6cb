import type { SystemActivityType } from '@verbena/shared/activities/activity-type.js';
import type { RouteSpec } from '@verbena/shared/platform/route.js';
import type { HouseSource } from '@verbena/server/ledger/journal-entry.js';
import type * as z from 'zod/mini';
import { aPurchase } from './factories.js';
import { NOBODY } from './module-fixtures.js';

/**
 * With which sources of its own the house makes entries of each of its types; none where whoever asks for it chooses the key. A type
 * that is new does not compile until somebody says it here.
 */
export const HOUSE_SOURCES: Readonly<Record<SystemActivityType, readonly HouseSource[]>> = {
  'clock.struck': ['clock'],
  'state.extended': ['clock'],
  'tier.assessed': ['clock'],
  'state.repaired': ['house'],
  'undo.applied': ['house'],
  'member.joined': ['house'],
  'member.changed': ['house'],
  'member.left': ['house'],
  'member.closed': ['house'],
  'member.absorbed': ['cause'],
  'streak.paused': ['house'],
  'streak.restored': ['house'],
  'streak.granted': ['house'],
  'badge.withdrawn': ['house'],
  'goal.reached': ['house'],
  // What is beyond one person's limit is booked by the house, once another one approved it.
  'points.activated': ['house'],
  'points.rescheduled': ['house'],
  'points.cancelled': [],
  'points.held': [],
  'points.captured': [],
  'points.released': [],
  'points.adjusted': ['house'],
  'transfer.sent': [],
  'transfer.received': ['cause'],
  'transfer.settled': ['cause'],
  'transfer.returned': ['cause'],
};

/** The sources of whoever chooses a key: a shop's system, staff and commands of this machine, and each member for itself. */
export const CHOSEN_SOURCES = [
  'program',
  'brand:01J00000000000000000000CCC',
  'shop:01J00000000000000000000CCC',
  'staff',
  'member:01J00000000000000000000AAA',
  'member:01J00000000000000000000BBB',
] as const;

/** Whose things are asked for. */
export interface Asked {
  readonly program: string;
  readonly member: string;
  readonly externalId: string;
  readonly to: string;
}

/** One request in which somebody chooses a key, or names something by one or by a ref. */
interface Chosen {
  /** What it becomes in the journal; null where nothing does. */
  readonly type: string | null;
  readonly params?: (key: string) => Readonly<Record<string, string>>;
  readonly body?: (key: string, asked: Asked) => object;
}

const reason = 'Por las molestias';
const ofRef = (type: SystemActivityType, more: object = {}): Chosen => ({
  type,
  params: () => ({ ref: '1-1' }),
  body: (key) => ({ key, ...more }),
});
const purchase = (key: string, { externalId }: Asked) => ({ ...aPurchase({ externalId }), key });

/** Every such request, by its route. */
export const CHOSEN: Readonly<Record<string, Chosen>> = {
  'POST /programs/:program/activities': { type: 'purchase', body: purchase },
  'POST /programs/:program/activities/batch': {
    type: 'purchase',
    body: (key, asked) => ({ activities: [purchase(key, asked)] }),
  },
  'POST /programs/:program/members/:member/activities': {
    type: 'purchase',
    body: (key) => ({ key, type: 'purchase', attributes: aPurchase().attributes, reason }),
  },
  'GET /programs/:program/activities/:key': { type: 'purchase', params: (key) => ({ key }) },
  'POST /programs/:program/activities/:key/reversal': {
    type: 'purchase.reversed',
    params: (key) => ({ key }),
    body: (key) => ({ key }),
  },
  'POST /programs/:program/members/:member/entries/:seq/reversal': {
    type: 'purchase.reversed',
    params: () => ({ seq: '1' }),
    body: (key) => ({ key, reason }),
  },
  'POST /programs/:program/members/:member/entries/:seq/return': {
    type: 'purchase.reversed',
    params: () => ({ seq: '1' }),
    body: (key) => ({ key, reason }),
  },
  'POST /programs/:program/members/:member/pending/:ref/activation': ofRef('points.activated', { reason }),
  'POST /programs/:program/members/:member/pending/:ref/date': ofRef('points.rescheduled', {
    reason,
    on: '2030-01-01',
  }),
  'POST /programs/:program/members/:member/pending/:ref/cancellation': ofRef('points.cancelled', { reason }),
  'POST /programs/:program/members/:member/holds': {
    type: 'points.held',
    body: (key) => ({ key, currency: 'puntos', amount: 1 }),
  },
  'POST /programs/:program/members/:member/holds/:ref/capture': ofRef('points.captured'),
  'POST /programs/:program/members/:member/captures/:entry/cancellation': {
    type: 'points.captured.reversed',
    params: () => ({ entry: 'a'.repeat(32) }),
    body: (key) => ({ key, reason }),
  },
  'POST /programs/:program/members/:member/holds/:ref/release': ofRef('points.released'),
  'POST /programs/:program/members/:member/transfers': {
    type: 'transfer.sent',
    body: (key, { to }) => ({ key, currency: 'puntos', amount: 1, to: { id: to } }),
  },
  'POST /programs/:program/members/:member/adjustments': {
    type: 'points.adjusted',
    body: (key) => ({ key, currency: 'puntos', amount: 1, reason }),
  },
  'POST /programs/:program/members/:member/missions/:mission/freezes': {
    type: 'streak.granted',
    params: () => ({ mission: 'racha' }),
    body: (key) => ({ key, freezes: 1, reason }),
  },
  // What is written in the forum, where a key is one post and no entry.
  'POST /programs/:program/forum/threads': {
    type: null,
    body: (key) => ({ key, category: NOBODY, title: 'Un hilo', body: 'Hola' }),
  },
  'POST /programs/:program/forum/threads/:thread/posts': {
    type: null,
    params: () => ({ thread: 'A'.repeat(22) }),
    body: (key) => ({ key, body: 'Hola' }),
  },
  'POST /programs/:program/forum/import': {
    type: null,
    body: (key, { externalId }) => ({
      ...{ key, category: 'charla', title: 'Un hilo' },
      posts: [{ author: `ext:${externalId}`, at: '2026-01-01T10:00:00.000Z', body: 'Hola' }],
    }),
  },
  // The id of an API key, which is no key of an activity.
  'DELETE /programs/:program/keys/:key': { type: null, params: (key) => ({ key }) },
  'POST /programs/:program/keys/:key/renewal': { type: null, params: (key) => ({ key }) },
};

/** Whether a route takes a key or a ref from its caller, as the contract says it: by its path or by the fields of its body. */
export function takesKey({ path, body }: RouteSpec): boolean {
  return /:(?:key|ref)\b/.test(path) || fieldsOf(body).some((name) => name === 'key' || name === 'activities');
}

function fieldsOf(body: z.ZodMiniType | undefined): string[] {
  const shape = body === undefined || !('shape' in body) ? {} : body.shape;
  return Object.keys(shape as object);
}

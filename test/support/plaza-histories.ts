import fc from 'fast-check';
import type { PlainActivity } from './plain-model.js';

const DAY_MS = 86_400_000;
/** Around this day lie a year's end with an ISO week 53, both changes of the clock, and a 29 February. */
const START_MS = Date.parse('2015-11-20T00:00:00Z');

const departments = [
  'FRUTA',
  'PAN',
  'CARNE, FRESCA',
  'PESCADO',
  'VINO/CAVA',
  'HOGAR',
  '"GOURMET"',
  'FLORES',
  'OCIO',
  'ROPA',
];

const purchase = fc.record({
  type: fc.constant('purchase'),
  attributes: fc.record(
    {
      totalMinor: fc.oneof(
        { weight: 6, arbitrary: fc.integer({ min: 0, max: 30_000 }) },
        { weight: 2, arbitrary: fc.constantFrom(0, 99, 100, 1_990, 33_333, 1_000_000_000_000) },
      ),
      privateLabelMinor: fc.constantFrom(0, 99, 100, 199, 1_234),
      departments: fc.array(
        fc.record({ name: fc.constantFrom(...departments), amountMinor: fc.integer({ min: 0, max: 900 }) }),
        { maxLength: 6 },
      ),
    },
    { requiredKeys: ['totalMinor'] },
  ),
});

const other = fc.oneof(
  fc.record({ type: fc.constant('coupon.redeemed'), attributes: fc.record({ coupon: fc.constant('C1') }) }),
  fc.record({ type: fc.constant('forum.accepted'), attributes: fc.constant({ thread: 't', post: 'p' }) }),
  fc.record({ type: fc.constant('profile.completed'), attributes: fc.constant({}) }),
  fc.record({ type: fc.constant('survey.answered'), attributes: fc.constant({ survey: 's' }) }),
  fc.record({
    type: fc.constant('referral.qualified'),
    attributes: fc.record({
      role: fc.constantFrom('friend', 'advocate'),
      other: fc.constant('o'),
      purchase: fc.constant('p'),
    }),
  }),
);

export interface Delivery {
  readonly activity: PlainActivity;
  /** When it arrives, by the wall; never before it happened, and never before the one delivered before it. */
  readonly at: string;
}

const step = fc.record({
  what: fc.oneof({ weight: 4, arbitrary: purchase }, { weight: 1, arbitrary: other }),
  // Mostly the same or the next days, often whole weeks, now and then months or to the same day of another year.
  pauseHours: fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 0, max: 80 }) },
    { weight: 2, arbitrary: fc.integer({ min: 100, max: 400 }) },
    { weight: 3, arbitrary: fc.constantFrom(168, 168, 168, 336) },
    { weight: 1, arbitrary: fc.integer({ min: 2_000, max: 9_000 }) },
    { weight: 1, arbitrary: fc.constantFrom(24 * 365, 24 * 366) },
  ),
  lateHours: fc.oneof(
    { weight: 5, arbitrary: fc.constant(0) },
    { weight: 3, arbitrary: fc.integer({ min: 1, max: 24 * 40 }) },
    { weight: 2, arbitrary: fc.constantFrom(168, 336, 504, 672) },
    { weight: 1, arbitrary: fc.integer({ min: 24 * 40, max: 24 * 399 }) },
    { weight: 1, arbitrary: fc.integer({ min: 24 * 364, max: 24 * 368 }) },
  ),
});

/** One member's activities in order of arrival, with late ones anywhere among them. */
export const deliveries: fc.Arbitrary<Delivery[]> = fc
  .tuple(fc.integer({ min: 0, max: 500 }), fc.array(step, { minLength: 1, maxLength: 100, size: 'max' }))
  .map(([startDays, steps]) => {
    let atMs = START_MS + startDays * DAY_MS;
    let newestMs = 0;
    return steps.map(({ what, pauseHours, lateHours }) => {
      atMs += pauseHours * 3_600_000;
      // Older than 400 days before the member's newest would be refused before any decision.
      const occurredMs = Math.max(atMs - lateHours * 3_600_000, newestMs - 400 * DAY_MS);
      newestMs = Math.max(newestMs, occurredMs);
      return {
        activity: { ...what, occurredAt: new Date(occurredMs).toISOString() },
        at: new Date(atMs).toISOString(),
      };
    });
  });

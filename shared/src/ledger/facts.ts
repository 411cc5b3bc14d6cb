import * as z from 'zod/mini';
import { LocalDate } from '#platform/time.js';

/** One moment as a date in both zones that definitions may choose. */
export const LocalDates = z.object({ program: LocalDate, member: LocalDate });
export type LocalDates = z.infer<typeof LocalDates>;

/**
 * What a decision may depend on besides program, state and activity; collected before, stored with the entry. `occurred`
 * is the activity's own moment; `now` is the member's time: the lane's `at`, or under program time `activities` the newest
 * `occurredAt` of the member's journal, this activity included.
 */
export const Facts = z.object({ calendar: z.object({ occurred: LocalDates, now: LocalDates }) });
export type Facts = z.infer<typeof Facts>;

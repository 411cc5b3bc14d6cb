import * as z from 'zod/mini';

/** The revision of a definition: rises when it changes, so that members in the middle of something keep theirs. */
export const Rev = z.int().check(z.gte(1), z.lte(1_000_000_000));
export type Rev = z.infer<typeof Rev>;

/** Whose calendar cuts the days, weeks, months and years of a definition. */
export const DefinitionZone = z.enum(['member', 'program']);
export type DefinitionZone = z.infer<typeof DefinitionZone>;

/** A stretch of the calendar: weeks are ISO weeks from Monday; `ever` has no end. */
export const Period = z.enum(['day', 'week', 'month', 'year', 'ever']);
export type Period = z.infer<typeof Period>;

/** What becomes of something that was reached when what it was reached by is taken back: it goes too, unless it is to stay. */
export const OnReversal = z.enum(['takeBack', 'keep']);
export type OnReversal = z.infer<typeof OnReversal>;

/** No line, amount or target lies beyond this, so that sums stay exact. */
export const AMOUNT_MAX = 1_000_000_000_000;

/** A whole number of something to collect or reach. */
export const Target = z.int().check(z.gte(1), z.lte(AMOUNT_MAX));
export type Target = z.infer<typeof Target>;

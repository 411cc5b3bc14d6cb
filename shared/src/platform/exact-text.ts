import * as z from 'zod/mini';
import { expects } from './expected-form.js';

/** From here on a sign may stand in two forms; what lies below is composed as it is. */
const MAY_STAND_APART = /[\u0300-\uFFFF]/;
/** Nothing that a caller sends nests deeper and is taken. */
const DEPTH_MAX = 16;

/**
 * The same with every text in it composed (NFC), so that an `é` of one sign and one of two are one text. Answers the very value
 * where nothing of it could stand apart.
 */
export function composed<T>(value: T): T {
  return mayStandApart(value, DEPTH_MAX) ? (compose(value, DEPTH_MAX) as T) : value;
}

/**
 * A text that is compared to the letter and read by no grammar: an id, a value of a definition. Composed, and then of `min` to
 * `max` characters; nothing else of it is changed.
 */
export function exactText(min: number, max: number) {
  return z.string().check(z.normalize('NFC'), z.minLength(min), z.maxLength(max));
}

/** A code of capitals and digits that people type: blanks around it, small letters and letters of full width make no difference. */
export function typedCode(form: RegExp) {
  return z.string().check(z.normalize('NFKC'), z.trim(), z.toUpperCase(), z.regex(form, expects('code')));
}

/** Attributes of an activity as a caller sends them: composed. What they may be says the activity's type. */
export const GivenAttributes = z.record(z.string(), z.unknown()).check(z.overwrite(composed));

function mayStandApart(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return MAY_STAND_APART.test(value);
  if (typeof value !== 'object' || value === null || depth === 0) return false;
  return Object.values(value).some((one) => mayStandApart(one, depth - 1));
}

function compose(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.normalize('NFC');
  if (typeof value !== 'object' || value === null || depth === 0) return value;
  if (Array.isArray(value)) return value.map((one) => compose(one, depth - 1));
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, compose(one, depth - 1)]));
}

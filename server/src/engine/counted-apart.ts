import type { ObjectAttribute } from '@verbena/shared/activities/attribute-schema.js';
import type { HeldBadge } from '@verbena/shared/ledger/member-state.js';
import { digest } from './digest.js';
import { folded, isFolded } from './field-values.js';
import { own } from './own.js';

/** The value for which an activity is counted apart, as a text that any store takes as a key. */
export type ReadApart = (attributes: Readonly<Record<string, unknown>>) => string;

/** What no period has in its key, and no value. */
const SEPARATOR = '~';
/** Numbers, ids of any form of ours and short names stand as they are, without what an object has by itself, and what stands for nothing. */
const PLAIN = /^(?!(?:__proto__|-)$)[A-Za-z0-9_-][A-Za-z0-9_:-]{0,63}$/;

/** Reads the attribute by which something is counted apart; null where all is counted together. */
export function compileApart(by: string | undefined, attributes: ObjectAttribute | null): ReadApart | null {
  if (by === undefined) return null;
  const folds = isFolded(attributes, by);
  return (given) => {
    const value = own(given, by);
    if (typeof value === 'number' || typeof value === 'boolean') return keyOf(String(value));
    return keyOf(typeof value !== 'string' ? '' : folds ? folded(value) : value);
  };
}

/** Nothing at all is a value too; what is long or holds what keys may not is told by its digest. */
function keyOf(text: string): string {
  if (text === '') return '-';
  return PLAIN.test(text) ? text : `=${digest(text)}`;
}

/** Under which key a state keeps what was used or counted in a period, for one value where it is counted apart. */
export function bucketOf(period: string, value: string | null): string {
  return value === null ? period : period + SEPARATOR + value;
}

/** The period of such a key. */
export function periodOf(bucket: string): string {
  const end = bucket.indexOf(SEPARATOR);
  return end === -1 ? bucket : bucket.slice(0, end);
}

/** The value of such a key; undefined where all is counted together. */
export function valueOf(bucket: string): string | undefined {
  const end = bucket.indexOf(SEPARATOR);
  return end === -1 ? undefined : bucket.slice(end + 1);
}

/** How often a badge is held: once for each value that it was granted for. */
export function timesHeld(held: HeldBadge | undefined): number {
  if (held === undefined) return 0;
  return held.of === undefined ? 1 : Object.keys(held.of).length;
}

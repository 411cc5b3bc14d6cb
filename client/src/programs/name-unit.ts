import type { Showcase } from '@verbena/shared/programs/programs.routes.js';
import type { Speech } from '#lib/words/speech.js';

/** How one and how many of a currency are called, for somebody who has no member area; its id where it is not known. */
export function nameUnit(
  currencies: Showcase['currencies'],
  id: string | undefined,
  speech: Pick<Speech, 'choose'>,
): { one: string; other: string } {
  const currency = currencies.find((candidate) => candidate.id === id);
  if (currency === undefined) return { one: id ?? '', other: id ?? '' };
  return { one: speech.choose(currency.one), other: speech.choose(currency.other) };
}

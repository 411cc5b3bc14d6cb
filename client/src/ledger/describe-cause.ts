import type { Cause } from '@verbena/shared/ledger/entry-recorded.js';
import type { Names } from '#programs/names.js';
import type { Speech } from '#lib/words/speech.js';

/** What a member did, in a few words: "Compra en Librería Alba". */
export function describeCause(cause: Pick<Cause, 'type' | 'attributes'>, names: Names, speech: Speech): string {
  const words = speech.words.cause;
  if (cause.type === 'clock.struck') return words.clock;
  if (cause.type === 'state.extended') return words.extended;
  if (cause.type === 'state.repaired') return words.repaired;
  const what = names.activityType(cause.type);
  const store = cause.attributes['store'];
  if (typeof store !== 'string' || store === '') return what;
  // Shops that the brand only numbers read as such.
  return /^\d+$/.test(store) ? words.atNumber({ what, store }) : words.at({ what, store });
}

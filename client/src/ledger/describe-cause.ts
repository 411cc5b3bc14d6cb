import { reversedTypeOf } from '@verbena/shared/activities/activity-type.js';
import type { Cause } from '@verbena/shared/ledger/entry-recorded.js';
import type { LocalizedText } from '@verbena/shared/platform/localized-text.js';
import type { Names } from '#programs/names.js';
import type { Speech } from '#lib/words/speech.js';

/** What a member did, in a few words: "Compra en Librería Alba"; or what was done for it: "Se ha anulado: Compra". */
export function describeCause(
  cause: Pick<Cause, 'type' | 'attributes' | 'partner' | 'sender'>,
  names: Names,
  speech: Speech,
): string {
  const words = speech.words.cause;
  if (cause.partner != null) {
    if (cause.type === 'transfer.received') return words.giftFrom({ name: cause.partner });
    if (cause.type === 'transfer.sent') return words.giftTo({ name: cause.partner });
  }
  const own = words.own[cause.type];
  if (own !== undefined) return own;
  const reversed = reversedTypeOf(cause.type);
  if (reversed !== null) return words.reversed({ what: words.own[reversed] ?? names.activityType(reversed) });
  const what = names.activityType(cause.type);
  if (names.isReferral(cause.type)) {
    const isAdvocate = cause.attributes['role'] === 'advocate';
    if (cause.partner != null) return words[isAdvocate ? 'invited' : 'invitedBy']({ name: cause.partner });
    return words[isAdvocate ? 'referralAdvocate' : 'referralFriend']({ what });
  }
  const store = cause.attributes['store'] ?? cause.sender;
  if (typeof store !== 'string' || store === '') return what;
  // Shops that the brand only numbers read as such.
  return /^\d+$/.test(store) ? words.atNumber({ what, store }) : words.at({ what, store });
}

/** What the program says to those whose accounts it corrected; nothing for anything else. */
export function messageOf({ type, attributes }: Pick<Cause, 'type' | 'attributes'>, speech: Speech): readonly string[] {
  const { message } = attributes;
  return type === 'undo.applied' && isText(message) ? [speech.choose(message)] : [];
}

function isText(message: unknown): message is LocalizedText {
  return typeof message === 'object' && message !== null && 'es' in message && typeof message.es === 'string';
}

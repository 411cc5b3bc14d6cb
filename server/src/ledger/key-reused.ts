import { hashOf } from '#platform/crypto/hash.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { RecordedActivity } from './journal-entry.js';

type Sent = { readonly member: string } & Pick<RecordedActivity, 'type' | 'attributes' | 'personal' | 'note'> &
  Partial<Pick<RecordedActivity, 'occurredAt' | 'receivedAt' | 'channel'>>;

/** The refusal of a key that came with another body: since when it is taken, and which fields differ (their names alone). */
export function keyReused(since: string, before: Sent, now: Sent): Refusal {
  const [old, other] = [fieldsOf(before), fieldsOf(now)];
  const differs = [...new Set([...Object.keys(old), ...Object.keys(other)])].filter(
    (name) => hashOf(old[name] ?? null) !== hashOf(other[name] ?? null),
  );
  return new Refusal('activity.keyReused', {
    since,
    ...(differs.length === 0 ? {} : { differs: differs.slice(0, 10).join(', ') }),
  });
}

/** What was sent, by the names under which it was sent. A moment that was the server's own was not. */
function fieldsOf({
  type,
  member,
  channel,
  occurredAt,
  receivedAt,
  attributes,
  personal,
  note,
}: Sent): Record<string, unknown> {
  const given = { ...attributes, ...personal };
  return {
    ...{ type, member, channel, reason: note?.reason },
    occurredAt: isNow(occurredAt, receivedAt) ? null : occurredAt,
    ...Object.fromEntries(Object.entries(given).map(([name, value]) => [`attributes.${name}`, value])),
  };
}

function isNow(occurredAt = '', receivedAt = ''): boolean {
  return Math.abs(Date.parse(occurredAt) - Date.parse(receivedAt)) < 1_000;
}

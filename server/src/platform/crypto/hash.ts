import { createHash, hash } from 'node:crypto';
import { configure } from 'safe-stable-stringify';

/** RFC 8785: keys by code units, numbers as ECMAScript writes them. Throws on what JSON cannot hold, such as a number that is not finite. */
const canonicalize = configure({ strict: true });

/** SHA-256 over the RFC 8785 form of `["verbena/1", …parts]`, as lower-case hexadecimal. */
export function hashOf(...parts: readonly unknown[]): string {
  return hash('sha256', canonicalize(['verbena/1', ...parts]), 'hex');
}

/** The `_id` of a journal entry: 16 bytes of SHA-256 over the space of its key (`keySpaceOf`) and the key, base64url. */
export function entryIdOf(program: string, space: string, key: string): string {
  // A zero byte cannot occur in any of the parts, so no two lists of parts read the same.
  return createHash('sha256')
    .update(`${program}\u0000${space}\u0000${key}`, 'utf8')
    .digest()
    .subarray(0, 16)
    .toString('base64url');
}

export const SHARDS = 64;

/** The shard of a member: the first byte of SHA-256(program ‖ member), modulo 64. Fixed for ever. */
export function shardOf(program: string, member: string): number {
  const first =
    createHash('sha256')
      .update(program + member, 'utf8')
      .digest()[0] ?? 0;
  return first % SHARDS;
}

/** SHA-256 as base64url, for tokens and keys that are stored but must not be readable. */
export function secretHash(secret: string): string {
  return createHash('sha256').update(secret, 'utf8').digest('base64url');
}

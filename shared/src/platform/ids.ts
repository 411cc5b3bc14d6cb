import * as z from 'zod/mini';
import { expects } from './expected-form.js';
import { exactText } from './exact-text.js';

/** An id that we mint: a ULID, 26 Crockford base-32 characters, so ids sort by the moment they were made. */
export const Ulid = z.string().check(z.regex(/^[0-9A-HJKMNP-TV-Z]{26}$/, expects('id')));
export type Ulid = z.infer<typeof Ulid>;

/** A short name for people and URLs: lower-case letters, digits and single hyphens, 2 to 48 characters. */
export const Slug = z
  .string()
  .check(z.minLength(2), z.maxLength(48), z.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, expects('slug')));
export type Slug = z.infer<typeof Slug>;

/** What stands behind a program's slug where its sandbox is meant; no slug has such a sign. */
export const SANDBOX = '~test';

/**
 * The brand's own id of a member; opaque to us but for its accents, which are composed: 1 to 128 printable characters then. Blanks
 * around it are refused (`blanksAround`): whoever sends one cut it wrongly, and the next one will not.
 */
export const ExternalId = exactText(1, 128).check(
  z.refine((id) => id.trim() === id, { params: { code: 'blanksAround' }, abort: true }),
  z.regex(/^[^\s\p{C}](?:[^\p{C}]*[^\s\p{C}])?$/u, expects('externalId')),
);
export type ExternalId = z.infer<typeof ExternalId>;

/** The `_id` of a journal entry: 16 bytes of SHA-256 over (program, source, key), as 22 base64url characters. */
export const EntryId = z.string().check(z.regex(/^[A-Za-z0-9_-]{22}$/));
export type EntryId = z.infer<typeof EntryId>;

/**
 * How a route names a member: `me` (the login's own), a ULID, `ext:<externalId>` in the caller's namespace, or `code:<member code>`,
 * whose blanks and hyphens make no difference.
 */
export const MemberRef = z.union([
  z.literal('me'),
  Ulid,
  z.string().check(z.normalize('NFC'), z.regex(/^ext:[^\s\p{C}](?:[^\p{C}]*[^\s\p{C}])?$/u), z.maxLength(132)),
  z.string().check(z.normalize('NFKC'), z.regex(/^code:[0-9\s\p{Pd}]+$/u), z.maxLength(32)),
]);
export type MemberRef = z.infer<typeof MemberRef>;

import * as z from 'zod/mini';
import { exactText } from '#platform/exact-text.js';
import { Ulid } from '#platform/ids.js';
import { route } from '#platform/route.js';
import { Instant } from '#platform/time.js';
import { typedLine } from '#platform/typed-text.js';
import { KeyPermission } from './permissions.js';

/**
 * For whom a key speaks, and who vouches for what it sends: the program, `brand:<id>` or `shop:<id>`. An idempotency key is unique
 * within its source, for ever; what one source sent, another one neither reads nor takes back.
 */
export const KeySource = z.string().check(z.regex(/^(?:program|(?:brand|shop):[0-9A-HJKMNP-TV-Z]{26})$/));
export type KeySource = 'program' | `brand:${string}` | `shop:${string}`;

/** `test`: what it sends stays in the program's sandbox, and the members that it names are of there. */
export const KeyMode = z.enum(['live', 'test']);
export type KeyMode = z.infer<typeof KeyMode>;

/**
 * What somebody says of a key that they make. `types` lists the activity types that it may send. `source`: the program unless said; `mode`: `live`.
 */
export const ApiKeyDraft = z.strictObject({
  name: typedLine(1, 80),
  source: z.optional(KeySource),
  mode: z.optional(KeyMode),
  types: z.array(exactText(1, 64)).check(z.maxLength(64)),
  permissions: z.array(KeyPermission).check(z.minLength(1), z.maxLength(8)),
  /** After so many days it opens nothing any more; absent: it is good until somebody withdraws it. */
  expiresInDays: z.optional(z.int().check(z.gte(1), z.lte(3_650))),
});
export type ApiKeyDraft = z.infer<typeof ApiKeyDraft>;

export const ApiKey = z.object({
  id: z.string(),
  name: z.string(),
  mode: KeyMode,
  source: KeySource,
  /** The name of the brand or shop of its source, as it is now; null: it speaks for the program. */
  speaksFor: z.nullable(z.string()),
  types: z.array(z.string()),
  permissions: z.array(KeyPermission),
  createdAt: Instant,
  /** From when on it opens nothing; null: it is good until somebody withdraws it. */
  expiresAt: z.nullable(Instant),
  lastUsedAt: z.nullable(Instant),
  revokedAt: z.nullable(Instant),
  /** The key that took its place; from then on it is good for a day. */
  renewedBy: z.nullable(Ulid),
});
export type ApiKey = z.infer<typeof ApiKey>;

/** A key just made: the only time that its secret is shown. */
export const ApiKeyWithSecret = z.extend(ApiKey, { secret: z.string() });
export type ApiKeyWithSecret = z.infer<typeof ApiKeyWithSecret>;

export const createApiKey = route({
  method: 'POST',
  path: '/programs/:program/keys',
  summary: 'Make an API key; its secret is shown once',
  access: 'keys.manage',
  body: ApiKeyDraft,
  response: ApiKeyWithSecret,
  status: 201,
  errors: [
    'program.notFound',
    'activity.unknownType',
    'brand.notFound',
    'brand.archived',
    'shop.notFound',
    'shop.archived',
  ],
});

export const listApiKeys = route({
  method: 'GET',
  path: '/programs/:program/keys',
  summary: 'The API keys of a program, without secrets',
  access: 'keys.manage',
  response: z.object({ items: z.array(ApiKey) }),
  errors: ['program.notFound'],
});

export const renewApiKey = route({
  method: 'POST',
  path: '/programs/:program/keys/:key/renewal',
  summary:
    'A new secret for the same rights, source and length of life; the old one is good for 24 more hours. What one of them sent is a repeat for the other',
  access: 'keys.manage',
  response: ApiKeyWithSecret,
  status: 201,
  errors: ['program.notFound', 'key.notFound', 'key.notRenewable', 'brand.archived', 'shop.archived'],
});

export const revokeApiKey = route({
  method: 'DELETE',
  path: '/programs/:program/keys/:key',
  summary: 'Withdraw an API key at once',
  access: 'keys.manage',
  response: ApiKey,
  errors: ['program.notFound', 'key.notFound'],
});

export const emptySandbox = route({
  method: 'POST',
  path: '/programs/:program/sandbox/emptying',
  summary:
    'Begin the sandbox of the test keys anew: what they sent is hidden, and the same keys and cards count as if for the first time',
  access: 'keys.manage',
  response: z.object({ generation: z.number() }),
  errors: ['program.notFound'],
});

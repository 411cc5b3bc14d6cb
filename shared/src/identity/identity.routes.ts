import * as z from 'zod/mini';
import { Language } from '#platform/localized-text.js';
import { exactText } from '#platform/exact-text.js';
import { Slug, Ulid } from '#platform/ids.js';
import { Instant } from '#platform/time.js';
import { route } from '#platform/route.js';
import { typedLine } from '#platform/typed-text.js';
import { KeyPermission, Role } from './permissions.js';

/** An e-mail address as somebody types it; compared in lower case. */
export const Email = z.string().check(z.trim(), z.maxLength(254), z.email());
export type Email = z.infer<typeof Email>;

/**
 * The password of a login, as somebody types it, compared as NFKC. Older ones were measured before that: of their 256 characters one can
 * become 18, and none that was taken then may be refused now.
 */
export const PresentPassword = z.string().check(z.normalize('NFKC'), z.minLength(1), z.maxLength(256 * 18));

export const Credentials = z.strictObject({
  email: Email,
  password: PresentPassword,
});
export type Credentials = z.infer<typeof Credentials>;

/** A fresh access token (EdDSA JWT, ten minutes, kept in memory only) and when it ends. */
export const AccessGrant = z.object({ accessToken: z.string(), expiresAt: Instant });
export type AccessGrant = z.infer<typeof AccessGrant>;

/** The login itself, and the programs in which it has a member or a role. */
export const Me = z.object({
  id: Ulid,
  email: z.string(),
  name: z.string(),
  language: Language,
  operator: z.boolean(),
  emailVerified: z.boolean(),
  /** Whether an authenticator app is set up, and until when this session has shown it. */
  secondFactor: z.object({ isOn: z.boolean(), until: z.nullable(Instant) }),
  enrolments: z.array(
    z.object({ program: z.object({ id: Ulid, slug: Slug, name: z.string() }), role: Role, member: z.nullable(Ulid) }),
  ),
});
export type Me = z.infer<typeof Me>;

export const login = route({
  method: 'POST',
  path: '/auth/login',
  summary: 'Log in with e-mail and password; sets the refresh cookie',
  access: 'public',
  body: Credentials,
  response: AccessGrant,
  errors: ['auth.badCredentials'],
});

export const refresh = route({
  method: 'POST',
  path: '/auth/refresh',
  summary:
    'Exchange the refresh cookie for a new one and an access token; a cookie that was used before ends the session',
  access: 'public',
  response: AccessGrant,
  errors: ['auth.sessionEnded', 'auth.originForbidden'],
});

export const logout = route({
  method: 'POST',
  path: '/auth/logout',
  summary: 'End this session, its access tokens and its sockets',
  access: 'public',
  response: z.object({ ended: z.boolean() }),
  errors: ['auth.originForbidden'],
});

export const getMe = route({
  method: 'GET',
  path: '/me',
  summary: 'The login that asks, with its programs',
  access: 'signedIn',
  response: Me,
});

/** What somebody says of a key that they make. `types` lists the activity types that it may send. */
export const ApiKeyDraft = z.strictObject({
  name: typedLine(1, 80),
  types: z.array(exactText(1, 64)).check(z.maxLength(64)),
  permissions: z.array(KeyPermission).check(z.minLength(1), z.maxLength(8)),
  /** After so many days it opens nothing any more; absent: it is good until somebody withdraws it. */
  expiresInDays: z.optional(z.int().check(z.gte(1), z.lte(3_650))),
});
export type ApiKeyDraft = z.infer<typeof ApiKeyDraft>;

export const ApiKey = z.object({
  id: z.string(),
  name: z.string(),
  types: z.array(z.string()),
  permissions: z.array(KeyPermission),
  createdAt: Instant,
  /** From when on it opens nothing; null: it is good until somebody withdraws it. */
  expiresAt: z.nullable(Instant),
  lastUsedAt: z.nullable(Instant),
  revokedAt: z.nullable(Instant),
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
  errors: ['program.notFound', 'activity.unknownType'],
});

export const listApiKeys = route({
  method: 'GET',
  path: '/programs/:program/keys',
  summary: 'The API keys of a program, without secrets',
  access: 'keys.manage',
  response: z.object({ items: z.array(ApiKey) }),
  errors: ['program.notFound'],
});

export const revokeApiKey = route({
  method: 'DELETE',
  path: '/programs/:program/keys/:key',
  summary: 'Withdraw an API key at once',
  access: 'keys.manage',
  response: ApiKey,
  errors: ['program.notFound', 'key.notFound'],
});

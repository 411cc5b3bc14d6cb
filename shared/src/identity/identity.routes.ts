import * as z from 'zod/mini';
import { Language } from '#platform/localized-text.js';
import { Slug, Ulid } from '#platform/ids.js';
import { Instant } from '#platform/time.js';
import { route } from '#platform/route.js';
import { Role } from './role.js';

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

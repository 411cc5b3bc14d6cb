import * as z from 'zod/mini';
import { Slug, Ulid } from '#platform/ids.js';
import { Language } from '#platform/localized-text.js';
import { route } from '#platform/route.js';
import { Instant } from '#platform/time.js';
import { typedName } from '#platform/typed-text.js';
import { AccessGrant, Email, Me, PresentPassword } from './identity.routes.js';

/** A password that somebody chooses: long rather than strange. */
export const NewPassword = z.string().check(z.normalize('NFKC'), z.minLength(10), z.maxLength(256));
export type NewPassword = z.infer<typeof NewPassword>;

/** A code from a mail's link: 256 random bits, base64url. Kept as a hash, good once and for a while. */
export const MailedCode = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/));
export type MailedCode = z.infer<typeof MailedCode>;

/** A new login. `program` chooses whose name, language and page the mail about it has. */
export const Registration = z.strictObject({
  email: Email,
  password: NewPassword,
  name: typedName(80),
  language: z.optional(Language),
  program: z.optional(Slug),
});
export type Registration = z.infer<typeof Registration>;

export const register = route({
  method: 'POST',
  path: '/auth/register',
  summary:
    'Make a login and begin its session; a mail asks to verify the address. The right password of an existing login logs in',
  access: 'public',
  body: Registration,
  response: AccessGrant,
  status: 201,
  errors: ['account.emailTaken', 'account.tooMany'],
});

export const verifyEmail = route({
  method: 'POST',
  path: '/auth/verify',
  summary: 'Verify an e-mail address with the code of the mail',
  access: 'public',
  body: z.strictObject({ code: MailedCode }),
  response: z.object({ email: z.string() }),
  errors: ['account.codeInvalid'],
});

export const resendVerification = route({
  method: 'POST',
  path: '/auth/verify/resend',
  summary: 'Send the mail that verifies the address again',
  access: 'signedIn',
  body: z.strictObject({ program: z.optional(Slug) }),
  response: z.object({ sent: z.boolean() }),
  errors: [],
});

export const requestReset = route({
  method: 'POST',
  path: '/auth/reset',
  summary: 'Ask for a mail to choose a new password; the answer is the same whether the address has a login or not',
  access: 'public',
  body: z.strictObject({ email: Email, program: z.optional(Slug) }),
  response: z.object({ asked: z.boolean() }),
  errors: [],
});

export const confirmReset = route({
  method: 'POST',
  path: '/auth/reset/confirm',
  summary: 'Choose a new password with the code of the mail; ends every session and begins a new one',
  access: 'public',
  body: z.strictObject({ code: MailedCode, password: NewPassword }),
  response: AccessGrant,
  errors: ['account.codeInvalid'],
});

export const changePassword = route({
  method: 'POST',
  path: '/auth/password',
  summary: 'Change the password; ends every other session',
  access: 'signedIn',
  body: z.strictObject({ current: PresentPassword, password: NewPassword }),
  response: z.object({ ended: z.number() }),
  errors: ['account.passwordWrong'],
});

export const changeMe = route({
  method: 'PATCH',
  path: '/me',
  summary: 'Change how the login is called and spoken to',
  access: 'signedIn',
  body: z.strictObject({
    name: z.optional(typedName(80)),
    language: z.optional(Language),
  }),
  response: Me,
  errors: [],
});

/** A login on a device. `device` is read from the browser's own words: "Chrome en Android", never an address. */
export const SessionView = z.object({
  id: Ulid,
  isThis: z.boolean(),
  device: z.object({ browser: z.nullable(z.string()), system: z.nullable(z.string()) }),
  createdAt: Instant,
  lastUsedAt: Instant,
});
export type SessionView = z.infer<typeof SessionView>;

export const listSessions = route({
  method: 'GET',
  path: '/me/sessions',
  summary: 'The devices on which this login is logged in, the last used first',
  access: 'signedIn',
  response: z.object({ items: z.array(SessionView) }),
});

export const endSession = route({
  method: 'DELETE',
  path: '/me/sessions/:session',
  summary: 'Log one device out; its sockets close at once',
  access: 'signedIn',
  response: z.object({ ended: z.boolean() }),
  errors: ['session.notFound'],
});

export const logOutEverywhere = route({
  method: 'POST',
  path: '/auth/logout-everywhere',
  summary: 'Log out on every device, this one included',
  access: 'signedIn',
  response: z.object({ ended: z.number() }),
});

import * as z from 'zod/mini';
import { route } from '#platform/route.js';
import { Instant } from '#platform/time.js';
import { PresentPassword } from './identity.routes.js';

/** The six digits of an authenticator app (RFC 6238), or one of the recovery codes. */
export const SecondFactorCode = z.string().check(z.normalize('NFKC'), z.trim(), z.minLength(6), z.maxLength(24));
export type SecondFactorCode = z.infer<typeof SecondFactorCode>;

/** `until`: how long this session may give points without being asked again; null: it will be asked. */
export const SecondFactor = z.object({ isOn: z.boolean(), until: z.nullable(Instant), recoveryCodesLeft: z.number() });
export type SecondFactor = z.infer<typeof SecondFactor>;

export const getSecondFactor = route({
  method: 'GET',
  path: '/me/second-factor',
  summary: 'Whether this login has a second factor, and whether this session has shown it',
  access: 'signedIn',
  response: SecondFactor,
});

export const beginSecondFactor = route({
  method: 'POST',
  path: '/me/second-factor',
  summary: 'Begin to set up an authenticator app; counts once a code of it was confirmed',
  access: 'signedIn',
  body: z.strictObject({ password: PresentPassword }),
  response: z.object({ secret: z.string(), uri: z.string() }),
  errors: ['account.passwordWrong', 'secondFactor.isOn'],
});

export const confirmSecondFactor = route({
  method: 'POST',
  path: '/me/second-factor/confirm',
  summary: 'Confirm the authenticator app with a code; the recovery codes are shown this once',
  access: 'signedIn',
  body: z.strictObject({ code: SecondFactorCode }),
  response: z.object({ recoveryCodes: z.array(z.string()), until: Instant }),
  errors: ['secondFactor.wrong', 'secondFactor.notBegun'],
});

export const showSecondFactor = route({
  method: 'POST',
  path: '/auth/second-factor',
  summary: 'Show the second factor in this session; needed for whatever gives points',
  access: 'signedIn',
  body: z.strictObject({ code: SecondFactorCode }),
  response: z.object({ until: Instant }),
  errors: ['secondFactor.wrong', 'secondFactor.isOff'],
});

export const removeSecondFactor = route({
  method: 'POST',
  path: '/me/second-factor/remove',
  summary: 'Take the authenticator app away, with the password and a code',
  access: 'signedIn',
  body: z.strictObject({ password: PresentPassword, code: SecondFactorCode }),
  response: z.object({ removed: z.boolean() }),
  errors: ['account.passwordWrong', 'secondFactor.wrong', 'secondFactor.isOff'],
});

import type { ERRORS } from '#manifests.js';

export type ErrorCode = keyof typeof ERRORS;

/** Refusals that any route may answer, so that routes list only their own. */
export const COMMON_ERRORS: readonly ErrorCode[] = [
  'input.invalid',
  'rate.exceeded',
  'server.failed',
  'server.unavailable',
];

/** The same of any route that is not for everybody. */
export const LOGIN_ERRORS: readonly ErrorCode[] = [
  'auth.required',
  'auth.sessionEnded',
  'auth.tokenExpired',
  'auth.keyInvalid',
  'auth.forbidden',
  'auth.secondFactorNeeded',
  'sandbox.refused',
];

/** The same of any route that takes a body. */
export const BODY_ERRORS: readonly ErrorCode[] = ['input.unreadable', 'input.tooLarge', 'input.mediaType'];

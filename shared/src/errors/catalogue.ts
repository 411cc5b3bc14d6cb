/** One refusal: its HTTP status and a title in English for developers. People read `errors.es.ts` and `errors.en.ts`. */
export interface ErrorSpec {
  readonly status: number;
  readonly title: string;
}

/**
 * Every refusal of Verbena, once. A code never changes its meaning; a new meaning is a new code.
 * Status: 400 shape · 401 who are you · 403 not yours · 404 not there (or not for you to know) · 409 it is so already ·
 * 422 understood and impossible · 429 slower · 503 come back.
 */
export const ERRORS = {
  'input.invalid': { status: 400, title: 'Some fields are not valid' },
  'input.unreadable': { status: 400, title: 'The body could not be read as JSON' },
  'input.tooLarge': { status: 413, title: 'The body is too large' },
  'input.mediaType': { status: 415, title: 'Only application/json is understood here' },
  'route.notFound': { status: 404, title: 'There is no such address' },
  'server.failed': { status: 500, title: 'Something broke on our side' },
  'server.unavailable': { status: 503, title: 'The server cannot do this at the moment' },
  'rate.exceeded': { status: 429, title: 'Too many requests' },
  'auth.required': { status: 401, title: 'Log in, or send an API key' },
  'auth.badCredentials': { status: 401, title: 'E-mail or password is wrong' },
  'auth.sessionEnded': { status: 401, title: 'The session has ended' },
  'auth.tokenExpired': { status: 401, title: 'The access token has expired' },
  'auth.keyInvalid': { status: 401, title: 'The API key is not valid' },
  'auth.forbidden': { status: 403, title: 'You may not do this' },
  'auth.activityTypeForbidden': { status: 403, title: 'This key may not send this activity type' },
  'auth.originForbidden': { status: 403, title: 'This request comes from another site' },
  'key.notFound': { status: 404, title: 'There is no such API key' },
  'program.notFound': { status: 404, title: 'There is no such program' },
  'program.slugTaken': { status: 409, title: 'This slug is taken' },
  'program.slugReserved': { status: 422, title: 'This slug is reserved' },
  'program.shiftDiffers': { status: 409, title: 'This program was imported with another shift' },
  'definitions.invalid': { status: 422, title: 'The definitions do not fit together' },
  'definitions.conflict': { status: 409, title: 'Somebody published another version meanwhile' },
  'member.notFound': { status: 404, title: 'There is no such member' },
  'member.required': { status: 422, title: 'Name the member by id or by externalId' },
  'member.hasLogin': { status: 409, title: 'This member belongs to another login' },
  'entry.notFound': { status: 404, title: 'There is no such journal entry' },
  'ledger.unrepairable': { status: 409, title: 'The journal itself is broken' },
  'mission.notFound': { status: 404, title: 'There is no such mission' },
  'activity.notFound': { status: 404, title: 'No activity of yours has this key' },
  'activity.unknownType': { status: 422, title: 'The program has no such activity type' },
  'activity.tooLate': { status: 422, title: 'The activity happened too long ago' },
  'activity.inFuture': { status: 422, title: 'The activity lies in the future' },
  'activity.keyReused': { status: 422, title: 'This idempotency key was used with another body' },
  'activity.quarantined': { status: 500, title: 'The activity could not be decided and was set aside' },
  'lane.busy': { status: 429, title: 'Too much is queued at the moment' },
  'lane.moved': { status: 503, title: 'Another node commits for this member' },
  'stream.unknown': { status: 404, title: 'There is no such stream' },
  'stream.cursorAhead': { status: 422, title: 'The cursor lies beyond the end of the stream' },
} as const satisfies Record<string, ErrorSpec>;

export type ErrorCode = keyof typeof ERRORS;

/** Refusals that any route may answer, so that routes list only their own. */
export const COMMON_ERRORS: readonly ErrorCode[] = [
  'input.invalid',
  'auth.required',
  'auth.forbidden',
  'rate.exceeded',
  'server.failed',
  'server.unavailable',
];

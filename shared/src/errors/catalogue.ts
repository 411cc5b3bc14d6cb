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
  'auth.secondFactorNeeded': { status: 403, title: 'Show the second factor first' },
  'account.emailTaken': { status: 409, title: 'This e-mail address has a login, and this is not its password' },
  'account.codeInvalid': { status: 422, title: 'This code was used, is over, or never was' },
  'account.passwordWrong': { status: 403, title: 'The present password is wrong' },
  'secondFactor.wrong': { status: 403, title: 'This code is wrong or was used' },
  'secondFactor.isOn': { status: 409, title: 'This login has a second factor already' },
  'secondFactor.isOff': { status: 409, title: 'This login has no second factor' },
  'secondFactor.notBegun': { status: 409, title: 'Begin to set up the second factor first' },
  'session.notFound': { status: 404, title: 'There is no such session of yours' },
  'key.notFound': { status: 404, title: 'There is no such API key' },
  'program.notFound': { status: 404, title: 'There is no such program' },
  'program.slugTaken': { status: 409, title: 'This slug is taken' },
  'program.slugReserved': { status: 422, title: 'This slug is reserved' },
  'program.shiftDiffers': { status: 409, title: 'This program was imported with another shift' },
  'program.joinClosed': { status: 403, title: 'This program cannot be joined like this' },
  'definitions.invalid': { status: 422, title: 'The definitions do not fit together' },
  'definitions.conflict': { status: 409, title: 'Somebody published another version meanwhile' },
  'version.notFound': { status: 404, title: 'There is no such version' },
  'version.moved': { status: 409, title: 'The draft is based on an older version' },
  'version.waiting': { status: 409, title: 'Another version waits for its day' },
  'version.notWaiting': { status: 409, title: 'This version does not wait' },
  'version.noticeTooShort': { status: 422, title: 'Changes for the worse need the whole notice' },
  'version.notCorrection': { status: 422, title: 'This takes away what has been in force for longer than the notice' },
  'version.inPast': { status: 422, title: 'A version cannot come into force in the past' },
  'draft.notFound': { status: 404, title: 'There is no such draft' },
  'draft.nameTaken': { status: 409, title: 'Another draft has this name' },
  'draft.changed': { status: 409, title: 'Somebody changed the draft meanwhile' },
  'draft.notApproved': { status: 409, title: 'Somebody else must approve this draft first' },
  'draft.ownApproval': { status: 403, title: 'Nobody approves a draft of their own' },
  'member.notFound': { status: 404, title: 'There is no such member' },
  'member.required': { status: 422, title: 'Name the member by id or by externalId' },
  'member.hasLogin': { status: 409, title: 'This member belongs to another login' },
  'member.alreadyEnrolled': { status: 409, title: 'This login is a member of the program already' },
  'member.aliasTaken': { status: 409, title: 'Another member has this alias' },
  'member.notEnrolled': { status: 409, title: 'This person has not joined the program' },
  'member.left': { status: 409, title: 'This member has left the program' },
  'claim.invalid': { status: 422, title: 'This claim code was used, is over, or never was' },
  'invitation.notFound': { status: 404, title: 'There is no such invitation' },
  'referral.self': { status: 422, title: 'Nobody can invite themselves' },
  'referral.none': { status: 404, title: 'This program has no referrals' },
  'board.notFound': { status: 404, title: 'There is no such board or run' },
  'entry.notFound': { status: 404, title: 'There is no such journal entry' },
  'ledger.unrepairable': { status: 409, title: 'The journal itself is broken' },
  'mission.notFound': { status: 404, title: 'There is no such mission' },
  'activity.notFound': { status: 404, title: 'No activity of yours has this key' },
  'activity.unknownType': { status: 422, title: 'The program has no such activity type' },
  'activity.tooLate': { status: 422, title: 'The activity happened too long ago' },
  'activity.inFuture': { status: 422, title: 'The activity lies in the future' },
  'activity.keyReused': { status: 422, title: 'This idempotency key was used with another body' },
  'activity.alreadyReversed': { status: 409, title: 'This activity was taken back already' },
  'activity.notReversible': { status: 422, title: 'This entry cannot be taken back' },
  'activity.undoTooLate': { status: 422, title: 'What was recorded by hand can be taken back for a day' },
  'activity.quarantined': { status: 500, title: 'The activity could not be decided and was set aside' },
  'lane.busy': { status: 429, title: 'Too much is queued at the moment' },
  'lane.moved': { status: 503, title: 'Another node commits for this member' },
  'stream.unknown': { status: 404, title: 'There is no such stream' },
  'stream.tooMany': { status: 422, title: 'This socket has as many streams open as it may' },
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

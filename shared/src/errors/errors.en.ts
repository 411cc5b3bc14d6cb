import type { es } from './errors.es.js';

/** The same refusals for readers of English. */
export const en: typeof es = {
  'input.invalid': 'Check the marked fields.',
  'input.unreadable': 'We could not read the data. Send valid JSON.',
  'input.tooLarge': 'There is too much data. Split it into smaller parts.',
  'input.mediaType': 'Send the data as JSON (application/json).',
  'route.notFound': 'There is nothing at this address. Check how it is spelled.',
  'server.failed': 'Something failed on our side. Nothing is lost; try again in a moment.',
  'server.unavailable': 'We cannot do this right now. Try again in a moment.',
  'rate.exceeded': (p, f) =>
    `That is a little fast. Wait ${f.count(Number(p.seconds ?? 1), { one: '# second', other: '# seconds' })} and go on.`,
  'auth.required': 'Log in to continue.',
  'auth.badCredentials': 'E-mail and password do not match. Check them and try again.',
  'auth.sessionEnded': 'Your session has ended. Log in again; nothing is lost.',
  'auth.tokenExpired': 'Your session needs to be renewed.',
  'auth.keyInvalid': 'This API key is not valid, or it was withdrawn.',
  'auth.forbidden': 'You do not have permission to do this.',
  'auth.activityTypeForbidden': (p) => `This key may not send activities of type “${String(p.type)}”.`,
  'auth.originForbidden': 'This request comes from another site and is not accepted.',
  'key.notFound': 'There is no such API key.',
  'program.notFound': 'There is no such program.',
  'program.slugTaken': (p) => `The name “${String(p.slug)}” is taken. Choose another.`,
  'program.slugReserved': (p) => `The name “${String(p.slug)}” is reserved. Choose another.`,
  'program.shiftDiffers': (p) =>
    `This program was imported with a shift of ${String(p.stored)} weeks. Use the same one, or another program.`,
  'definitions.invalid': 'The definitions do not fit together. Check the marked places.',
  'definitions.conflict': 'Somebody published another version meanwhile. Load it and apply your changes to it.',
  'member.notFound': 'There is no such member in this program.',
  'member.required': 'Say whose activity it is: the member’s id or external id.',
  'member.hasLogin': 'This member belongs to another login.',
  'entry.notFound': 'There is no such entry.',
  'ledger.unrepairable':
    'This member’s journal does not fit together and cannot be repaired by itself. Restore a backup and tell whoever keeps this installation.',
  'mission.notFound': 'There is no such mission.',
  'activity.notFound': 'No activity of yours has this key.',
  'activity.unknownType': (p) => `The program has no activity type “${String(p.type)}”.`,
  'activity.tooLate': (p, f) =>
    `The activity is more than ${f.count(Number(p.days ?? 400), { one: '# day', other: '# days' })} old and can no longer be recorded.`,
  'activity.inFuture': 'The date of the activity lies in the future. Correct it and send it again.',
  'activity.keyReused': 'This key was used with other data. Use a new key for a new activity.',
  'activity.quarantined': 'We could not decide this activity. It is set aside and we are looking at it.',
  'lane.busy': (p, f) =>
    `There is a lot in the queue. Send it again in ${f.count(Number(p.seconds ?? 1), { one: '# second', other: '# seconds' })}.`,
  'lane.moved': 'Another node takes care of this member now. Send it again in a moment.',
  'stream.unknown': 'There is no such live stream.',
  'stream.cursorAhead': 'Your live view is ahead of the server. Load the page again.',
};

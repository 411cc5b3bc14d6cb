import type { Format } from '#words/format.js';
import type { es } from './errors.es.js';

const wait = (seconds: unknown, f: Format): string => {
  const left = Number(seconds ?? 1);
  if (left < 100) return f.count(left, { one: '# second', other: '# seconds' });
  if (left < 5_400) return f.count(Math.ceil(left / 60), { one: '# minute', other: 'about # minutes' });
  return f.count(Math.ceil(left / 3_600), { one: '# hour', other: 'about # hours' });
};

/** The same refusals for readers of English. */
export const en: typeof es = {
  'input.invalid': 'Check the marked fields.',
  'input.unreadable': 'We could not read the data. Send valid JSON.',
  'input.tooLarge': 'There is too much data. Split it into smaller parts.',
  'input.mediaType': 'Send the data as JSON (application/json).',
  'route.methodNotAllowed': (p) => `This address does not take that method. It takes: ${String(p.allowed)}.`,
  'route.notFound': 'There is nothing at this address. Check how it is spelled.',
  'server.failed': 'Something failed on our side. Nothing is lost; try again in a moment.',
  'server.unavailable': 'We cannot do this right now. Try again in a moment.',
  'rate.exceeded': (p, f) => `That is a little fast. Wait ${wait(p.seconds, f)} and go on.`,
  'auth.required': (p) =>
    p.machine === true
      ? 'This needs an API key: send it in the header “Authorization: Bearer vk_…”. People log in.'
      : 'Log in to continue.',
  'auth.badCredentials': 'E-mail and password do not match. Check them and try again.',
  'auth.sessionEnded': 'Your session has ended. Log in again; nothing is lost.',
  'auth.tokenExpired': 'Your session needs to be renewed.',
  'auth.keyInvalid':
    'This API key is not valid, or it was withdrawn. Send all of it, as it was shown when it was made, or ask the staff of the program for another one.',
  'auth.forbidden': (p) =>
    p.person === true
      ? 'A person does this, logged in: no API key can.'
      : p.has === undefined
        ? 'You do not have permission to do this.'
        : `This key lacks the right ${String(p.right)}. It has: ${String(p.has) || 'none'}.`,
  'auth.activityTypeForbidden': (p) =>
    `This key may not send activities of type “${String(p.type)}”. It may send: ${String(p.has) || 'none'}.`,
  'auth.originForbidden': 'This request comes from another site and is not accepted.',
  'auth.secondFactorNeeded': 'This needs the code of your authenticator app.',
  'account.tooMany': (p, f) =>
    `Many people are joining from this connection right now. Try another one, such as your phone’s own data, or wait ${wait(p.seconds, f)}. If you are in a shop, you can also ask for a card there and join it to your account later.`,
  'account.emailTaken': 'There is an account with this e-mail address. Log in with its password, or ask for a new one.',
  'account.codeInvalid': 'This link was used or is over. Ask for another one.',
  'account.passwordWrong': 'That is not the present password. Check it and try again.',
  'secondFactor.wrong': 'The code is wrong or was used. Wait for the next one and type it.',
  'secondFactor.isOn': 'Two-step verification is on for your account already.',
  'secondFactor.isOff': 'Two-step verification is off for your account. Turn it on first.',
  'secondFactor.notBegun': 'Begin to turn on two-step verification again.',
  'session.notFound': 'That session is gone.',
  'mail.notFound': 'The text of this message is no longer here, or it opens an account that is not this program’s.',
  'key.notFound': 'There is no such API key.',
  'key.notRenewable':
    'That key was withdrawn or renewed already. Renew the one that took its place, or make a new one.',
  'sandbox.refused': 'This cannot be done in the sandbox: it would change something outside of it.',
  'brand.notFound': 'There is no such brand.',
  'brand.slugTaken': 'Another brand has that short name.',
  'brand.archived': 'That brand is archived. Take it into use again first, or choose another one.',
  'shop.notFound': 'There is no such shop.',
  'shop.slugTaken': 'Another shop has that short name.',
  'shop.archived': 'That shop is archived. Take it into use again first, or choose another one.',
  'program.notFound': 'There is no such program.',
  'program.slugTaken': (p) => `The name “${String(p.slug)}” is taken. Choose another.`,
  'program.slugReserved': (p) => `The name “${String(p.slug)}” is reserved. Choose another.`,
  'program.ownerUnverified':
    'Before you create a program, confirm your e-mail with the link that we sent you. If you cannot find it, ask for another one.',
  'program.noApprover':
    'There is nobody else on the staff yet who could approve, and nobody could publish. It can be asked for once there is.',
  'program.tooMany': (p, f) =>
    `Your account may own up to ${f.count(Number(p.max ?? 5), { one: '# program', other: '# programs' })}. If you need another one, ask whoever runs this installation.`,
  'program.shiftDiffers': (p) =>
    `This program was imported with a shift of ${String(p.stored)} weeks. Use the same one, or another program.`,
  'legal.notFound': 'There are no legal texts with that number.',
  'legal.conflict': 'Somebody published other texts meanwhile. Copy yours, reload the page and compare them.',
  'legal.changed': 'The legal texts have just changed. Read them again before you go on.',
  'legal.notAccepted': 'You have to accept the program’s terms first.',
  'consent.notOwn': 'Only the person themselves can accept the terms or give consent.',
  'program.joinClosed':
    'That is no way into this program. Ask its team for a code, or somebody inside for an invitation where those count.',
  'definitions.invalid': 'The definitions do not fit together. Check the marked places.',
  'definitions.conflict': 'Somebody published another version meanwhile. Load it and apply your changes to it.',
  'version.notFound': 'This version does not exist.',
  'version.moved': (p) =>
    `The draft is based on version ${String(p.basedOn)}, and version ${String(p.newest)} is out. Bring it up to date and look at it again.`,
  'version.waiting': (p, f) =>
    `Version ${String(p.version)} waits until ${f.moment(String(p.from))}. Withdraw it before you publish another.`,
  'version.notWaiting': 'This version does not wait, so it cannot be withdrawn. You can go back to an earlier one.',
  'version.noticeTooShort': (p, f) =>
    `Some of this is not purely to members’ benefit and needs ${f.count(Number(p.days), { one: '# day', other: '# days' })} of notice. Choose a date from ${f.moment(String(p.earliest))}.`,
  'version.notCorrection': (p, f) =>
    `Only what has been in force for less than ${f.count(Number(p.days), { one: '# day', other: '# days' })} can be corrected at once. This takes away something that was there before.`,
  'version.inPast': 'Choose a moment that has not passed yet.',
  'draft.notFound': 'This draft does not exist. Somebody may have published or deleted it.',
  'draft.nameTaken': 'Another draft has this name already. Choose another.',
  'draft.tooMany': 'There are as many drafts as there may be. Delete one that you do not use.',
  'draft.changed': 'Somebody changed this draft meanwhile. Load it again; what you typed is still here.',
  'draft.notApproved': 'In this program somebody else must approve a draft before it is published.',
  'draft.ownApproval': 'Somebody who has not changed it must approve it.',
  'backtest.notFound': 'This backtest does not exist.',
  'backtest.running': 'A backtest of this draft is running already. Wait until it ends, or stop it.',
  'backtest.ended': 'This backtest has ended.',
  'undo.moved': 'This member went on meanwhile: it is worked out again.',
  'undo.notFound': 'This undo plan does not exist.',
  'undo.firstVersion': 'It is the first version: there is none before to put in its place. Choose one of its rules.',
  'undo.inForce': 'This version is still in force. Publish a correction first, or go back to the version before.',
  'undo.noInterval': 'The interval lies outside the time in which this version was in force.',
  'undo.open': 'There is an open undo plan already. Carry it out or discard it before you prepare another.',
  'undo.notPlanned': 'This plan does not wait any more.',
  'undo.own': 'Somebody else has to approve the plan that you prepared.',
  'member.notFound': 'There is no such member in this program.',
  'member.hasLogin': 'This member belongs to another login.',
  'member.alreadyEnrolled': 'Your account is in this program already.',
  'member.aliasTaken':
    'Somebody else has that alias, or one that reads the same: accents, capitals, blanks and dots do not count. Try another one.',
  'member.notEnrolled': 'This person has not joined the program. Nothing was stored.',
  'hold.ambiguous':
    'Two accounts were joined and both had a hold of this name. Use the name that it has now on the member’s page.',
  'merge.same': 'It is the same account. Choose another one to join.',
  'merge.own': 'Somebody else of the team has to join your own account.',
  'member.closed': 'This account was joined to another one already.',
  'member.left': 'This member has left the program.',
  'claim.invalid': 'This claim code was used or is over. Ask the program’s team for another one.',
  'joinCode.notFound':
    'That code is no good: it is neither an invitation nor a claim code in force. Check that you have typed all of it.',
  'card.taken': (p) =>
    p['called'] === undefined
      ? 'That card is another member’s already.'
      : `That card is ${String(p['called'])}’s already. If it is the same person, join the accounts.`,
  'card.notFound': 'This member does not have that card any more.',
  'invitation.notFound': 'There is no such invitation. Check the link, or join without it.',
  'referral.self': 'You cannot invite yourself. Share your link with somebody else.',
  'referral.none': 'This program has no invitations.',
  'board.notFound': 'There is no such leaderboard.',
  'entry.notFound': 'There is no such entry.',
  'proof.notYet':
    'This entry comes into the next signed root, which is made once a day. Ask for the proof again when it is there.',
  'aside.notFound': 'No activity with that id was set aside.',
  'proof.namesOthers': 'This entry names another person, so only the program’s team can ask for its proof.',
  'proof.tooOld': 'This entry is from before groups were sealed and has no proof of its own.',
  'asOf.beforeProgram': (p, f) =>
    `That moment is before the program, which began on ${f.moment(String(p.since))}. Choose a later one.`,
  'asOf.beforeMember': (p, f) =>
    `This member was not known yet at that moment; it exists since ${f.moment(String(p.since))}.`,
  'asOf.inFuture': 'That moment has not come yet. Choose one in the past.',
  'ledger.unrepairable':
    'This member’s journal does not fit together and cannot be repaired by itself. Restore a backup and tell whoever keeps this installation.',
  'day.notFound': 'There is no such day. Check the date.',
  'streak.noPause': 'This streak takes no pauses.',
  'streak.pausePast': 'The pause has to begin today or later, and cannot end before it begins.',
  'streak.pauseTooLong': 'You do not have so many days of pause left in that year.',
  'streak.pauseRuns': 'This pause has begun: you can change its last day, but not move it or give it up.',
  'streak.pauseOverlaps': 'You have another pause on those days. Change it or choose others.',
  'streak.pausesFull': 'You have twelve pauses ahead already. Give one up or wait until it is over.',
  'streak.pauseNotFound': 'That pause is not there any more: it was changed, given up, or is over.',
  'streak.noFreezes': 'This streak has no freezes.',
  'streak.freezesFull': 'The member already holds as many freezes as can be held.',
  'streak.notBroken': 'That is not where the streak broke.',
  'activity.coolDown': 'It is too soon: wait a little after the last time.',
  'activity.limitReached': 'This was done as often as it counts for now.',
  'badge.notHeld': 'This member does not hold that badge.',
  'mission.notFound': 'There is no such mission.',
  'activity.notFound': 'No activity of yours has this key.',
  'activity.unknownType': (p) => `The program has no activity type “${String(p.type)}”.`,
  'activity.tooLate': (p, f) =>
    `The activity is more than ${f.count(Number(p.days ?? 400), { one: '# day', other: '# days' })} old and can no longer be recorded.`,
  'activity.inFuture': 'The date of the activity lies in the future. Correct it and send it again.',
  'activity.keyReused': (p, f) =>
    `This key was used${p.since === undefined ? '' : ` on ${f.moment(String(p.since))}`} with other data${p.differs === undefined ? '' : ` (what differs: ${String(p.differs)})`}. Use a new key for a new activity.`,
  'activity.alreadyReversed': 'This activity was taken back already.',
  'activity.notReversible': 'This entry cannot be taken back.',
  'points.notEnough': 'The balance does not hold so many points.',
  'points.tooMany': 'No balance may pass a million million points.',
  'currency.notFound': 'There is no such currency.',
  'currency.notSpendable': 'Points of this currency only count: they cannot be used.',
  'transfer.off': 'Points of this currency cannot be given to others.',
  'transfer.self': 'You cannot give points to yourself.',
  'transfer.tooMuch': 'That is more than one gift may be.',
  'transfer.dayLimit': 'With what was given already, that is more than may be given in a day.',
  'transfer.notFound': 'That transfer is no longer on its way.',
  'transfer.nobody': 'There is nobody of this name here. Ask for the name as it stands on the boards.',
  'pending.notFound': 'Those pending points are no longer there.',
  'hold.notFound': 'That hold is no longer there.',
  'hold.over': 'The last day of the hold is over already.',
  'hold.tooLittle': 'The hold does not hold so many points.',
  'adjustment.notFound': 'There is no such adjustment.',
  'adjustment.settled': 'Somebody has decided on this adjustment already.',
  'adjustment.own': 'You asked for this adjustment: another person has to decide on it.',
  'adjustment.ownMember': 'This is your own account: another person of the team has to do it.',
  'adjustment.limit': (p, f) =>
    `This would give ${f.number(Number(p.amount))}, and one person may give ${f.number(Number(p.limit))} a day by hand: you have ${f.number(Number(p.left))} left today. Ask for it as an adjustment, and another person decides.`,
  'adjustment.tooMuch': (p, f) =>
    Number(p.left) === 0
      ? 'There are no points to take.'
      : f.count(Number(p.left), {
          one: 'There is only # point: no more can be taken.',
          other: 'There are only # points: no more can be taken.',
        }),
  'capture.tooLittle': (p, f) =>
    f.count(Number(p.left), {
      one: 'Only # point of that payment is left to be cancelled.',
      other: 'Only # points of that payment are left to be cancelled.',
    }),
  'activity.nothingReturned': 'Nothing would be returned: all of it would remain.',
  'activity.undoTooLate': 'What is recorded by hand can be taken back for 24 hours, and they are over.',
  'activity.quarantined': 'We could not decide this activity. It is set aside and we are looking at it.',
  'lane.busy': (p, f) =>
    `There is a lot in the queue. Send it again in ${f.count(Number(p.seconds ?? 1), { one: '# second', other: '# seconds' })}.`,
  'lane.moved': 'Another node takes care of this member now. Send it again in a moment.',
  'stream.unknown': 'There is no such live stream.',
  'stream.tooMany': 'This page follows too many live views at once. Load it again.',
  'stream.cursorAhead': 'Your live view is ahead of the server. Load the page again.',
};

import { en as condition } from '@verbena/shared/rules/condition.en.js';
import type { MissionPageWords } from './mission-page.es.js';

/** What a mission's own page says, in English. */
export const en: MissionPageWords = {
  back: 'Back to the missions',
  title: 'Mission',
  rule: 'How it is done',
  counts: 'What counts',
  countsNot: 'What does not count',
  reward: 'Reward',
  when: 'When it arrives',
  repeat: 'How often',
  collected: 'You have',
  collectedNone: 'You have none yet.',
  weeks: { day: 'Your days', week: 'Your weeks', month: 'Your months' },
  weekFrom: (p) => `Week of ${p.day}`,
  weekStates: {
    free: 'something happened',
    used: 'used for a completion',
    missed: 'nothing happened',
    now: 'now, still to do',
    kept: 'nothing, but the streak goes on',
  },
  evidence: 'What counted',
  evidenceNone: 'Nothing has counted yet. The first activity that does shows here, with its receipt.',
  evidenceMore: 'These are the last hundred; the rest is in your wallet.',
  reversed: 'Taken back',
  completedBy: 'This one completed it',
  earlier: 'When you completed it',
  triggers: {
    activity: (p) => `“${p.what}”`,
    mission: (p) => `completing the mission “${p.what}”`,
    badge: (p) => `earning the badge “${p.what}”`,
    tier: (p) => `reaching the tier ${p.what}`,
  },
  count: (p, f) =>
    `Each time, ${p.what} counts. You need ${f.count(p.target, { one: 'it once', other: 'it # times' })}${p.per}.`,
  distinct: (p, f) =>
    `Each different “${p.field}” that comes with ${p.what} counts. You need ${f.number(p.target)}${p.per}.`,
  streaks: {
    day: {
      rule: (p, f) => `${p.what} counts, at least once on each of ${f.number(p.length)} days in a row.`,
      notTwice: 'Several times on the same day count as one.',
      notUsed: 'Days that already counted for a completion do not count again.',
      notGap: 'A day with nothing breaks the streak; the days before it no longer count for the next one.',
    },
    week: {
      rule: (p, f) =>
        `${p.what} counts, at least once in each of ${f.number(p.length)} weeks in a row, Monday to Sunday.`,
      notTwice: 'Several times in the same week count as one.',
      notUsed: 'Weeks that already counted for a completion do not count again.',
      notGap: 'A week with nothing breaks the streak; the weeks before it no longer count for the next one.',
    },
    month: {
      rule: (p, f) => `${p.what} counts, at least once in each of ${f.number(p.length)} months in a row.`,
      notTwice: 'Several times in the same month count as one.',
      notUsed: 'Months that already counted for a completion do not count again.',
      notGap: 'A month with nothing breaks the streak; the months before it no longer count for the next one.',
    },
  },
  freezes: (p, f) =>
    `A freeze saves the streak when one is missed; if something comes for it later, you get it back. You can hold ${f.number(p.max)} at most.`,
  grace: (p, f) =>
    `Where the one before is missing, what you do on the ${f.count(p.days, { one: 'first day', other: 'first # days' })} of the next one counts for it.`,
  pauseRule: (p, f) =>
    `You can plan a pause: ${f.count(p.days, { one: '# day', other: '# days' })} a year on which the streak waits.`,
  keeps: 'When you cannot make it',
  freezesHeld: (p, f) =>
    `You hold ${f.count(p.held, { one: '# freeze', other: '# freezes' })} of ${f.number(p.max)}. They work by themselves.`,
  pauseTitle: 'Plan a pause',
  pausePlanned: (p) => `Your streak waits from ${p.from} to ${p.until}, both included.`,
  pauseLeft: (p, f) =>
    f.count(p.days, {
      one: 'You have # day of pause left this year.',
      other: 'You have # days of pause left this year.',
    }),
  pauseFrom: 'First day',
  pauseUntil: 'Last day',
  pauseNeeded: 'Choose a day.',
  pauseSet: 'Save the pause',
  pauseEnd: 'Give the pause up',
  pauseSaved: 'Pause saved.',
  pauseEnded: 'No pause is planned any more.',
  sum: (p) => `“${p.field}” of ${p.what} adds up, until it comes to ${p.target}${p.per}.`,
  sharedCount: (p) => `Every ${p.what} of everybody counts. Together it takes ${p.target}${p.per}.`,
  sharedSum: (p) => `“${p.field}” of ${p.what} of everybody adds up, until it comes to ${p.target}${p.per}.`,
  sharedReward: 'When it is reached, everybody who contributed gets the reward, also who does so later.',
  sharedOwn: (p) => `You contributed ${p.amount}.`,
  sharedMembers: (p, f) => f.count(p.count, { one: '# person contributed.', other: '# people contributed.' }),
  sharedTitle: 'All together',
  set: (p) => `“${p.field}” of ${p.what} counts. It takes all of them: ${p.values}${p.per}.`,
  sequence: (p) => `The steps come in order, each with an activity of its own${p.per}:`,
  sequenceStep: (p, f) => `Step ${f.number(p.place)}, ${p.name}: ${p.what}${p.condition}.`,
  ifOnly: (p) => `, if ${p.condition}`,
  window: {
    from: (p) => `It counts from ${p.day} on.`,
    until: (p) => `It counts until ${p.day}, that day included.`,
    weekdays: (p) => `It only counts on ${p.days}.`,
    hours: (p) => `It only counts from ${p.from} to ${p.until}.`,
    times: (p, f) =>
      f.count(p.count, { one: 'It can be completed once.', other: 'It can be completed up to # times.' }),
    places: (p, f) =>
      f.count(p.count, {
        one: `There is # place${p.per}: for whoever completes it first.`,
        other: `There are # places${p.per}: for whoever completes it first.`,
      }),
    placesPer: { day: ' a day', week: ' a week', month: ' a month', year: ' a year', ever: '' },
    placesGone:
      'Without places, what you do still counts: if one becomes free, you complete it with the next thing that counts.',
  },
  perDays: (p, f) =>
    f.count(p.days, { one: ' within the same day', other: ` within the same # days, counted from ${p.from}` }),
  notCarried: 'What goes beyond the target is not kept for the next time.',
  notOutOfTurn: 'A step whose turn has not come yet.',
  notAfterFailure: (p, f) =>
    `After ${p.what}, nothing counts for ${f.count(p.days, { one: '# day', other: '# days' })}.`,
  notOtherDays: 'What happens on other days counts for their own stretch.',
  notAgainDays: (p, f) => `Once you complete it, nothing more counts until the ${f.number(p.days)} days are over.`,
  stages: 'Stages',
  stageStep: (p, f) => `Step ${f.number(p.place)}`,
  stepReached: 'done',
  stageReached: 'reached',
  stageAhead: 'ahead',
  stillMissing: 'Still missing',
  locked: 'Not open yet',
  per: {
    day: ' within the same day',
    week: ' within the same week, Monday to Sunday',
    month: ' within the same month',
    year: ' within the same year',
    ever: ', with no deadline',
  },
  calendar: (p) => `The date on which it happened counts, in the time of ${p.zone}.`,
  only: (p) => `Only if ${p.condition}.`,
  notReversed: 'What is returned or taken back stops counting.',
  notAgain: {
    day: 'Once you have completed it, nothing more counts until the next day.',
    week: 'Once you have completed it, nothing more counts until Monday.',
    month: 'Once you have completed it, nothing more counts until the next month.',
    year: 'Once you have completed it, nothing more counts until the next year.',
    ever: 'Once you have completed it, nothing more counts.',
  },
  notOtherPeriod: {
    day: 'What happened on another day counts for that day.',
    week: 'What happened in another week counts for that week.',
    month: 'What happened in another month counts for that month.',
    year: 'What happened in another year counts for that year.',
  },
  notSame: (p) => `A “${p.field}” that you already have adds nothing.`,
  notOutside: 'What does not meet that condition.',
  arrives: 'As soon as you complete it, by itself: there is nothing to claim. Your tier does not multiply this reward.',
  badgeOnce: (p) => `Badge ${p.badge}, the first time`,
  condition,
};

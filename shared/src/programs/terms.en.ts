import { en as condition } from '#rules/condition.en.js';
import { en as currency } from '#currencies/currency-terms.en.js';
import { en as mission } from '#missions/mission-terms.en.js';
import type { MissionPeriod } from '#missions/mission.js';
import { en as tier } from '#tiers/tier-terms.en.js';
import type { Format } from '#words/format.js';
import type { Period } from './definition.js';
import type { TermsWords } from './terms.es.js';

export const en: TermsWords = {
  things: {
    activityTypes: (p) => `the activity “${p.name}”`,
    currencies: (p) => `the currency “${p.name}”`,
    rules: (p) => `the rule “${p.name}”`,
    missions: (p) => `the mission “${p.name}”`,
    badges: (p) => `the badge “${p.name}”`,
    tiers: (p) => `the tier “${p.name}”`,
    boards: (p) => `the board “${p.name}”`,
    referrals: (p) => `the referral “${p.name}”`,
    memberAttributes: (p) => `the member’s detail “${p.name}”`,
  },
  added: (p) => `New: ${p.thing}. ${p.terms}`.trim(),
  removed: (p) => `${upper(p.thing)} goes away.`,
  moves: (p) => `${upper(p.thing)} goes from ${p.from} to ${p.to}.`,
  aspectMoves: (p) => `In ${p.thing}, ${p.aspect} ${isPlural(p.aspect) ? 'go' : 'goes'} from ${p.from} to ${p.to}.`,
  aspectGiven: (p) => `${upper(p.thing)} now has ${p.aspect}: ${p.to}.`,
  aspectTaken: (p) => `${upper(p.thing)} no longer has ${p.aspect}: ${p.from}.`,
  reworded: (p) => `${upper(p.aspect)} of ${p.thing} ${isPlural(p.aspect) ? 'change' : 'changes'}.`,
  renamed: (p) => `${upper(p.from)} is now called “${p.to}”.`,
  reordered: {
    activityTypes: 'The order of the activities changes.',
    currencies: 'The order of the currencies changes.',
    rules: 'The order of the rules changes.',
    missions: 'The order of the missions changes.',
    badges: 'The order of the badges changes.',
    tiers: 'The order of the tiers changes.',
    boards: 'The order of the boards changes.',
    referrals: 'The order of the referrals changes.',
    memberAttributes: 'The order of the members’ details changes.',
  },
  nothing: 'nothing',
  aspects: {
    description: 'the description',
    name: 'the name',
    attributes: 'what is recorded',
    trigger: 'what sets it off',
    when: 'the condition',
    earning: 'what it gives',
    earningWhen: 'the condition of what it gives',
    cap: 'the cap',
    budget: 'the budget for everybody',
    perMember: 'the cap of each member',
    places: 'the number of places',
    boost: (p) => `the boost “${p.name}”`,
    boostDays: (p) => `the days of the boost “${p.name}”`,
    boostWhen: (p) => `the condition of the boost “${p.name}”`,
    zone: 'the calendar',
    goal: 'the goal',
    points: 'the reward in points',
    badges: 'the reward badges',
    picture: 'the picture',
    grant: 'how it is earned',
    threshold: 'the minimum',
    percent: 'the multiplier',
    benefits: 'the benefits',
    currency: 'the currency that counts',
    unit: 'what its units are called',
    expiry: 'the expiry',
    period: 'the period',
    ties: 'how ties are broken',
    withinDays: 'the time allowed',
    gives: 'what it gives',
    steps: 'the stages',
    reset: 'its repetition',
    requires: 'the requirement',
    window: 'a calendar of its own',
    timesMax: 'the most times it can be completed',
    failure: 'the condition of failure',
    also: 'the further requirement',
    qualifies: 'the period that counts',
    downgrade: 'the step down',
    keep: 'its permanence',
    graceDays: 'the time of grace',
    noticeDays: 'the notice before it is lost',
    tierExpiry: 'the expiry of what is earned in it',
    kind: 'the use',
    transfer: 'gifts between members',
    notice: 'the notice of expiry',
    approveAbove: 'what one person may give by hand in a day',
    onReversal: 'what becomes of points that were used and are taken back',
    returned: 'what happens when what gave it is taken back',
    series: 'the series',
    badgeExpiry: 'an end',
    pending: 'the wait',
    group: 'the group of alternative rules',
    schema: 'what can be said of it',
    other: (p) => `“${p.path}”`,
  },
  amount: {
    per: (p) => `${p.points} for each ${p.unit} of “${p.label}”`,
    tier: 'times what your tier multiplies by',
    boost: (p) => `times “${p.name}” on its days`,
    min: (p) => `at least ${p.points}`,
    max: (p) => `at most ${p.points}`,
    up: 'rounded up',
    nearest: 'rounded to the nearest',
    and: 'and',
  },
  points: (p, f) => f.count(p.count, { one: `# ${p.one}`, other: `# ${p.other}` }),
  fraction: (p) => `${p.top}/${p.bottom}`,
  times: (p) => `×${p.factor}`,
  pictures: {
    award: 'a medal',
    basket: 'a basket',
    compass: 'a compass',
    crown: 'a crown',
    flame: 'a flame',
    gift: 'a gift',
    heart: 'a heart',
    star: 'a star',
  },
  cap: {
    times: (p, f) => `${f.count(p.count, { one: 'once', other: '# times' })} ${PER[p.per]}`,
    points: (p) => `${p.points} ${PER[p.per]}`,
    each: (p) => `${p.cap} for each ${p.label}`,
    none: 'no cap',
  },
  budget: {
    points: (p) => `${p.points} ${PER[p.per]} for everybody together`,
    whenShort: {
      nothing: (p) => `${p.budget}; where not enough is left, nothing is given`,
      partial: (p) => `${p.budget}; at the end what is left is given`,
    },
    places: (p, f) => `${f.count(p.count, { one: '# place', other: '# places' })} ${PER[p.per]}`,
    none: 'no limit for everybody',
  },
  triggers: {
    activity: (p) => `with “${p.name}”`,
    mission: (p) => `on completing the mission “${p.name}”`,
    badge: (p) => `on earning the badge “${p.name}”`,
    tier: (p) => `on reaching the tier “${p.name}”`,
  },
  goals: {
    count: (p, f) => `${f.count(p.count, { one: 'once', other: '# times' })} ${within(p.per, f)}`,
    sum: (p, f) => `“${p.label}” comes to ${p.amount} ${within(p.per, f)}`,
    distinct: (p, f) =>
      `${f.count(p.count, { one: `# of “${p.label}”`, other: `# of “${p.label}”, no two the same,` })} ${within(p.per, f)}`,
    shared: (p, f) => `${p.amount} by all together ${within(p.per, f)}`,
    set: (p, f) => `of “${p.label}”, all of these: ${p.values}, ${within(p.per, f)}`,
    sequence: (p, f) => `these steps, in order: ${p.steps}, ${within(p.per, f)}`,
    streak: {
      day: (p, f) => `${f.number(p.count)} days in a row`,
      week: (p, f) => `${f.number(p.count)} weeks in a row`,
      month: (p, f) => `${f.number(p.count)} months in a row`,
    },
  },
  grants: {
    count: (p, f) => `with “${p.name}” ${f.count(p.count, { one: 'for the first time', other: '# times' })}${p.where}`,
    each: (p) => ` for each ${p.label}`,
    reward: 'as the reward of a mission',
  },
  expiry: {
    never: 'never',
    months: (p, f) => f.count(p.count, { one: 'after # month', other: 'after # months' }),
    days: (p, f) => f.count(p.count, { one: 'after # day', other: 'after # days' }),
    rounded: {
      month: (p) => `${p.expiry}, at the end of that month`,
      quarter: (p) => `${p.expiry}, at the end of that quarter`,
      year: (p) => `${p.expiry}, at the end of that year`,
    },
    dates: (p) => `at the end of ${p.days}, whichever comes first`,
    datesAfter: (p) => `at the end of ${p.days}, the first that comes after ${p.least}`,
    inactivity: (p, f) =>
      f.count(p.count, {
        one: 'after # day without earning any (gifts and adjustments do not count)',
        other: 'after # days without earning any (gifts and adjustments do not count)',
      }),
  },
  days: (p, f) => f.count(p.count, { one: '# day', other: '# days' }),
  periods: { day: 'each day', week: 'each week', month: 'each month', year: 'each year', ever: 'for ever' },
  ties: { earliest: 'who got there first stands ahead', shared: 'they share the place' },
  zones: { member: 'each member’s own', program: 'the program’s' },
  weekdays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
  boostDays: {
    always: 'every day',
    weekdays: (p) => `every ${p.days}`,
    from: (p) => `from ${p.day}`,
    until: (p) => `until ${p.day}`,
  },
  threshold: (p) => `${p.points} within a year`,
  level: (p, f) => `level ${f.number(p.level)} of “${p.id}”`,
  untilDay: (p) => `until ${p.day}`,
  pick: {
    first: (p) => `“${p.id}”, the first that gives anything`,
    best: (p) => `“${p.id}”, the one that gives most`,
  },
  pending: {
    confirmed: 'until they are confirmed',
    activity: (p) => `until “${p.name}”`,
  },
  onReturn: { takeBack: 'it goes too', keep: 'it stays' },
  noCondition: 'none',
  terms: {
    earns: (p) => `${upper(p.trigger)} you get ${p.amounts}.`,
    provided: (p) => `Only if ${p.condition}.`,
    earningOnly: (p) => `${p.amount} if ${p.condition}`,
    pendingDays: (p) => `${p.amount} (usable after ${p.days})`,
    pendingAction: (p) => `${p.amount} (usable once they are confirmed)`,
    pendingActivity: (p) => `${p.amount} (usable with “${p.name}”)`,
    perMember: (p) => `By what you do you earn at most ${p.cap}, missions not counted.`,
    atMost: (p) => `At most ${p.cap}.`,
    budget: (p) => `There are at most ${p.budget}.`,
    places: (p) => `There are ${p.places}: they go to whoever completes it first.`,
    boost: (p) => `${p.name}: ${p.factor}, ${p.days}.`,
    goal: (p) => `You complete it ${p.trigger}: ${p.goal}.`,
    reward: (p) => `It gives you ${p.reward}.`,
    rewardBadge: (p) => `the badge “${p.name}”`,
    rewardNone: 'It gives no points.',
    grant: (p) => `You earn it ${p.grant}.`,
    badgeExpiry: (p) => `You keep it ${p.time}.`,
    kept: 'You keep it even if what gave it is taken back.',
    tier: (p) => `You reach it with ${p.threshold}. Multiplier ${p.factor}.`,
    lowestTier: (p) => `It is where everybody starts. Multiplier ${p.factor}.`,
    expiry: (p) => `Your ${p.units} expire ${p.expiry}.`,
    board: (p) => `It starts again ${p.period}.`,
    folded: (p) =>
      `When “${p.field}” is compared, capitals, the width of letters and extra spaces make no difference; accents do.`,
    boardEver: 'It never starts again.',
    referral: (p) =>
      `It counts the first time that “${p.activity}” is recorded of whoever you invite, up to ${p.days} after they join.`,
    referralFirst: (p) => `The first one counts of which this is true: ${p.condition}.`,
  },
  condition,
  currency,
  mission,
  tier,
};

const PER: Readonly<Record<Period, string>> = {
  day: 'a day',
  week: 'a week',
  month: 'a month',
  year: 'a year',
  ever: 'in all',
};

const WITHIN: Readonly<Record<Period, string>> = {
  day: 'within the same day',
  week: 'within the same week',
  month: 'within the same month',
  year: 'within the same year',
  ever: 'in all, without a deadline',
};

function within(per: MissionPeriod, f: Format): string {
  if (typeof per === 'string') return WITHIN[per];
  return `within the same ${f.number(per.days)} days, counted from ${f.day(per.from)}`;
}

function isPlural(aspect: string): boolean {
  return /^(?:the (?:stages|benefits|reward badges|days|most times)|gifts)\b/.test(aspect);
}

function upper(sentence: string): string {
  return sentence.slice(0, 1).toLocaleUpperCase('en') + sentence.slice(1);
}

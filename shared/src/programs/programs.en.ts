import type { DefinitionProblemWords } from './programs.es.js';

export const en: DefinitionProblemWords = {
  'definition.duplicateId': (p) => `Another definition is already called “${String(p['id'])}”.`,
  'definition.unknown.activityTypes': (p) => `There is no activity type “${String(p['id'])}”.`,
  'definition.unknown.currencies': (p) => `There is no currency “${String(p['id'])}”.`,
  'definition.unknown.rules': (p) => `There is no rule “${String(p['id'])}”.`,
  'definition.unknown.missions': (p) => `There is no mission “${String(p['id'])}”.`,
  'definition.unknown.badges': (p) => `There is no badge “${String(p['id'])}”.`,
  'definition.unknown.tiers': (p) => `There is no tier “${String(p['id'])}”.`,
  'definition.unknown.boards': (p) => `There is no board “${String(p['id'])}”.`,
  'definition.unknown.referrals': (p) => `There is no referral “${String(p['id'])}”.`,
  'currency.nothingToNotice': () => 'They never end, so there is nothing to tell of.',
  'definition.unknown.memberAttribute': (p) => `No member attribute “${String(p['id'])}” is declared.`,
  'currency.noSuchDay': (p) => `There is no ${String(p['name'])} in every year.`,
  'definition.unknown.boost': (p) => `The rule has no boost “${String(p['id'])}”.`,
  'definition.unknown.field': (p) => `The activity has no field “${String(p['field'])}”.`,
  'definition.fieldNeedsActivity': (p) =>
    `The field “${String(p['field'])}” can only be read where an activity sets the definition off.`,
  'definition.fieldNotInteger': (p) =>
    `The field “${String(p['field'])}” is not a whole number, and one is needed here.`,
  'definition.fieldNotSimple': (p) => `The field “${String(p['field'])}” holds others; choose one of them.`,
  'definition.fieldNotPlain': (p) =>
    `The field “${String(p['field'])}” is a list or holds others, and one value is needed here.`,
  'definition.fieldPersonal': (p) => `The field “${String(p['field'])}” is personal data and cannot be used here.`,
  'definition.valueType': (p) => `The value is not of the same type as the field “${String(p['field'])}”.`,
  'definition.minAboveMax': 'The minimum is above the maximum.',
  'definition.noSuchDay': (p) =>
    `There is no such date, or its year is not between ${String(p['yearMin'])} and ${String(p['yearMax'])}.`,
  'definition.endsBeforeStart': 'It ends before it starts.',
  'definition.badgeNotReward': (p) =>
    `The badge “${String(p['id'])}” is earned by itself; a mission can only give badges that are rewards.`,
  'rule.groupPick': (p) => `Not all rules of the group “${String(p['id'])}” pick in the same way.`,
  'rule.groupCurrency': (p) => `The rules of the group “${String(p['id'])}” have to give the same currency first.`,
  'rule.sameCap': 'There is a cap already that counts the same; put both limits into one.',
  'badge.sameLevel': (p) => `Every level of the series “${String(p['id'])}” has to be a different one.`,
  'badge.apartExpires': 'A badge that is earned for each value of a field cannot expire.',
  'tier.lowestAsks': 'The lowest tier is everybody’s and cannot ask for anything.',
  'tier.noDay': (p) => `Years are counted from an attribute that is a text: “${String(p['id'])}” is none.`,
  'tier.neverByInactivity':
    'Points of this currency end by inactivity: a tier cannot promise that they never do. Give them a number of months.',
  'tier.samePeriod': 'All tiers have to count over the same period.',
  'tier.sameDowngrade': 'All tiers have to go down in the same way.',
  'mission.streakRepeats': 'A streak begins again by itself when it is complete.',
  'mission.sharedOnce': 'A shared goal is reached once a period.',
  'mission.sharedPlaces': 'A shared goal is for everybody: it cannot have places.',
  'mission.stepsOfGoal': 'This goal takes no stages: a sequence has its own, and a streak goes on without any.',
  'mission.stepBeyond': (p, f) => `The stage lies beyond the target, which is ${f.number(Number(p['maximum']))}.`,
  'mission.stepOrder': 'Each stage has to be further than the one before.',
  'mission.requiresItself': 'The mission requires itself, directly or through others, and could never begin.',
  'mission.graceTooLong': (p, f) => `There can be at most ${f.number(Number(p['maximum']))} days of grace.`,
  'mission.noHours': 'It begins and ends at the same time.',
  'definition.lowestTier': 'The lowest tier must start at 0.',
  'definition.tierOrder': 'Each tier must ask for more points than the one before it.',
  'definition.tierCurrency': 'All tiers must count the same currency.',
  'definition.tierZone': 'The tier must use the same time zone as its currency.',
  'definition.reservedType': (p) => `The activity type “${String(p['id'])}” is the house’s own and cannot be defined.`,
  'definition.tooDeep': (p, f) =>
    `Definitions set one another off over more than ${f.number(Number(p['maximum']))} steps, or in a circle.`,
  'condition.tooDeep': (p, f) => `The condition is more than ${f.number(Number(p['maximum']))} levels deep.`,
  'segment.unknown': (p) => `There is no segment “${String(p['id'])}” in use.`,
  'segment.nested': 'The condition of a segment cannot name another segment.',
  'attribute.tooDeep': (p, f) => `The fields are nested more than ${f.number(Number(p['maximum']))} levels deep.`,
  'attribute.listOfLists': 'A list cannot hold lists.',
  'attribute.noSuchWhole': (p) =>
    `The field “x-atMost” names “${String(p['name'])}”, which is no other whole number beside it.`,
  'attribute.unknown': (p) => `The field “${String(p['name'])}” is required but not described.`,
  'attribute.sameChoice': (p) => `The choice “${String(p['value'])}” reads the same as another one. Keep one of them.`,
  'attribute.noValueFits': 'No value can meet these limits.',
  'attribute.notTold': (p) =>
    `The platform itself tells this activity, and not always with “${String(p['name'])}”: it cannot be required. It always has: ${String(p['told'])}.`,
  'attribute.toldAs': (p) =>
    `The platform itself tells this activity, and gives “${String(p['name'])}” as “${String(p['type'])}”.`,
};

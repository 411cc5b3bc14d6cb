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
  'definition.unknown.boost': (p) => `The rule has no boost “${String(p['id'])}”.`,
  'definition.unknown.field': (p) => `The activity has no field “${String(p['field'])}”.`,
  'definition.fieldNeedsActivity': (p) =>
    `The field “${String(p['field'])}” can only be read where an activity sets the definition off.`,
  'definition.fieldNotInteger': (p) =>
    `The field “${String(p['field'])}” is not a whole number, and one is needed here.`,
  'definition.fieldNotSimple': (p) => `The field “${String(p['field'])}” holds others; choose one of them.`,
  'definition.fieldPersonal': (p) => `The field “${String(p['field'])}” is personal data and cannot be used here.`,
  'definition.valueType': (p) => `The value is not of the same type as the field “${String(p['field'])}”.`,
  'definition.minAboveMax': 'The minimum is above the maximum.',
  'definition.noSuchDay': 'There is no such day.',
  'definition.endsBeforeStart': 'It ends before it starts.',
  'definition.badgeNotReward': (p) =>
    `The badge “${String(p['id'])}” is earned by itself; a mission can only give badges that are rewards.`,
  'definition.lowestTier': 'The lowest tier must start at 0.',
  'definition.tierOrder': 'Each tier must ask for more points than the one before it.',
  'definition.tierCurrency': 'All tiers must count the same currency.',
  'definition.tierZone': 'The tier must use the same time zone as its currency.',
  'definition.reservedType': (p) => `The activity type “${String(p['id'])}” is the house’s own and cannot be defined.`,
  'definition.tooDeep': (p, f) =>
    `Definitions set one another off over more than ${f.number(Number(p['maximum']))} steps, or in a circle.`,
  'condition.tooDeep': (p, f) => `The condition is more than ${f.number(Number(p['maximum']))} levels deep.`,
  'attribute.tooDeep': (p, f) => `The fields are nested more than ${f.number(Number(p['maximum']))} levels deep.`,
  'attribute.listOfLists': 'A list cannot hold lists.',
  'attribute.unknown': (p) => `The field “${String(p['name'])}” is required but not described.`,
  'attribute.noValueFits': 'No value can meet these limits.',
};

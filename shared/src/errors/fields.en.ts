import type { Format } from '#words/format.js';
import type { Form } from '#platform/expected-form.js';
import type { ProblemParams } from '#platform/problem.js';
import type { FieldCode } from './fields.es.js';

const FORMS: Readonly<Record<Form, string>> = {
  activityType: 'small letters without accents, digits and hyphens, such as eye-test',
  alias: 'letters, digits, spaces, dots, hyphens and apostrophes, beginning with a letter or digit',
  attribute: 'letters without accents and digits, beginning with a small letter, such as totalMinor',
  code: 'the letters and digits of the code, as it was given',
  currency: 'the three capitals of a currency, such as EUR',
  day: 'a date, such as 2026-11-29',
  dayOfYear: 'a month and a day, such as 12-31',
  externalId: 'one line, without spaces around it and without invisible signs',
  field: 'the name of a field, such as totalMinor, or of one within it, such as departments.name',
  id: '26 capitals and digits, such as 01KB7Q2M5X8N3V9T4C6R0W1E2H',
  instant: 'a date with time and zone, such as 2026-11-29T18:30:00Z',
  integer: 'a whole number, such as 20',
  key: 'one line of plain letters, digits and common signs, without spaces around it, such as T-000123',
  member:
    '{ "externalId": "1808" }, { "code": "839184644" }, { "email": "ana@example.com" } or { "id": "01KB7Q2M5X8N3V9T4C6R0W1E2H" }',
  period: 'a period, such as 2026-11-29, 2026-W48, 2026-11 or 2026',
  slug: 'small letters without accents and digits, with single hyphens between them, such as corner-cafe',
  time: 'a time of day, such as 09:30',
  zone: 'a time zone, such as Europe/Madrid',
};

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object with fields',
  null: 'null',
};

function form({ form: name }: ProblemParams, before: string, otherwise = ''): string {
  return Object.hasOwn(FORMS, String(name)) ? before + FORMS[String(name) as Form] : otherwise;
}

function kind(...expected: string[]): (p: ProblemParams) => string {
  return (p) => {
    const kinds = expected.map((one) => KINDS[one] ?? one).join(' or ');
    const given = KINDS[String(p['given'])];
    return `It has to be ${kinds}${given === undefined ? '' : `, and is ${given}`}.${form(p, ' For example: ')}`;
  };
}

/** The same for readers of English. */
export const en: Record<FieldCode, string | ((p: ProblemParams, f: Format) => string)> = {
  invalid: 'This value is not valid.',
  required: (p) => `This field is missing.${form(p, ' For example: ')}`,
  unknown: 'This field is not known. Remove it, or check its spelling.',
  'type.string': kind('string'),
  'type.number': kind('number'),
  'type.integer': kind('integer'),
  'type.boolean': kind('boolean'),
  'type.array': kind('array'),
  'type.object': kind('object'),
  'type.any': (p) => kind(...String(p['kinds']).split(', '))(p),
  oneOfFields: (p) => `It has to have one of these fields: ${String(p['fields'])}.${form(p, ' For example: ')}`,
  onlyOneField: (p) => `Of these fields, give only one: ${String(p['fields'])}.`,
  minimum: (p, f) => `It has to be at least ${f.number(Number(p['minimum']))}.`,
  maximum: (p, f) => `It has to be at most ${f.number(Number(p['maximum']))}.`,
  minLength: (p, f) =>
    `It needs at least ${f.count(Number(p['minimum']), { one: '# character', other: '# characters' })}.`,
  maxLength: (p, f) =>
    `It takes at most ${f.count(Number(p['maximum']), { one: '# character', other: '# characters' })}.`,
  minItems: (p, f) => `It needs at least ${f.count(Number(p['minimum']), { one: '# item', other: '# items' })}.`,
  maxItems: (p, f) => `It takes at most ${f.count(Number(p['maximum']), { one: '# item', other: '# items' })}.`,
  added: 'This was not in what is returned, or more of it remains than there was.',
  changed: 'A return cannot change this: it has to stay as it was.',
  noSuchDay: (p) =>
    `There is no such date, or its year is not between ${String(p['yearMin'])} and ${String(p['yearMax'])}.`,
  pausePast: 'It has to be today or later, and the last day cannot come before the first.',
  pauseTooLong: 'You do not have so many days of pause left in that year.',
  pauseOverlaps: 'You have another pause on those days. Change it or choose others.',
  format: (p) => form(p, 'It has to be ', 'It does not have the expected form') + '.',
  between: (p, f) => `It has to be between ${f.number(Number(p['minimum']))} and ${f.number(Number(p['maximum']))}.`,
  noText: 'Write it in one language at least, such as { "en": "Purchase" }.',
  atMostField: (p) => `It cannot be more than “${String(p['en'])}”.`,
  notZero: 'It cannot be zero.',
  inFuture: 'That is still to come. Give a moment that has passed, or check the clock that writes it.',
  duplicate: (p) => `The id “${String(p['id'])}” is in use already. Choose another one.`,
  twice: 'Something stands there twice. Give each only once.',
  blanksAround: 'It cannot begin or end with spaces. Take them away.',
  unseen: 'It has to be one line without invisible signs. Type it again by hand.',
  address: 'It cannot hold links or addresses. If it is none, leave a space after the dot.',
  scripts: 'A word of it mixes letters of several alphabets. Write each word in one of them.',
  noMember: (p) => `There is no member “${String(p['id'])}”.`,
  noBadge: (p) => `There is no badge “${String(p['id'])}”.`,
  memberCode: 'A member code is nine digits.',
  mistypedCode: 'This is no member code: one digit was typed wrongly.',
  needsRight: (p) => `It needs the permission ${String(p['right'])}.`,
  taken: 'Somebody else uses it already.',
  passwordControl: 'It holds a sign that cannot be seen, such as a line break or a tab. Take it out.',
  passwordPlain: 'It repeats the same few signs. Mix in some more.',
  passwordLikeYou: 'It is like your e-mail, your name or that of the program. Choose one without them.',
  passwordKnown:
    'It is one of the most common, so among the first that somebody would try. Choose another one: a short sentence of your own will do.',
  email: 'This does not look like an e-mail address.',
  choice: (p) => `It has to be one of: ${String(p['choices'])}.`,
};

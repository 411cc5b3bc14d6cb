import type { Format } from '#words/format.js';
import type { ProblemParams } from '#platform/problem.js';
import type { FieldCode } from './fields.es.js';

/** The same for readers of English. */
export const en: Record<FieldCode, string | ((p: ProblemParams, f: Format) => string)> = {
  invalid: 'This value is not valid.',
  required: 'This field is missing.',
  unknown: 'This field is not known. Remove it, or check its spelling.',
  'type.string': 'It has to be a text.',
  'type.number': 'It has to be a number.',
  'type.integer': 'It has to be a whole number.',
  'type.boolean': 'It has to be true or false.',
  'type.array': 'It has to be a list.',
  'type.object': 'It has to be an object with fields.',
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
  format: 'It does not have the expected form.',
  blanksAround: 'It cannot begin or end with spaces. Take them away.',
  unseen: 'It has to be one line without invisible signs. Type it again by hand.',
  address: 'It cannot hold links or addresses. If it is none, leave a space after the dot.',
  scripts: 'A word of it mixes letters of several alphabets. Write each word in one of them.',
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

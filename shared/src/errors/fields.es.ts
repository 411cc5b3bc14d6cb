import type { Format } from '#words/format.js';
import type { Form } from '#platform/expected-form.js';
import type { ProblemParams } from '#platform/problem.js';

type Sentence = string | ((p: ProblemParams, f: Format) => string);

const FORMS: Readonly<Record<Form, string>> = {
  activityType: 'minúsculas sin tilde, cifras y guiones, como cita-medica',
  alias: 'letras, cifras, espacios, puntos, guiones y apóstrofos, y al principio una letra o una cifra',
  attribute: 'letras sin tilde y cifras, y al principio una minúscula, como totalMinor',
  code: 'las letras y cifras del código, como te lo dieron',
  currency: 'las tres letras mayúsculas de la moneda, como EUR',
  day: 'una fecha, como 2026-11-29',
  dayOfYear: 'un mes y un día, como 12-31',
  externalId: 'una sola línea, sin espacios al principio ni al final y sin signos invisibles',
  field: 'el nombre de un campo, como totalMinor, o de otro dentro de él, como departments.name',
  id: '26 letras mayúsculas y cifras, como 01KB7Q2M5X8N3V9T4C6R0W1E2H',
  instant: 'una fecha con hora y zona, como 2026-11-29T18:30:00Z',
  integer: 'un número entero, como 20',
  key: 'una sola línea de letras sin tilde, cifras y signos corrientes, sin espacios al principio ni al final, como T-000123',
  member:
    '{ "externalId": "1808" }, { "code": "839184644" }, { "email": "ana@example.com" } o { "id": "01KB7Q2M5X8N3V9T4C6R0W1E2H" }',
  period: 'un periodo, como 2026-11-29, 2026-W48, 2026-11 o 2026',
  slug: 'minúsculas sin tilde y cifras, con guiones sueltos entre ellas, como cafe-de-la-plaza',
  time: 'una hora, como 09:30',
  zone: 'una zona horaria, como Europe/Madrid',
};

const KINDS: Readonly<Record<string, string>> = {
  string: 'un texto',
  number: 'un número',
  integer: 'un número entero',
  boolean: 'sí o no (true o false)',
  array: 'una lista',
  object: 'un objeto con campos',
  null: 'null',
};

/** What is expected of the text, in so far as it has a form. */
function form({ form: name }: ProblemParams, before: string, otherwise = ''): string {
  return Object.hasOwn(FORMS, String(name)) ? before + FORMS[String(name) as Form] : otherwise;
}

/** Of which kind it has to be, and of which it is. */
function kind(...expected: string[]): (p: ProblemParams) => string {
  return (p) => {
    const kinds = expected.map((one) => KINDS[one] ?? one).join(' o ');
    const given = KINDS[String(p['given'])];
    return `Tiene que ser ${kinds}${given === undefined ? '' : `, y es ${given}`}.${form(p, ' Por ejemplo: ')}`;
  };
}

/** What stands beside a field that is not valid, by the rule that it breaks. */
export const es = {
  invalid: 'Este valor no es válido.',
  required: (p) => `Falta este campo.${form(p, ' Por ejemplo: ')}`,
  unknown: 'Este campo no se conoce. Quítalo o revisa cómo se escribe.',
  'type.string': kind('string'),
  'type.number': kind('number'),
  'type.integer': kind('integer'),
  'type.boolean': kind('boolean'),
  'type.array': kind('array'),
  'type.object': kind('object'),
  'type.any': (p) => kind(...String(p['kinds']).split(', '))(p),
  oneOfFields: (p) => `Tiene que llevar uno de estos campos: ${String(p['fields'])}.${form(p, ' Por ejemplo: ')}`,
  onlyOneField: (p) => `De estos campos, pon solo uno: ${String(p['fields'])}.`,
  minimum: (p, f) => `Tiene que ser al menos ${f.number(Number(p['minimum']))}.`,
  maximum: (p, f) => `Tiene que ser como mucho ${f.number(Number(p['maximum']))}.`,
  minLength: (p, f) =>
    `Necesita al menos ${f.count(Number(p['minimum']), { one: '# carácter', other: '# caracteres' })}.`,
  maxLength: (p, f) =>
    `Admite como mucho ${f.count(Number(p['maximum']), { one: '# carácter', other: '# caracteres' })}.`,
  minItems: (p, f) =>
    `Necesita al menos ${f.count(Number(p['minimum']), { one: '# elemento', other: '# elementos' })}.`,
  maxItems: (p, f) =>
    `Admite como mucho ${f.count(Number(p['maximum']), { one: '# elemento', other: '# elementos' })}.`,
  added: 'Esto no estaba en lo que se devuelve, o queda más de lo que había.',
  changed: 'Al devolver no puede cambiar: tiene que quedar como estaba.',
  noSuchDay: (p) => `Esa fecha no existe, o su año no está entre ${String(p['yearMin'])} y ${String(p['yearMax'])}.`,
  pausePast: 'Tiene que ser hoy o más tarde, y el último día no puede ir antes que el primero.',
  pauseTooLong: 'No te quedan tantos días de pausa en ese año.',
  pauseOverlaps: 'Ya tienes otra pausa en esos días. Cámbiala o elige otros.',
  format: (p) => form(p, 'Escribe ', 'No tiene el formato esperado') + '.',
  between: (p, f) => `Tiene que estar entre ${f.number(Number(p['minimum']))} y ${f.number(Number(p['maximum']))}.`,
  noText: 'Escríbelo al menos en un idioma, como { "es": "Compra" }.',
  atMostField: (p) => `No puede ser mayor que «${String(p['es'])}».`,
  notZero: 'No puede ser cero.',
  inFuture: 'Todavía no ha llegado. Pon un momento que ya haya pasado, o revisa el reloj que lo escribe.',
  duplicate: (p) => `El identificador «${String(p['id'])}» ya está en uso. Elige otro.`,
  twice: 'Hay algo repetido. Pon cada cosa una sola vez.',
  blanksAround: 'No puede empezar ni acabar con espacios. Quítalos.',
  unseen: 'Tiene que ir en una sola línea y sin signos invisibles. Escríbelo de nuevo a mano.',
  address: 'No puede llevar enlaces ni direcciones. Si no lo es, deja un espacio después del punto.',
  scripts: 'Mezcla letras de alfabetos distintos en una palabra. Escribe cada palabra en uno solo.',
  noMember: (p) => `No hay ningún socio «${String(p['id'])}».`,
  noBadge: (p) => `No hay ninguna insignia «${String(p['id'])}».`,
  memberCode: 'Un código de socio son nueve cifras.',
  mistypedCode: 'No es un código de socio: se ha tecleado mal una cifra.',
  needsRight: (p) => `Hace falta el permiso ${String(p['right'])}.`,
  taken: 'Ya lo usa otra persona.',
  passwordControl: 'Lleva un signo que no se ve, como un salto de línea o un tabulador. Quítalo.',
  passwordPlain: 'Repite siempre los mismos signos. Mezcla algunos más.',
  passwordLikeYou: 'Se parece a tu correo, a tu nombre o al del programa. Elige otra que no lleve nada de eso.',
  passwordKnown:
    'Es de las que más se usan, y por eso de las primeras que alguien probaría. Elige otra: una frase corta tuya vale.',
  email: 'No parece un correo electrónico.',
  choice: (p) => `Tiene que ser uno de estos valores: ${String(p['choices'])}.`,
} satisfies Record<string, Sentence>;

export type FieldCode = keyof typeof es;

import type { Format } from '#words/format.js';
import type { ProblemParams } from '#platform/problem.js';

type Sentence = string | ((p: ProblemParams, f: Format) => string);

/** What stands beside a field that is not valid, by the rule that it breaks. */
export const es = {
  invalid: 'Este valor no es válido.',
  required: 'Falta este campo.',
  unknown: 'Este campo no se conoce. Quítalo o revisa cómo se escribe.',
  'type.string': 'Tiene que ser un texto.',
  'type.number': 'Tiene que ser un número.',
  'type.integer': 'Tiene que ser un número entero.',
  'type.boolean': 'Tiene que ser sí o no (true o false).',
  'type.array': 'Tiene que ser una lista.',
  'type.object': 'Tiene que ser un objeto con campos.',
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
  format: 'No tiene el formato esperado.',
  blanksAround: 'No puede empezar ni acabar con espacios. Quítalos.',
  unseen: 'Tiene que ir en una sola línea y sin signos invisibles. Escríbelo de nuevo a mano.',
  address: 'No puede llevar enlaces ni direcciones. Si no lo es, deja un espacio después del punto.',
  scripts: 'Mezcla letras de alfabetos distintos en una palabra. Escribe cada palabra en uno solo.',
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

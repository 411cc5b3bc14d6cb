import type { ProblemParams } from '#platform/problem.js';
import type { Format } from '#words/format.js';

type Sentence = string | ((p: ProblemParams, f: Format) => string);

/** What is wrong with a set of definitions, by code; shown beside the place that it names. */
export const es = {
  'definition.duplicateId': (p) => `Ya hay otra definición que se llama «${String(p['id'])}».`,
  'definition.unknown.activityTypes': (p) => `No hay ningún tipo de actividad «${String(p['id'])}».`,
  'definition.unknown.currencies': (p) => `No hay ninguna moneda «${String(p['id'])}».`,
  'definition.unknown.rules': (p) => `No hay ninguna regla «${String(p['id'])}».`,
  'definition.unknown.missions': (p) => `No hay ninguna misión «${String(p['id'])}».`,
  'definition.unknown.badges': (p) => `No hay ninguna insignia «${String(p['id'])}».`,
  'definition.unknown.tiers': (p) => `No hay ninguna categoría «${String(p['id'])}».`,
  'definition.unknown.boards': (p) => `No hay ninguna clasificación «${String(p['id'])}».`,
  'definition.unknown.referrals': (p) => `No hay ninguna invitación «${String(p['id'])}».`,
  'currency.nothingToNotice': () => 'No caduca nunca, así que no hay de qué avisar.',
  'definition.unknown.memberAttribute': (p) => `No se declara ningún dato de socio «${String(p['id'])}».`,
  'currency.noSuchDay': (p) => `No hay ningún ${String(p['name'])} todos los años.`,
  'definition.unknown.boost': (p) => `La regla no tiene ningún impulso «${String(p['id'])}».`,
  'definition.unknown.field': (p) => `La actividad no tiene el campo «${String(p['field'])}».`,
  'definition.fieldNeedsActivity': (p) =>
    `El campo «${String(p['field'])}» solo se puede leer cuando la definición empieza con una actividad.`,
  'definition.fieldNotInteger': (p) => `El campo «${String(p['field'])}» no es un número entero y aquí hace falta uno.`,
  'definition.fieldNotSimple': (p) => `El campo «${String(p['field'])}» contiene otros; elige uno de ellos.`,
  'definition.fieldNotPlain': (p) =>
    `El campo «${String(p['field'])}» es una lista o contiene otros, y aquí hace falta un solo valor.`,
  'definition.fieldPersonal': (p) => `El campo «${String(p['field'])}» es un dato personal y no puede usarse aquí.`,
  'definition.valueType': (p) => `El valor no es del mismo tipo que el campo «${String(p['field'])}».`,
  'definition.minAboveMax': 'El mínimo es mayor que el máximo.',
  'definition.noSuchDay': (p) =>
    `Esa fecha no existe, o su año no está entre ${String(p['yearMin'])} y ${String(p['yearMax'])}.`,
  'definition.endsBeforeStart': 'Acaba antes de empezar.',
  'definition.badgeNotReward': (p) =>
    `La insignia «${String(p['id'])}» se gana por su propia cuenta; una misión solo puede dar las que son recompensa.`,
  'rule.groupPick': (p) => `No todas las reglas del grupo «${String(p['id'])}» eligen de la misma manera.`,
  'rule.groupCurrency': (p) => `Las reglas del grupo «${String(p['id'])}» tienen que dar primero la misma moneda.`,
  'rule.sameCap': 'Ya hay un tope que cuenta lo mismo; pon los dos límites en uno.',
  'badge.sameLevel': (p) => `Cada nivel de la serie «${String(p['id'])}» tiene que ser distinto.`,
  'badge.apartExpires': 'Una insignia que se gana por cada valor de un campo no puede caducar.',
  'tier.lowestAsks': 'La categoría más baja es de todo el mundo y no puede pedir nada.',
  'tier.noDay': (p) => `Los años se cuentan desde un dato de texto: «${String(p['id'])}» no lo es.`,
  'tier.neverByInactivity':
    'Los puntos de esta moneda caducan por inactividad: una categoría no puede prometer que no caducan nunca. Dales un plazo en meses.',
  'tier.samePeriod': 'Todas las categorías tienen que contar sobre el mismo periodo.',
  'tier.sameDowngrade': 'Todas las categorías tienen que bajar de la misma manera.',
  'mission.streakRepeats': 'Una racha ya vuelve a empezar sola cuando se completa.',
  'mission.sharedOnce': 'Un reto de todos se alcanza una vez en cada periodo.',
  'mission.sharedPlaces': 'Un reto de todos es para todos: no puede tener plazas.',
  'mission.stepsOfGoal': 'Este objetivo no admite etapas: una secuencia tiene las suyas y una racha va de seguido.',
  'mission.stepBeyond': (p, f) => `La etapa está más allá del objetivo, que es ${f.number(Number(p['maximum']))}.`,
  'mission.stepOrder': 'Cada etapa tiene que estar más lejos que la anterior.',
  'mission.requiresItself': 'La misión se exige a sí misma, directamente o a través de otras, y nunca podría empezar.',
  'mission.graceTooLong': (p, f) => `Los días de gracia no pueden ser más de ${f.number(Number(p['maximum']))}.`,
  'mission.noHours': 'Empieza y termina a la misma hora.',
  'definition.lowestTier': 'La categoría más baja tiene que empezar en 0.',
  'definition.tierOrder': 'Cada categoría tiene que pedir más puntos que la anterior.',
  'definition.tierCurrency': 'Todas las categorías tienen que contar la misma moneda.',
  'definition.tierZone': 'La categoría tiene que usar la misma zona horaria que su moneda.',
  'definition.reservedType': (p) => `El tipo de actividad «${String(p['id'])}» es de la casa y no se puede definir.`,
  'definition.tooDeep': (p, f) =>
    `Unas definiciones ponen en marcha a otras en más de ${f.number(Number(p['maximum']))} pasos, o en círculo.`,
  'condition.tooDeep': (p, f) => `La condición tiene más de ${f.number(Number(p['maximum']))} niveles.`,
  'segment.unknown': (p) => `No hay ningún segmento «${String(p['id'])}» en uso.`,
  'segment.nested': 'La condición de un segmento no puede nombrar otro segmento.',
  'attribute.tooDeep': (p, f) => `Los campos se anidan en más de ${f.number(Number(p['maximum']))} niveles.`,
  'attribute.listOfLists': 'Una lista no puede contener listas.',
  'attribute.noSuchWhole': (p) =>
    `El campo «x-atMost» nombra «${String(p['name'])}», que no es otro número entero de al lado.`,
  'attribute.unknown': (p) => `Se exige el campo «${String(p['name'])}», que no está descrito.`,
  'attribute.sameChoice': (p) => `La opción «${String(p['value'])}» se compara igual que otra. Deja una sola.`,
  'attribute.noValueFits': 'Ningún valor puede cumplir estos límites.',
  'attribute.notTold': (p) =>
    `Esta actividad la cuenta la propia plataforma, y no siempre con «${String(p['name'])}»: no puede ser obligatorio. Siempre lleva: ${String(p['told'])}.`,
  'attribute.toldAs': (p) =>
    `Esta actividad la cuenta la propia plataforma, que da «${String(p['name'])}» como «${String(p['type'])}».`,
} satisfies Record<string, Sentence>;

export type DefinitionProblemCode = keyof typeof es;
export type DefinitionProblemWords = Record<DefinitionProblemCode, Sentence>;

import type { ErrorCode } from '@verbena/shared/errors/catalogue.js';
import { ERRORS } from '@verbena/shared/manifests.js';
import type { Language } from '@verbena/shared/platform/localized-text.js';

type Told = Readonly<Record<Language, string>>;

/** Why an error comes and what whoever programs does about it. */
export interface ErrorHelp {
  readonly cause: Told;
  readonly remedy: Told;
}

const help = (causeEs: string, remedyEs: string, causeEn: string, remedyEn: string): ErrorHelp => ({
  cause: { es: causeEs, en: causeEn },
  remedy: { es: remedyEs, en: remedyEn },
});

const AGAIN_ES = 'Envía lo mismo, con la misma clave, pasados los segundos que dice Retry-After.';
const AGAIN_EN = 'Send the same, with the same key, after as many seconds as Retry-After says.';

/** What is true of all errors of a status, unless `OF_CODE` knows more. */
const OF_STATUS: Readonly<Record<number, ErrorHelp>> = {
  400: help(
    'La petición no tiene la forma que pide esta dirección.',
    'Corrígela y envíala de nuevo: repetirla igual da lo mismo.',
    'The request does not have the form that this address asks for.',
    'Correct it and send it again: the same once more gives the same.',
  ),
  401: help(
    'No se sabe quién pide: falta la credencial, o ya no vale.',
    'Un sistema manda su clave en «Authorization: Bearer vk_…»; una persona entra con su cuenta.',
    'It is not known who asks: the credential is missing, or no longer good.',
    'A system sends its key in “Authorization: Bearer vk_…”; a person logs in.',
  ),
  403: help(
    'Se sabe quién pide, y no puede hacer esto.',
    'Pídelo con otra clave o con otra cuenta, o a quien tenga ese permiso. Repetirlo da lo mismo.',
    'It is known who asks, and that may not do this.',
    'Ask with another key or login, or somebody who has that right. The same once more gives the same.',
  ),
  404: help(
    'Lo que nombra la dirección no está en este programa, ya no está, o quien pide no puede saber que está.',
    'Comprueba el identificador y el programa de la dirección, y que la clave sea de ese programa.',
    'What the address names is not in this program, is gone, or whoever asks may not know of it.',
    'Check the id and the program in the address, and that the key is of that program.',
  ),
  409: help(
    'Choca con cómo está ahora: alguien llegó antes, o ya estaba hecho.',
    'Lee de nuevo cómo está y decide si aún hace falta. Repetirlo igual da lo mismo.',
    'It collides with how things are now: somebody was faster, or it was done already.',
    'Read anew how things are and decide whether it is still needed. The same once more gives the same.',
  ),
  413: help(
    'El cuerpo pasa de 2 MB.',
    'Divide el lote: hasta 1.000 actividades en cada uno.',
    'The body is larger than 2 MB.',
    'Divide the batch: up to 1,000 activities in each.',
  ),
  415: help(
    'La cabecera Content-Type no es la de JSON.',
    'Manda «Content-Type: application/json» y el cuerpo en JSON.',
    'The header Content-Type is not that of JSON.',
    'Send “Content-Type: application/json” and the body as JSON.',
  ),
  422: help(
    'Se ha entendido, y las reglas del programa no lo permiten.',
    'Cambia lo que dice la frase; «params» trae los valores. Repetirlo igual da lo mismo.',
    'It was understood, and the rules of the program do not allow it.',
    'Change what the sentence says; `params` has the values. The same once more gives the same.',
  ),
  429: help('Llega más de lo que se admite a la vez.', AGAIN_ES, 'More arrives than is taken at once.', AGAIN_EN),
  500: help(
    'Es un fallo nuestro.',
    'Envía lo mismo, con la misma clave, esperando cada vez más. Si sigue, dinos el «traceId».',
    'It is a fault of ours.',
    'Send the same, with the same key, waiting longer each time. If it goes on, tell us the `traceId`.',
  ),
  503: help(
    'El servidor se para, arranca o no llega a su base de datos.',
    AGAIN_ES,
    'The server stops, starts, or does not reach its database.',
    AGAIN_EN,
  ),
};

/** What those say more exactly that a system meets first. */
const OF_CODE: Partial<Record<ErrorCode, ErrorHelp>> = {
  'input.invalid': help(
    'Uno o más campos faltan, sobran, o no tienen el tipo o la forma que se pide.',
    'Cada elemento de «fields» dice dónde («path»), qué regla («code») y qué se espera («detail»). Los campos que no se conocen se rechazan.',
    'One or more fields are missing, unknown, or not of the kind or form that is asked for.',
    'Each item of `fields` says where (`path`), which rule (`code`) and what is expected (`detail`). Unknown fields are refused.',
  ),
  'input.unreadable': help(
    'El cuerpo está vacío o no es JSON.',
    'Manda un objeto JSON en UTF-8; comprueba comas y comillas.',
    'The body is empty or not JSON.',
    'Send a JSON object in UTF-8; check commas and quotes.',
  ),
  'route.methodNotAllowed': help(
    'La dirección existe, con otros métodos.',
    'Usa uno de los que dice la cabecera Allow; /api/docs tiene todas las direcciones.',
    'The address exists, with other methods.',
    'Use one of those that the header Allow says; /api/docs has all addresses.',
  ),
  'route.notFound': help(
    'Ninguna dirección de la API se llama así.',
    'Compruébala en /api/docs: empieza por /api/v1, y lo que va dentro se escribe con codificación de URL.',
    'No address of the API is called so.',
    'Check it in /api/docs: it begins with /api/v1, and what stands in it is URL-encoded.',
  ),
  'rate.exceeded': help(
    'La clave, la cuenta o la dirección de red ha pedido más veces de las que puede por minuto, o ha fallado demasiadas veces.',
    `${AGAIN_ES} RateLimit-Limit, RateLimit-Remaining y RateLimit-Reset dicen en cada respuesta cuánto queda; mejor lotes que una petición por compra.`,
    'The key, the login or the network address asked more often than it may in a minute, or failed too often.',
    `${AGAIN_EN} RateLimit-Limit, RateLimit-Remaining and RateLimit-Reset say in each answer what is left; batches are better than a request for each purchase.`,
  ),
  'auth.keyInvalid': help(
    'La clave está mal copiada, se retiró, o se renovó y pasó su plazo.',
    'Mándala entera, desde «vk_» hasta el final. Si se perdió, el equipo del programa crea otra en Claves de API.',
    'The key was copied wrongly, was withdrawn, or was renewed and its time is over.',
    'Send all of it, from “vk_” to its end. If it was lost, the staff of the program make another one under API keys.',
  ),
  'auth.forbidden': help(
    'A la clave o a la cuenta le falta un permiso: «params.right» dice cuál y «params.has» los que tiene la clave. Con «params.person» no puede ninguna clave.',
    'Los permisos de una clave no cambian: el equipo del programa crea otra que lo tenga.',
    'The key or the login lacks a right: `params.right` says which, and `params.has` those of the key. With `params.person` no key can.',
    'The rights of a key do not change: the staff of the program make another one that has it.',
  ),
  'auth.activityTypeForbidden': help(
    'Cada clave envía solo los tipos que se marcaron al crearla: los dice «params.has».',
    'Usa la clave que envía ese tipo, o pide una que lo tenga. GET …/activity-types dice cuáles puede enviar la tuya.',
    'Each key sends only the types that were ticked when it was made: `params.has` names them.',
    'Use the key that sends this type, or ask for one that has it. GET …/activity-types says which ones yours may send.',
  ),
  'auth.secondFactorNeeded': help(
    'Lo que da o quita puntos, o abre cuentas, pide a las personas del equipo un código de hace poco.',
    'Muestra el código con POST /api/v1/auth/second-factor. A una clave no se le pide nunca.',
    'What gives or takes points, or opens accounts, asks people on the staff for a recent code.',
    'Show the code with POST /api/v1/auth/second-factor. A key is never asked for one.',
  ),
  'program.notFound': help(
    'No hay programa con ese nombre corto, o la clave o la cuenta es de otro.',
    'Comprueba el nombre corto de la dirección: cada clave vale en un solo programa.',
    'There is no program of that short name, or the key or login is of another one.',
    'Check the short name in the address: each key is good in one program.',
  ),
  'member.notFound': help(
    'Nadie en el programa tiene ese identificador, código o correo. Solo un externalId nuevo crea un miembro, y solo al enviar una actividad.',
    'En las direcciones escribe ext:TARJETA, code:CÓDIGO o el id de 26 signos. Si es un código, pídelo de nuevo en caja.',
    'Nobody in the program has that id, code or address. Only a new externalId makes a member, and only when an activity is sent.',
    'In addresses write ext:CARD, code:CODE or the id of 26 characters. If it is a code, ask for it again at the till.',
  ),
  'activity.unknownType': help(
    'El programa no tiene ese tipo, o cambió de nombre en la versión en vigor.',
    'Usa uno de los que dice «fields»; GET …/activity-types trae sus atributos.',
    'The program has no such type, or it has another name in the version in force.',
    'Use one of those that `fields` names; GET …/activity-types has their attributes.',
  ),
  'activity.tooLate': help(
    'Ocurrió más de los días que se admiten antes de lo último que se anotó a ese miembro.',
    'No la repitas: apártala y avisa al equipo del programa, que puede dar los puntos a mano.',
    'It happened more than the allowed days before the newest that is recorded of that member.',
    'Do not repeat it: set it aside and tell the staff of the program, who can give the points by hand.',
  ),
  'activity.inFuture': help(
    'occurredAt está por delante de nuestro reloj: suele ser un reloj adelantado o una zona que falta.',
    'Pon en hora la caja y manda la fecha con su zona, como 2026-11-29T18:30:00+01:00.',
    'occurredAt lies ahead of our clock: often a clock that is fast or a zone that is missing.',
    'Set the till’s clock and send the moment with its zone, as 2026-11-29T18:30:00+01:00.',
  ),
  'activity.keyReused': help(
    'Se envió antes otra cosa con esta clave: «params.since» dice cuándo y «params.differs» qué campos no coinciden. Lo primero sigue anotado.',
    'Si es otra actividad, dale su propia clave (caja, día y número de recibo). Si es la misma y cambió, devuelve la primera y envía la nueva.',
    'Something else was sent with this key before: `params.since` says when, and `params.differs` which fields differ. The first one stands.',
    'If it is another activity, give it a key of its own (till, day and receipt number). If it is the same and changed, return the first and send the new one.',
  ),
  'activity.alreadyReversed': help(
    'Ya se devolvió entera, en «params.since», con otra clave.',
    'No hace falta nada más: está anulada. GET …/activities/{key} dice cómo quedó.',
    'All of it was returned, at `params.since`, under another key.',
    'Nothing else is needed: it is taken back. GET …/activities/{key} says what became of it.',
  ),
  'activity.quarantined': help(
    'Una regla no se pudo decidir. La actividad está guardada y alguien la revisa.',
    'No la envíes con otra clave: contaría dos veces cuando se arregle.',
    'A rule could not be decided. The activity is kept and somebody looks at it.',
    'Do not send it under another key: it would count twice once that is mended.',
  ),
  'points.notEnough': help(
    'El miembro tiene menos puntos disponibles de los que se reservan o se gastan.',
    'Lee GET …/standing y ofrece como mucho ese saldo. «result» trae el apunte que lo rechazó.',
    'The member has fewer points at hand than are set aside or spent.',
    'Read GET …/standing and offer that balance at most. `result` has the entry that refused it.',
  ),
  'hold.over': help(
    'La reserva pasó de su último día y los puntos volvieron al miembro.',
    'Reserva de nuevo, si aún los tiene.',
    'The hold went past its last day, and the points went back to the member.',
    'Set them aside again, if they are still there.',
  ),
};

/** What the page of an error says of its cause and remedy. */
export function helpOf(code: ErrorCode): ErrorHelp {
  const found = OF_CODE[code] ?? OF_STATUS[ERRORS[code].status];
  if (found === undefined) throw new Error(`Nobody says what ${code} comes from.`);
  return found;
}

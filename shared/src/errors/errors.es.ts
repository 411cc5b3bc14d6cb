import type { ErrorCode } from './catalogue.js';
import type { Format } from '#words/format.js';
import type { ProblemParams } from '#platform/problem.js';

type Sentence = string | ((p: ProblemParams, f: Format) => string);

/** What people read when something is refused: what happened and what to do. */
export const es: Record<ErrorCode, Sentence> = {
  'input.invalid': 'Revisa los campos señalados.',
  'input.unreadable': 'No hemos podido leer los datos. Envíalos como JSON válido.',
  'input.tooLarge': 'Los datos ocupan demasiado. Divídelos en partes más pequeñas.',
  'input.mediaType': 'Envía los datos como JSON (application/json).',
  'route.notFound': 'Esta dirección no existe. Comprueba que esté bien escrita.',
  'server.failed': 'Algo ha fallado por nuestra parte. No se ha perdido nada; inténtalo de nuevo en un momento.',
  'server.unavailable': 'Ahora mismo no podemos hacerlo. Inténtalo de nuevo en un momento.',
  'rate.exceeded': (p, f) =>
    `Vas demasiado deprisa. Espera ${f.count(Number(p.seconds ?? 1), { one: '# segundo', other: '# segundos' })} y sigue.`,
  'auth.required': 'Entra con tu cuenta para continuar.',
  'auth.badCredentials': 'El correo o la contraseña no coinciden. Compruébalos e inténtalo de nuevo.',
  'auth.sessionEnded': 'Tu sesión ha terminado. Entra de nuevo; no has perdido nada.',
  'auth.tokenExpired': 'Tu sesión necesita renovarse.',
  'auth.keyInvalid': 'Esta clave de API no es válida o se ha retirado.',
  'auth.forbidden': 'No tienes permiso para hacer esto.',
  'auth.activityTypeForbidden': (p) => `Esta clave no puede enviar actividades de tipo «${String(p.type)}».`,
  'auth.originForbidden': 'Esta petición viene de otro sitio y no se admite.',
  'auth.secondFactorNeeded': 'Para esto hace falta tu código de la aplicación de autenticación.',
  'account.emailTaken': 'Ya hay una cuenta con este correo. Entra con su contraseña o pide una nueva.',
  'account.codeInvalid': 'Este enlace ya se ha usado o ha caducado. Pide otro.',
  'account.passwordWrong': 'La contraseña actual no es esa. Compruébala e inténtalo de nuevo.',
  'secondFactor.wrong': 'El código no es correcto o ya se ha usado. Espera al siguiente y escríbelo.',
  'secondFactor.isOn': 'Tu cuenta ya tiene activada la verificación en dos pasos.',
  'secondFactor.isOff': 'Tu cuenta no tiene activada la verificación en dos pasos. Actívala primero.',
  'secondFactor.notBegun': 'Empieza de nuevo a activar la verificación en dos pasos.',
  'session.notFound': 'Esa sesión ya no existe.',
  'key.notFound': 'Esa clave de API no existe.',
  'program.notFound': 'Este programa no existe.',
  'program.slugTaken': (p) => `El nombre «${String(p.slug)}» ya está en uso. Elige otro.`,
  'program.slugReserved': (p) => `El nombre «${String(p.slug)}» está reservado. Elige otro.`,
  'program.shiftDiffers': (p) =>
    `Este programa se importó con un desplazamiento de ${String(p.stored)} semanas. Usa el mismo o crea otro programa.`,
  'program.joinClosed': 'A este programa solo se entra con invitación o con un código de vinculación.',
  'definitions.invalid': 'Las definiciones no encajan entre sí. Revisa los puntos señalados.',
  'definitions.conflict':
    'Alguien ha publicado otra versión mientras tanto. Recárgala y aplica tus cambios sobre ella.',
  'version.notFound': 'Esta versión no existe.',
  'version.moved': (p) =>
    `El borrador parte de la versión ${String(p.basedOn)} y ya está publicada la ${String(p.newest)}. Ponlo al día y revísalo otra vez.`,
  'version.waiting': (p, f) =>
    `La versión ${String(p.version)} espera hasta el ${f.moment(String(p.from))}. Retírala antes de publicar otra.`,
  'version.notWaiting': 'Esta versión no está esperando, así que no se puede retirar. Puedes volver a una anterior.',
  'version.noticeTooShort': (p, f) =>
    `Algo de esto no es solo en beneficio de los socios, y hay que avisar con ${f.count(Number(p.days), { one: '# día', other: '# días' })}. Elige una fecha desde el ${f.moment(String(p.earliest))}.`,
  'version.notCorrection': (p, f) =>
    `Solo se puede corregir en el acto lo que lleva menos de ${f.count(Number(p.days), { one: '# día', other: '# días' })} en vigor. Esto quita algo que ya estaba antes.`,
  'version.inPast': 'Elige un momento que aún no haya pasado.',
  'draft.notFound': 'Este borrador no existe. Puede que alguien lo haya publicado o borrado.',
  'draft.nameTaken': 'Ya hay un borrador con ese nombre. Elige otro.',
  'draft.changed': 'Alguien ha cambiado este borrador mientras tanto. Cárgalo de nuevo; lo que has escrito sigue aquí.',
  'draft.notApproved': 'Este programa pide que otra persona apruebe el borrador antes de publicarlo.',
  'draft.ownApproval': 'Lo tiene que aprobar alguien que no lo haya cambiado.',
  'member.notFound': 'Este miembro no existe en el programa.',
  'member.required': 'Indica a qué miembro pertenece: su id o su identificador externo.',
  'member.hasLogin': 'Este miembro ya tiene otra cuenta.',
  'member.alreadyEnrolled': 'Tu cuenta ya está en este programa.',
  'member.aliasTaken': 'Otra persona ya usa ese alias. Prueba con otro.',
  'member.notEnrolled': 'Esta persona no se ha dado de alta en el programa. No se ha guardado nada.',
  'member.left': 'Este miembro se ha dado de baja del programa.',
  'claim.invalid': 'Este código de vinculación ya se ha usado o ha caducado. Pide otro al equipo del programa.',
  'invitation.notFound': 'Esta invitación no existe. Comprueba el enlace o entra sin ella.',
  'referral.self': 'No te puedes invitar a ti. Comparte tu enlace con otra persona.',
  'referral.none': 'Este programa no tiene invitaciones.',
  'board.notFound': 'Esa clasificación no existe.',
  'entry.notFound': 'Este apunte no existe.',
  'proof.notYet':
    'Este apunte entra en la próxima raíz firmada, que se hace una vez al día. Pide la prueba de nuevo cuando esté.',
  'proof.tooOld': 'Este apunte es de antes de que se sellaran los grupos y no tiene prueba propia.',
  'asOf.beforeProgram': (p, f) =>
    `Ese momento es anterior al programa, que empezó el ${f.moment(String(p.since))}. Elige uno posterior.`,
  'asOf.beforeMember': (p, f) =>
    `En ese momento aún no se conocía a este miembro; existe desde el ${f.moment(String(p.since))}.`,
  'asOf.inFuture': 'Ese momento aún no ha llegado. Elige uno pasado.',
  'ledger.unrepairable':
    'El diario de este miembro no encaja y no se puede reparar solo. Recupera una copia de seguridad y avisa a quien mantiene la instalación.',
  'streak.noPause': 'Esta racha no admite pausas.',
  'streak.pausePast': 'La pausa tiene que empezar hoy o más tarde, y no puede acabar antes de empezar.',
  'streak.pauseTooLong': 'No te quedan tantos días de pausa este año.',
  'streak.pauseRuns': 'Tu pausa ya ha empezado: sigue hasta el día previsto.',
  'streak.noFreezes': 'Esta racha no tiene comodines.',
  'streak.freezesFull': 'Ya tiene todos los comodines que se pueden guardar.',
  'streak.notBroken': 'En ese plazo no se rompió la racha.',
  'activity.coolDown': 'Es demasiado pronto: hay que esperar un poco desde la última vez.',
  'activity.limitReached': 'Ya ha llegado al número de veces que cuenta en este plazo.',
  'badge.notHeld': 'Este miembro no tiene esa insignia.',
  'mission.notFound': 'Esta misión no existe.',
  'activity.notFound': 'No hay ninguna actividad tuya con esta clave.',
  'activity.unknownType': (p) => `El programa no conoce el tipo de actividad «${String(p.type)}».`,
  'activity.tooLate': (p, f) =>
    `La actividad es de hace más de ${f.count(Number(p.days ?? 400), { one: '# día', other: '# días' })} y ya no se puede anotar.`,
  'activity.inFuture': 'La fecha de la actividad está en el futuro. Corrígela y envíala de nuevo.',
  'activity.keyReused': 'Esta clave ya se usó con otros datos. Usa una clave nueva para una actividad nueva.',
  'activity.alreadyReversed': 'Esta actividad ya se había anulado.',
  'activity.notReversible': 'Este apunte no se puede anular.',
  'activity.nothingReturned': 'No se devuelve nada: quedaría todo igual.',
  'activity.undoTooLate': 'Lo que se anota a mano se puede anular durante 24 horas, y ya han pasado.',
  'activity.quarantined': 'No hemos podido decidir esta actividad. La hemos apartado y la estamos revisando.',
  'lane.busy': (p, f) =>
    `Hay mucho en cola. Vuelve a enviarlo dentro de ${f.count(Number(p.seconds ?? 1), { one: '# segundo', other: '# segundos' })}.`,
  'lane.moved': 'Otro nodo se ocupa ahora de este miembro. Vuelve a enviarlo en un momento.',
  'stream.unknown': 'Ese canal en directo no existe.',
  'stream.tooMany': 'Esta página sigue demasiados canales en directo a la vez. Vuelve a cargarla.',
  'stream.cursorAhead': 'Tu vista en directo va por delante del servidor. Vuelve a cargar la página.',
};

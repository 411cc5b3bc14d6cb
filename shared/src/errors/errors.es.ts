import type { ErrorCode } from './catalogue.js';
import type { Format } from '#words/format.js';
import type { ProblemParams } from '#platform/problem.js';

type Sentence = string | ((p: ProblemParams, f: Format) => string);

/** How long to wait: seconds by the one, minutes and hours about. */
const wait = (seconds: unknown, f: Format): string => {
  const left = Number(seconds ?? 1);
  if (left < 100) return f.count(left, { one: '# segundo', other: '# segundos' });
  if (left < 5_400) return f.count(Math.ceil(left / 60), { one: '# minuto', other: 'unos # minutos' });
  return f.count(Math.ceil(left / 3_600), { one: '# hora', other: 'unas # horas' });
};

/** What people read when something is refused: what happened and what to do. */
export const es: Record<ErrorCode, Sentence> = {
  'input.invalid': 'Revisa los campos señalados.',
  'input.unreadable': 'No hemos podido leer los datos. Envíalos como JSON válido.',
  'input.tooLarge': 'Los datos ocupan demasiado. Divídelos en partes más pequeñas.',
  'input.mediaType': 'Envía los datos como JSON (application/json).',
  'route.methodNotAllowed': (p) => `Esta dirección no admite ese método. Admite: ${String(p.allowed)}.`,
  'route.notFound': 'Esta dirección no existe. Comprueba que esté bien escrita.',
  'server.failed': 'Algo ha fallado por nuestra parte. No se ha perdido nada; inténtalo de nuevo en un momento.',
  'server.unavailable': 'Ahora mismo no podemos hacerlo. Inténtalo de nuevo en un momento.',
  'rate.exceeded': (p, f) => `Vas demasiado deprisa. Espera ${wait(p.seconds, f)} y sigue.`,
  'auth.required': (p) =>
    p.machine === true
      ? 'Hace falta una clave de API: mándala en la cabecera «Authorization: Bearer vk_…». Las personas entran con su cuenta.'
      : 'Entra con tu cuenta para continuar.',
  'auth.badCredentials': 'El correo o la contraseña no coinciden. Compruébalos e inténtalo de nuevo.',
  'auth.sessionEnded': 'Tu sesión ha terminado. Entra de nuevo; no has perdido nada.',
  'auth.tokenExpired': 'Tu sesión necesita renovarse.',
  'auth.keyInvalid':
    'Esta clave de API no es válida o se ha retirado. Mándala entera, como se mostró al crearla, o pide otra al equipo del programa.',
  'auth.forbidden': (p) =>
    p.person === true
      ? 'Esto lo hace una persona con su cuenta: ninguna clave de API puede.'
      : p.has === undefined
        ? 'No tienes permiso para hacer esto.'
        : `A esta clave le falta el permiso ${String(p.right)}. Tiene: ${String(p.has) || 'ninguno'}.`,
  'auth.activityTypeForbidden': (p) =>
    `Esta clave no puede enviar actividades de tipo «${String(p.type)}». Puede: ${String(p.has) || 'ninguno'}.`,
  'auth.originForbidden': 'Esta petición viene de otro sitio y no se admite.',
  'auth.secondFactorNeeded': 'Para esto hace falta tu código de la aplicación de autenticación.',
  'account.tooMany': (p, f) =>
    `Muchas personas se están dando de alta ahora mismo desde esta conexión. Prueba con otra, como los datos de tu móvil, o espera ${wait(p.seconds, f)}. Si estás en una tienda, también puedes pedir allí una tarjeta y unirla a tu cuenta después.`,
  'account.emailTaken': 'Ya hay una cuenta con este correo. Entra con su contraseña o pide una nueva.',
  'account.codeInvalid': 'Este enlace ya se ha usado o ha caducado. Pide otro.',
  'account.passwordWrong': 'La contraseña actual no es esa. Compruébala e inténtalo de nuevo.',
  'secondFactor.wrong': 'El código no es correcto o ya se ha usado. Espera al siguiente y escríbelo.',
  'secondFactor.isOn': 'Tu cuenta ya tiene activada la verificación en dos pasos.',
  'secondFactor.isOff': 'Tu cuenta no tiene activada la verificación en dos pasos. Actívala primero.',
  'secondFactor.notBegun': 'Empieza de nuevo a activar la verificación en dos pasos.',
  'session.notFound': 'Esa sesión ya no existe.',
  'mail.notFound': 'El texto de este mensaje ya no está aquí, o abre una cuenta que no es de este programa.',
  'key.notFound': 'Esa clave de API no existe.',
  'key.notRenewable': 'Esa clave ya se retiró o se renovó. Renueva la que ocupó su lugar, o crea una nueva.',
  'sandbox.refused': 'Esto no se puede hacer en el espacio de pruebas: cambiaría algo fuera de él.',
  'brand.notFound': 'Esa marca no existe.',
  'brand.slugTaken': 'Otra marca ya usa ese nombre corto.',
  'brand.archived': 'Esa marca está archivada. Recupérala primero, o elige otra.',
  'shop.notFound': 'Esa tienda no existe.',
  'shop.slugTaken': 'Otra tienda ya usa ese nombre corto.',
  'shop.archived': 'Esa tienda está archivada. Recupérala primero, o elige otra.',
  'program.notFound': 'Este programa no existe.',
  'program.slugTaken': (p) => `El nombre «${String(p.slug)}» ya está en uso. Elige otro.`,
  'program.slugReserved': (p) => `El nombre «${String(p.slug)}» está reservado. Elige otro.`,
  'program.ownerUnverified':
    'Antes de crear un programa, confirma tu correo con el enlace que te hemos enviado. Si no lo encuentras, pide otro.',
  'program.noApprover':
    'Todavía no hay nadie más en el equipo que pueda aprobar, y nadie podría publicar. Cuando haya otra persona, se puede pedir.',
  'program.tooMany': (p, f) =>
    `Con tu cuenta puedes llevar como mucho ${f.count(Number(p.max ?? 5), { one: '# programa', other: '# programas' })}. Si necesitas otro, pídelo a quien mantiene la instalación.`,
  'program.shiftDiffers': (p) =>
    `Este programa se importó con un desplazamiento de ${String(p.stored)} semanas. Usa el mismo o crea otro programa.`,
  'legal.notFound': 'No hay textos legales con ese número.',
  'legal.conflict': 'Alguien ha publicado otros textos mientras tanto. Copia lo tuyo, recarga la página y compáralos.',
  'legal.changed': 'Los textos legales acaban de cambiar. Léelos de nuevo antes de seguir.',
  'legal.notAccepted': 'Antes tienes que aceptar las condiciones del programa.',
  'consent.notOwn': 'Solo la propia persona puede aceptar las condiciones o dar un permiso.',
  'program.joinClosed': 'A este programa no se entra así. Pide un código a su equipo o, si las admite, una invitación.',
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
  'draft.tooMany': 'Ya hay tantos borradores como puede haber. Borra alguno que no uses.',
  'draft.changed': 'Alguien ha cambiado este borrador mientras tanto. Cárgalo de nuevo; lo que has escrito sigue aquí.',
  'draft.notApproved': 'Este programa pide que otra persona apruebe el borrador antes de publicarlo.',
  'draft.ownApproval': 'Lo tiene que aprobar alguien que no lo haya cambiado.',
  'backtest.notFound': 'Esta prueba no existe.',
  'backtest.running': 'Ya hay una prueba de este borrador en marcha. Espera a que acabe o párala.',
  'backtest.ended': 'Esta prueba ya ha terminado.',
  'undo.moved': 'Este socio ha seguido haciendo cosas mientras tanto: se vuelve a calcular.',
  'undo.notFound': 'Este plan de corrección no existe.',
  'undo.firstVersion': 'Es la primera versión: no hay otra anterior que poner en su lugar. Elige una de sus reglas.',
  'undo.inForce': 'Esta versión sigue en vigor. Publica antes una corrección o vuelve a la versión anterior.',
  'undo.noInterval': 'El intervalo elegido queda fuera del tiempo en que esta versión estuvo en vigor.',
  'undo.open': 'Ya hay un plan de corrección abierto. Aplícalo o descártalo antes de preparar otro.',
  'undo.notPlanned': 'Este plan ya no está a la espera.',
  'undo.own': 'Otra persona tiene que aprobar el plan que has preparado.',
  'member.notFound': 'Este miembro no existe en el programa.',
  'member.hasLogin': 'Este miembro ya tiene otra cuenta.',
  'member.alreadyEnrolled': 'Tu cuenta ya está en este programa.',
  'member.aliasTaken':
    'Otra persona ya usa ese alias, u otro que se lee igual: no cuentan tildes, mayúsculas, espacios ni puntos. Prueba con otro.',
  'member.notEnrolled': 'Esta persona no se ha dado de alta en el programa. No se ha guardado nada.',
  'hold.ambiguous':
    'Se unieron dos cuentas y las dos tenían una reserva con ese nombre. Usa el nombre que tiene ahora en la ficha.',
  'merge.same': 'Es la misma cuenta. Elige otra para unirlas.',
  'merge.own': 'Tu propia cuenta la tiene que unir otra persona del equipo.',
  'member.closed': 'Esta cuenta ya se unió a otra.',
  'member.left': 'Este miembro se ha dado de baja del programa.',
  'claim.invalid': 'Este código de vinculación ya se ha usado o ha caducado. Pide otro al equipo del programa.',
  'joinCode.notFound':
    'Ese código no vale: no es una invitación ni un código de vinculación en vigor. Mira si lo has escrito entero.',
  'card.taken': (p) =>
    p['called'] === undefined
      ? 'Esa tarjeta ya es de otro socio.'
      : `Esa tarjeta ya es de ${String(p['called'])}. Si es la misma persona, une sus cuentas.`,
  'card.notFound': 'Este socio ya no tiene esa tarjeta.',
  'invitation.notFound': 'Esta invitación no existe. Comprueba el enlace o entra sin ella.',
  'referral.self': 'No te puedes invitar a ti. Comparte tu enlace con otra persona.',
  'referral.none': 'Este programa no tiene invitaciones.',
  'board.notFound': 'Esa clasificación no existe.',
  'entry.notFound': 'Este apunte no existe.',
  'proof.notYet':
    'Este apunte entra en la próxima raíz firmada, que se hace una vez al día. Pide la prueba de nuevo cuando esté.',
  'aside.notFound': 'No hay ninguna actividad apartada con ese identificador.',
  'proof.namesOthers':
    'Este apunte nombra a otra persona, así que su prueba solo la puede pedir el equipo del programa.',
  'proof.tooOld': 'Este apunte es de antes de que se sellaran los grupos y no tiene prueba propia.',
  'asOf.beforeProgram': (p, f) =>
    `Ese momento es anterior al programa, que empezó el ${f.moment(String(p.since))}. Elige uno posterior.`,
  'asOf.beforeMember': (p, f) =>
    `En ese momento aún no se conocía a este miembro; existe desde el ${f.moment(String(p.since))}.`,
  'asOf.inFuture': 'Ese momento aún no ha llegado. Elige uno pasado.',
  'ledger.unrepairable':
    'El diario de este miembro no encaja y no se puede reparar solo. Recupera una copia de seguridad y avisa a quien mantiene la instalación.',
  'day.notFound': 'Ese día no existe. Revisa la fecha.',
  'streak.noPause': 'Esta racha no admite pausas.',
  'streak.pausePast': 'La pausa tiene que empezar hoy o más tarde, y no puede acabar antes de empezar.',
  'streak.pauseTooLong': 'No te quedan tantos días de pausa en ese año.',
  'streak.pauseRuns': 'Esta pausa ya ha empezado: puedes cambiar su último día, pero no moverla ni quitarla.',
  'streak.pauseOverlaps': 'Ya tienes otra pausa en esos días. Cámbiala o elige otros.',
  'streak.pausesFull': 'Ya tienes doce pausas por delante. Quita una o espera a que pase.',
  'streak.pauseNotFound': 'Esa pausa ya no está: se cambió, se quitó o ya pasó.',
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
  'activity.keyReused': (p, f) =>
    `Esta clave ya se usó${p.since === undefined ? '' : ` el ${f.moment(String(p.since))}`} con otros datos${p.differs === undefined ? '' : ` (no coincide: ${String(p.differs)})`}. Usa una clave nueva para una actividad nueva.`,
  'activity.alreadyReversed': 'Esta actividad ya se había anulado.',
  'activity.notReversible': 'Este apunte no se puede anular.',
  'points.notEnough': 'El saldo no llega a tantos puntos.',
  'points.tooMany': 'Ningún saldo puede pasar de un billón de puntos.',
  'currency.notFound': 'No existe esa moneda.',
  'currency.notSpendable': 'Los puntos de esta moneda solo cuentan: no se pueden usar.',
  'transfer.off': 'Los puntos de esta moneda no se pueden regalar.',
  'transfer.self': 'No puedes regalarte puntos.',
  'transfer.tooMuch': 'Es más de lo que se puede dar en un regalo.',
  'transfer.dayLimit': 'Con lo que ya se ha dado, pasa de lo que se puede dar en un día.',
  'transfer.notFound': 'Esa entrega ya no está en camino.',
  'transfer.nobody': 'Aquí no hay nadie con ese nombre. Pídele el nombre que sale en las clasificaciones.',
  'pending.notFound': 'Esos puntos pendientes ya no están.',
  'hold.notFound': 'Esa reserva ya no está.',
  'hold.over': 'El último día de la reserva ya ha pasado.',
  'hold.tooLittle': 'La reserva no tiene tantos puntos.',
  'adjustment.notFound': 'No existe ese ajuste.',
  'adjustment.settled': 'Ya hay una decisión sobre este ajuste.',
  'adjustment.own': 'Este ajuste lo pediste tú: tiene que decidirlo otra persona.',
  'adjustment.ownMember': 'Es tu propia cuenta: lo tiene que hacer otra persona del equipo.',
  'adjustment.limit': (p, f) =>
    `Esto daría ${f.number(Number(p.amount))}, y una sola persona puede dar a mano ${f.number(Number(p.limit))} al día: hoy te quedan ${f.number(Number(p.left))}. Pídelo como un ajuste y lo decidirá otra persona.`,
  'adjustment.tooMuch': (p, f) =>
    Number(p.left) === 0
      ? 'No tiene puntos que quitar.'
      : f.count(Number(p.left), {
          one: 'Solo tiene # punto: no se le puede quitar más.',
          other: 'Solo tiene # puntos: no se le pueden quitar más.',
        }),
  'capture.tooLittle': (p, f) =>
    f.count(Number(p.left), {
      one: 'De ese pago solo queda # punto por anular.',
      other: 'De ese pago solo quedan # puntos por anular.',
    }),
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

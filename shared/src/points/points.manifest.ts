import type { ErrorSpec, PermissionSpec } from '#platform/manifest.js';

export const permissions = {
  'points.give': { role: 'manager', secondFactor: 'toChange' },
  'points.hold': { role: 'manager', secondFactor: 'always', forKeys: true },
} as const satisfies Record<string, PermissionSpec>;

export const errors = {
  'hold.ambiguous': {
    status: 409,
    title: {
      es: 'Se unieron dos cuentas y las dos tenían puntos reservados con ese nombre',
      en: 'Two accounts were joined and both have points set aside under this name',
    },
  },
  'points.notEnough': {
    status: 422,
    title: { es: 'El saldo no tiene tantos puntos', en: 'The balance does not hold so many points' },
  },
  'points.tooMany': {
    status: 422,
    title: { es: 'Ningún saldo puede tener tantos puntos', en: 'No balance may hold so many points' },
  },
  'currency.notFound': { status: 404, title: { es: 'No hay tal moneda', en: 'There is no such currency' } },
  'currency.notSpendable': {
    status: 422,
    title: { es: 'Los puntos de esta moneda solo cuentan', en: 'Points of this currency only count' },
  },
  'transfer.off': {
    status: 422,
    title: { es: 'Los puntos de esta moneda no se regalan', en: 'Points of this currency cannot be given to others' },
  },
  'transfer.self': {
    status: 422,
    title: { es: 'Nadie se regala puntos a sí mismo', en: 'Nobody gives points to themselves' },
  },
  'transfer.tooMuch': {
    status: 422,
    title: { es: 'Es más de lo que puede ser un regalo', en: 'This is more than one gift may be' },
  },
  'transfer.dayLimit': {
    status: 422,
    title: { es: 'Es más de lo que se puede dar en un día', en: 'This is more than may be given in a day' },
  },
  'transfer.notFound': {
    status: 404,
    title: { es: 'No hay tal entrega en camino', en: 'There is no such transfer on its way' },
  },
  'transfer.nobody': {
    status: 422,
    title: { es: 'Nadie con ese nombre puede recibir puntos', en: 'Nobody of this name can be given points' },
  },
  'pending.notFound': {
    status: 404,
    title: { es: 'No hay tales puntos pendientes', en: 'There are no such pending points' },
  },
  'hold.notFound': { status: 404, title: { es: 'No hay tal reserva', en: 'There is no such hold' } },
  'hold.over': {
    status: 422,
    title: { es: 'El último día de la reserva ha pasado', en: 'The last day of the hold is over' },
  },
  'hold.tooLittle': {
    status: 422,
    title: { es: 'La reserva no tiene tantos puntos', en: 'The hold does not hold so many points' },
  },
  'adjustment.notFound': { status: 404, title: { es: 'No hay tal ajuste', en: 'There is no such adjustment' } },
  'adjustment.settled': {
    status: 409,
    title: { es: 'Alguien decidió ya sobre este ajuste', en: 'Somebody has decided on this adjustment already' },
  },
  'adjustment.own': {
    status: 403,
    title: { es: 'Sobre este ajuste decide otra persona', en: 'Another person has to decide on this adjustment' },
  },
  'adjustment.ownMember': {
    status: 403,
    title: {
      es: 'En tu propia cuenta lo hace otra persona del equipo',
      en: 'Another person of the staff has to do this for your own account',
    },
  },
  'adjustment.limit': {
    status: 403,
    title: {
      es: 'Es más de lo que una persona puede dar a mano en un día',
      en: 'This is more than one person may give by hand in a day',
    },
  },
  'adjustment.tooMuch': {
    status: 422,
    title: {
      es: 'El miembro tiene menos puntos de los que se quitan',
      en: 'The member has fewer points than are to be taken',
    },
  },
  'capture.tooLittle': {
    status: 422,
    title: { es: 'De ese pago queda menos por anular', en: 'Less of the capture is left to be cancelled' },
  },
} as const satisfies Record<string, ErrorSpec>;

export const auditActions = [
  'points.adjusted',
  'points.undone',
  'capture.cancelled',
  'adjustment.approved',
  'adjustment.refused',
] as const;

export const auditSubjects = ['adjustment'] as const;

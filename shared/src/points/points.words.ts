import type { ListWords, PermissionWords, Sentence, WordsOf } from '#platform/manifest.js';
import type * as manifest from './points.manifest.js';

export const errors: WordsOf<typeof manifest.errors, Sentence> = {
  'hold.ambiguous': {
    es: 'Se unieron dos cuentas y las dos tenían una reserva con ese nombre. Usa el nombre que tiene ahora en la ficha.',
    en: 'Two accounts were joined and both had a hold of this name. Use the name that it has now on the member’s page.',
  },
  'points.notEnough': {
    es: 'El saldo no llega a tantos puntos.',
    en: 'The balance does not hold so many points.',
  },
  'points.tooMany': {
    es: 'Ningún saldo puede pasar de un billón de puntos.',
    en: 'No balance may pass a million million points.',
  },
  'currency.notFound': {
    es: 'No existe esa moneda.',
    en: 'There is no such currency.',
  },
  'currency.notSpendable': {
    es: 'Los puntos de esta moneda solo cuentan: no se pueden usar.',
    en: 'Points of this currency only count: they cannot be used.',
  },
  'transfer.off': {
    es: 'Los puntos de esta moneda no se pueden regalar.',
    en: 'Points of this currency cannot be given to others.',
  },
  'transfer.self': {
    es: 'No puedes regalarte puntos.',
    en: 'You cannot give points to yourself.',
  },
  'transfer.tooMuch': {
    es: 'Es más de lo que se puede dar en un regalo.',
    en: 'That is more than one gift may be.',
  },
  'transfer.dayLimit': {
    es: 'Con lo que ya se ha dado, pasa de lo que se puede dar en un día.',
    en: 'With what was given already, that is more than may be given in a day.',
  },
  'transfer.notFound': {
    es: 'Esa entrega ya no está en camino.',
    en: 'That transfer is no longer on its way.',
  },
  'transfer.nobody': {
    es: 'Aquí no hay nadie con ese nombre. Pídele el nombre que sale en las clasificaciones.',
    en: 'There is nobody of this name here. Ask for the name as it stands on the boards.',
  },
  'pending.notFound': {
    es: 'Esos puntos pendientes ya no están.',
    en: 'Those pending points are no longer there.',
  },
  'hold.notFound': {
    es: 'Esa reserva ya no está.',
    en: 'That hold is no longer there.',
  },
  'hold.over': {
    es: 'El último día de la reserva ya ha pasado.',
    en: 'The last day of the hold is over already.',
  },
  'hold.tooLittle': {
    es: 'La reserva no tiene tantos puntos.',
    en: 'The hold does not hold so many points.',
  },
  'adjustment.notFound': {
    es: 'No existe ese ajuste.',
    en: 'There is no such adjustment.',
  },
  'adjustment.settled': {
    es: 'Ya hay una decisión sobre este ajuste.',
    en: 'Somebody has decided on this adjustment already.',
  },
  'adjustment.own': {
    es: 'Este ajuste lo pediste tú: tiene que decidirlo otra persona.',
    en: 'You asked for this adjustment: another person has to decide on it.',
  },
  'adjustment.ownMember': {
    es: 'Es tu propia cuenta: lo tiene que hacer otra persona del equipo.',
    en: 'This is your own account: another person of the team has to do it.',
  },
  'adjustment.limit': {
    es: (p, f) =>
      `Esto daría ${f.number(Number(p.amount))}, y una sola persona puede dar a mano ${f.number(Number(p.limit))} al día: hoy te quedan ${f.number(Number(p.left))}. Pídelo como un ajuste y lo decidirá otra persona.`,
    en: (p, f) =>
      `This would give ${f.number(Number(p.amount))}, and one person may give ${f.number(Number(p.limit))} a day by hand: you have ${f.number(Number(p.left))} left today. Ask for it as an adjustment, and another person decides.`,
  },
  'adjustment.tooMuch': {
    es: (p, f) =>
      Number(p.left) === 0
        ? 'No tiene puntos que quitar.'
        : f.count(Number(p.left), {
            one: 'Solo tiene # punto: no se le puede quitar más.',
            other: 'Solo tiene # puntos: no se le pueden quitar más.',
          }),
    en: (p, f) =>
      Number(p.left) === 0
        ? 'There are no points to take.'
        : f.count(Number(p.left), {
            one: 'There is only # point: no more can be taken.',
            other: 'There are only # points: no more can be taken.',
          }),
  },
  'capture.tooLittle': {
    es: (p, f) =>
      f.count(Number(p.left), {
        one: 'De ese pago solo queda # punto por anular.',
        other: 'De ese pago solo quedan # puntos por anular.',
      }),
    en: (p, f) =>
      f.count(Number(p.left), {
        one: 'Only # point of that payment is left to be cancelled.',
        other: 'Only # points of that payment are left to be cancelled.',
      }),
  },
};

export const permissions: PermissionWords<typeof manifest.permissions> = {
  'points.hold': {
    es: {
      label: 'Reservar puntos y cobrarlos',
      text: 'Para pagar con puntos: los aparta al empezar la compra y los gasta o los suelta al acabar.',
    },
    en: {
      label: 'Hold points and spend them',
      text: 'For paying with points: sets them aside at checkout, then spends them or lets them go.',
    },
  },
};

export const auditActions: ListWords<typeof manifest.auditActions> = {
  'points.adjusted': { es: 'Puntos dados o quitados a mano', en: 'Points given or taken by hand' },
  'points.undone': { es: 'Ajuste de puntos deshecho', en: 'Adjustment undone' },
  'capture.cancelled': { es: 'Pago con puntos anulado', en: 'Payment with points cancelled' },
  'adjustment.approved': { es: 'Ajuste aprobado', en: 'Adjustment approved' },
  'adjustment.refused': { es: 'Ajuste rechazado', en: 'Adjustment refused' },
};

export const auditSubjects: ListWords<typeof manifest.auditSubjects> = {
  adjustment: { es: 'Ajuste', en: 'Adjustment' },
};

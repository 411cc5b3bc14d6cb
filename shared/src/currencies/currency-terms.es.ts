/** What a currency is and allows besides its expiry, in Spanish. */
export const es = {
  kinds: { spendable: 'se puede usar', status: 'solo cuenta' },
  transfer: (p: { gift: string; day: string }) => `hasta ${p.gift} por regalo y ${p.day} al día`,
  notice: (p: { days: string }) => `${p.days} antes`,
  onReversal: {
    withinBalance: 'se descuentan de los que queden, y el resto se perdona',
    negative: 'se descuentan de los que queden, y el resto, de lo próximo que ganes',
    pendingOnly: 'solo se descuentan los que aún estaban pendientes',
  },
  terms: {
    status: 'No se pueden usar: solo cuentan.',
    transfer: (p: { transfer: string }) => `Puedes regalar ${p.transfer}.`,
    notice: (p: { notice: string }) => `Te avisamos ${p.notice} de que caduquen.`,
    onReversal: (p: { how: string }) => `Si devuelves algo y ya habías usado sus puntos, ${p.how}.`,
  },
};

export type CurrencyTermsWords = typeof es;

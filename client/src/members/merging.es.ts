/** What is said of joining two accounts of one person, in Spanish. */
export const es = {
  /** Of what the two have, side by side. */
  table: 'Lo que tiene cada cuenta y lo que tendrán juntas',
  what: 'Qué',
  together: 'Juntas',
  balance: 'Saldo',
  pending: 'Pendientes',
  held: 'Apartados',
  tier: 'Categoría',
  badges: 'Insignias',
  noTier: 'Ninguna',
  keeps: [
    'Los puntos que tienen fecha de caducidad la conservan, y las misiones, su avance.',
    'Lo que ya se ganó una vez no se vuelve a ganar.',
    'Las tarjetas y los enlaces de la otra cuenta siguen funcionando.',
  ],
  forGood: 'No se puede deshacer.',
  own: {
    title: 'Unir otra cuenta',
    lead: 'Si tienes una tarjeta o una cuenta aparte, el equipo te da un código. Escríbelo y verás lo que tendrías antes de decidir.',
    code: 'Código de vinculación',
    codeHint: 'Por ejemplo, 7KQ2-M4XD-09PT.',
    codeMissing: 'Escribe el código que te dieron.',
    codeOfInvitation: 'Este parece el código de una invitación, que solo vale al unirse por primera vez.',
    look: 'Ver qué pasaría',
    mine: 'Tu cuenta',
    other: 'La otra',
    confirmTitle: '¿Unimos las dos cuentas?',
    confirmText: (p: { name: string }) => `Todo lo que tiene ${p.name} pasa a tu cuenta.`,
    unnamed: 'la otra cuenta',
    confirm: 'Unir las dos',
    cancel: 'Ahora no',
    done: 'Ya es una sola cuenta. Aquí está todo lo que tenías en las dos.',
  },
  staff: {
    open: 'Unir con otra ficha',
    title: 'Unir dos fichas',
    lead: (p: { name: string }) =>
      `La ficha de ${p.name} se queda; la que elijas termina y todo lo que tiene pasa a esta.`,
    both: (p: { name: string; other: string }) =>
      `La ficha de ${p.name} se queda. La de ${p.other} termina, y todo lo que tiene pasa a esta.`,
    search: 'La otra ficha',
    searchHint: 'Número de tarjeta, correo, alias o principio del nombre.',
    look: 'Buscar',
    choose: 'Elige la ficha que termina',
    nobody: 'No hay otra ficha así.',
    noName: 'Sin nombre',
    stays: 'Se queda',
    ends: 'Termina',
    another: 'Elegir otra',
    losesLogin: 'Las dos fichas tienen cuenta. La de la ficha que termina dejará de entrar en este programa.',
    reason: 'Motivo',
    reasonHint: 'Queda en el registro de cambios.',
    reasonMissing: 'Escribe el motivo, con tres letras o más.',
    confirm: 'Unir las dos fichas',
    done: 'Las dos fichas son una.',
    ended: (p: { name: string }) =>
      `Esta ficha se unió a la de ${p.name}, que tiene todo lo suyo. Abajo queda lo que hizo hasta entonces.`,
    toSurvivor: 'Ver la ficha que sigue',
  },
};

export type MergingWords = typeof es;

declare module '#lib/words/areas.js' {
  interface AreaWordsByName {
    merging: MergingWords;
  }
}

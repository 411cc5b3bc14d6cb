/** What a receipt’s page says, in Spanish. */
export const es = {
  back: 'Volver a la cartera',
  title: 'Justificante',
  decided: 'Anotado',
  channel: 'Canal',
  number: 'Apunte',
  balance: 'Saldo después',
  why: '¿Por qué?',
  whyNone: 'Esta vez no se aplicó ninguna regla.',
  whyNot: '¿Por qué no?',
  whyNotThen: 'Así estaba todo en aquel momento.',
  whyNotNone: 'Se aplicó todo lo que podía aplicarse.',
  cut: 'Hay más reglas que no se aplicaron; aquí van las primeras.',
  progressed: 'Lo que ha avanzado',
  details: 'Datos de la actividad',
  expires: (p: { day: string }) => `Caducan al acabar el ${p.day}`,
  seal: 'Sello',
  sealText: 'Este apunte no se puede cambiar sin que se note: cada uno lleva el sello del anterior.',
  channels: {
    shop: 'Tienda',
    online: 'Internet',
    app: 'Aplicación',
    event: 'Evento',
    partner: 'Socio colaborador',
    import: 'Importación',
    staff: 'Equipo del programa',
    system: 'Sistema',
  } as Record<string, string>,
  refusedTitle: 'No se ha aceptado',
};

export type EntryWords = typeof es;

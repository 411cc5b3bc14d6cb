/** What the list of approvals says, in Spanish. */
export const es = {
  approvalsTitle: 'Aprobaciones',
  approvalsLead:
    'Lo que daría más puntos de los que una persona puede dar a mano en un día: uno lo pide y otro lo decide.',
  noOthers:
    'Ahora mismo eres la única persona del equipo: lo que pidas por encima de tu límite diario se queda esperando. Pide a quien lleva este servidor que dé de alta a otra persona.',
  waiting: 'Por decidir',
  decided: 'Decididas',
  show: 'Qué se ve',
  alsoGives: (p: { points: string }) => `Y además ${p.points}.`,
  decidedAnew: 'Es lo que daría ahora; al aprobarlo se calcula de nuevo.',
  isForOwn: 'Es para tu propia cuenta: lo decide otra persona.',
  asksFor: (p: { points: string; name: string }) => `${p.points} para ${p.name}`,
  noName: 'Socio sin nombre',
  command: 'un programa de este servidor',
  askedBy: (p: { name: string; when: string }) => `Lo pide ${p.name}, ${p.when}`,
  approvedBy: (p: { name: string; when: string }) => `Aprobado por ${p.name}, ${p.when}`,
  refusedBy: (p: { name: string; when: string; reason: string }) => `Rechazado por ${p.name}, ${p.when}: ${p.reason}`,
  own: 'Lo pediste tú: lo decide otra persona.',
  approve: 'Aprobar',
  refuse: 'Rechazar',
  approved: 'Aprobado: ya está anotado.',
  refused: 'Rechazado.',
  refuseTitle: 'Rechazar la petición',
  refuseHint: 'Lo lee quien lo pidió.',
  noneWaitingTitle: 'Nada que decidir',
  noneWaitingText: 'Cuando alguien quiera dar a mano más de lo que puede en un día, aparecerá aquí.',
  noneDecidedTitle: 'Todavía no se ha decidido ninguna',
  noneDecidedText: 'Aquí quedará quién lo pidió y quién lo decidió.',
};

export type ApprovalsWords = typeof es;

declare module '#lib/words/areas.js' {
  interface AreaWordsByName {
    approvals: ApprovalsWords;
  }
}

import type { Language } from '@verbena/shared/platform/localized-text.js';

/** What the preview of a shared address says. */
export interface LinkPreviewWords {
  /** `alias` is null for somebody who chose none. */
  readonly invites: (alias: string | null, program: string) => string;
  readonly invitation: (program: string) => string;
  readonly join: (program: string) => string;
  readonly program: (program: string) => string;
  readonly house: string;
}

const es: LinkPreviewWords = {
  invites: (alias, program) => (alias === null ? `Te invitan a ${program}` : `${alias} te invita a ${program}`),
  invitation: (program) => `Únete a ${program} con su invitación: puntos, misiones y ventajas con cada compra.`,
  join: (program) => `Únete a ${program}`,
  program: (program) => `En ${program}, cada compra cuenta: suma puntos, completa misiones y sube de categoría.`,
  house: 'Un programa de fidelidad con misiones, insignias y clasificaciones, que explica cada punto.',
};

const en: LinkPreviewWords = {
  invites: (alias, program) =>
    alias === null ? `You are invited to ${program}` : `${alias} invites you to ${program}`,
  invitation: (program) => `Join ${program} with their invitation: points, missions and benefits with every purchase.`,
  join: (program) => `Join ${program}`,
  program: (program) => `At ${program}, every purchase counts: collect points, complete missions and climb the tiers.`,
  house: 'A loyalty program with missions, badges and leaderboards that explains every point.',
};

export const LINK_PREVIEW_WORDS: Readonly<Record<Language, LinkPreviewWords>> = { es, en };

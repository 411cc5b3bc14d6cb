import type { Language } from '@verbena/shared/platform/localized-text.js';

/**
 * Words that only some pages say, each fetched with the first of them, so that the shell stays small. A page's `load` asks
 * for its areas (`await locale.need('boards')`), and `locale.area('boards')` is typed like its Spanish file. The files stand
 * in the area's folder: `leaderboards/boards.es.ts` and `boards.en.ts`, the English one typed by the Spanish one.
 */
export const AREAS = {
  access: {
    es: async () => (await import('#identity/access.es.js')).es,
    en: async () => (await import('#identity/access.en.js')).en,
  },
  boards: {
    es: async () => (await import('#leaderboards/boards.es.js')).es,
    en: async () => (await import('#leaderboards/boards.en.js')).en,
  },
  backtests: {
    es: async () => (await import('#backtests/backtests.es.js')).es,
    en: async () => (await import('#backtests/backtests.en.js')).en,
  },
  badges: {
    es: async () => (await import('#badges/badges.es.js')).es,
    en: async () => (await import('#badges/badges.en.js')).en,
  },
  bell: {
    es: async () => (await import('#ledger/bell.es.js')).es,
    en: async () => (await import('#ledger/bell.en.js')).en,
  },
  home: {
    es: async () => (await import('#members/home.es.js')).es,
    en: async () => (await import('#members/home.en.js')).en,
  },
  merging: {
    es: async () => (await import('#members/merging.es.js')).es,
    en: async () => (await import('#members/merging.en.js')).en,
  },
  missions: {
    es: async () => (await import('#missions/missions.es.js')).es,
    en: async () => (await import('#missions/missions.en.js')).en,
  },
  missionPage: {
    es: async () => (await import('#missions/mission-page.es.js')).es,
    en: async () => (await import('#missions/mission-page.en.js')).en,
  },
  approvals: {
    es: async () => (await import('#points/approvals.es.js')).es,
    en: async () => (await import('#points/approvals.en.js')).en,
  },
  points: {
    es: async () => (await import('#points/points.es.js')).es,
    en: async () => (await import('#points/points.en.js')).en,
  },
  books: {
    es: async () => (await import('#ledger/books.es.js')).es,
    en: async () => (await import('#ledger/books.en.js')).en,
  },
  asItWas: {
    es: async () => (await import('#ledger/then.es.js')).es,
    en: async () => (await import('#ledger/then.en.js')).en,
  },
  wallet: {
    es: async () => (await import('#ledger/wallet.es.js')).es,
    en: async () => (await import('#ledger/wallet.en.js')).en,
  },
  entry: {
    es: async () => (await import('#ledger/entry.es.js')).es,
    en: async () => (await import('#ledger/entry.en.js')).en,
  },
  tiers: {
    es: async () => (await import('#tiers/tiers.es.js')).es,
    en: async () => (await import('#tiers/tiers.en.js')).en,
  },
  me: {
    es: async () => (await import('#members/me.es.js')).es,
    en: async () => (await import('#members/me.en.js')).en,
  },
  legal: {
    es: async () => (await import('#programs/legal.es.js')).es,
    en: async () => (await import('#programs/legal.en.js')).en,
  },
  legalConsole: {
    es: async () => (await import('#programs/legal-console.es.js')).es,
    en: async () => (await import('#programs/legal-console.en.js')).en,
  },
  terms: {
    es: async () => (await import('#programs/terms.es.js')).es,
    en: async () => (await import('#programs/terms.en.js')).en,
  },
  undo: {
    es: async () => (await import('#undo/undo.es.js')).es,
    en: async () => (await import('#undo/undo.en.js')).en,
  },
  versions: {
    es: async () => (await import('#programs/versions.es.js')).es,
    en: async () => (await import('#programs/versions.en.js')).en,
  },
  welcome: {
    es: async () => (await import('#programs/welcome.es.js')).es,
    en: async () => (await import('#programs/welcome.en.js')).en,
  },
  invite: {
    es: async () => (await import('#referrals/invite.es.js')).es,
    en: async () => (await import('#referrals/invite.en.js')).en,
  },
  cards: {
    es: async () => (await import('#profiles/cards.es.js')).es,
    en: async () => (await import('#profiles/cards.en.js')).en,
  },
  audit: {
    es: async () => (await import('#audit/audit.es.js')).es,
    en: async () => (await import('#audit/audit.en.js')).en,
  },
  byHand: {
    es: async () => (await import('#activities/by-hand.es.js')).es,
    en: async () => (await import('#activities/by-hand.en.js')).en,
  },
  console: {
    es: async () => (await import('#console/console.es.js')).es,
    en: async () => (await import('#console/console.en.js')).en,
  },
  health: {
    es: async () => (await import('#platform/health.es.js')).es,
    en: async () => (await import('#platform/health.en.js')).en,
  },
  keys: {
    es: async () => (await import('#identity/keys.es.js')).es,
    en: async () => (await import('#identity/keys.en.js')).en,
  },
  /** What receipts say: the contract's own words. */
  receipts: {
    es: async () => (await import('@verbena/shared/ledger/ledger.es.js')).es,
    en: async () => (await import('@verbena/shared/ledger/ledger.en.js')).en,
  },
  mail: {
    es: async () => (await import('#platform/mail.es.js')).es,
    en: async () => (await import('#platform/mail.en.js')).en,
  },
  secondFactor: {
    es: async () => (await import('#identity/two-steps.es.js')).es,
    en: async () => (await import('#identity/two-steps.en.js')).en,
  },
  staffMembers: {
    es: async () => (await import('#members/staff-members.es.js')).es,
    en: async () => (await import('#members/staff-members.en.js')).en,
  },
  staffKeeps: {
    es: async () => (await import('#members/staff-keeps.es.js')).es,
    en: async () => (await import('#members/staff-keeps.en.js')).en,
  },
} as const satisfies Record<string, Record<Language, () => Promise<object>>>;

export type AreaName = keyof typeof AREAS;
export type AreaWords<A extends AreaName> = Awaited<ReturnType<(typeof AREAS)[A]['es']>>;

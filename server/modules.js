// The map of the server: its modules, lowest first, and which of them each may import. A module may only name modules that
// stand above it here, so this file is the proof that there is no cycle. `npm run check` makes its fences from it.
//
// Another module sees only the public kinds of a module (`publicKinds`), except where `open` says that every file of it is
// public: platform and engine are libraries of plain values and functions, without a repository behind them.

/** @typedef {{ name: string, imports: readonly string[], open?: boolean }} ServerModule */

/** What a module shows to others: its wiring, what it can be asked, what it pushes, and the ports that it leaves open. */
export const publicKinds = ['module', 'service', 'push', 'port'];

/** What only the app itself (the files of server/src) may take besides: what Nest is handed before any module is up. */
export const frameKinds = ['adapter'];

/** The only files that speak with the database. */
export const databaseKinds = ['repository', 'schema'];

/** @type {readonly ServerModule[]} */
export const modules = [
  { name: 'platform', imports: [], open: true },
  { name: 'engine', imports: [], open: true },
  { name: 'audit', imports: ['platform'] },
  { name: 'realtime', imports: ['platform'] },
  { name: 'identity', imports: ['platform', 'audit', 'realtime'] },
  { name: 'programs', imports: ['platform', 'engine', 'audit', 'realtime', 'identity'] },
  { name: 'members', imports: ['platform', 'engine', 'audit', 'realtime', 'identity', 'programs'] },
  { name: 'notices', imports: ['platform', 'realtime'] },
  { name: 'ledger', imports: ['platform', 'audit', 'realtime', 'identity', 'programs', 'members', 'engine'] },
  { name: 'points', imports: ['platform', 'audit', 'realtime', 'identity', 'programs', 'members', 'engine', 'ledger'] },
  {
    name: 'activities',
    imports: ['platform', 'audit', 'realtime', 'identity', 'programs', 'members', 'engine', 'ledger', 'points'],
  },
  {
    name: 'merging',
    imports: ['platform', 'audit', 'identity', 'programs', 'members', 'engine', 'ledger'],
  },
  { name: 'currencies', imports: ['platform', 'identity', 'programs', 'members', 'engine', 'ledger'] },
  { name: 'rules', imports: ['platform', 'identity', 'programs', 'members', 'engine', 'ledger'] },
  { name: 'missions', imports: ['platform', 'identity', 'programs', 'members', 'engine', 'ledger'] },
  { name: 'badges', imports: ['platform', 'identity', 'programs', 'members', 'engine', 'ledger'] },
  { name: 'tiers', imports: ['platform', 'identity', 'programs', 'members', 'engine', 'ledger'] },
  { name: 'leaderboards', imports: ['platform', 'realtime', 'identity', 'programs', 'members', 'engine', 'ledger'] },
  { name: 'referrals', imports: ['platform', 'identity', 'programs', 'members', 'engine', 'ledger'] },
  { name: 'backtests', imports: ['platform', 'audit', 'identity', 'programs', 'members', 'engine', 'ledger'] },
  { name: 'undo', imports: ['platform', 'audit', 'identity', 'programs', 'members', 'engine', 'ledger'] },
  { name: 'segments', imports: ['platform', 'audit', 'programs', 'members', 'engine', 'ledger'] },
  { name: 'profiles', imports: ['platform', 'identity', 'programs', 'members', 'ledger'] },
  {
    name: 'forums',
    imports: ['platform', 'audit', 'realtime', 'identity', 'programs', 'members', 'ledger', 'notices', 'segments'],
  },
  { name: 'copies', imports: ['platform', 'audit', 'identity', 'members', 'ledger', 'referrals'] },
];

for (const [place, { name, imports }] of modules.entries()) {
  const above = modules.slice(0, place).map((module) => module.name);
  const wrong = imports.find((other) => !above.includes(other));
  if (wrong) throw new Error(`server/modules.js: ${name} may not import ${wrong}, which does not stand above it.`);
}

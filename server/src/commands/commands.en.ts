import type { Format } from '@verbena/shared/words/format.js';
import type { Words } from './commands.es.js';

const countRows = (count: number, f: Format) => f.count(count, { one: '# line', other: '# lines' });

/** The same in English. */
export const en: Words = {
  unreachable: 'The server does not answer. See that it runs and give the same command again: nothing counts twice.',
  optionUnknown: (p) => `${p['option']} is not known. ${p['usage']}`,
  optionMissing: (p) => `${p['option']} is missing. ${p['usage']}`,
  optionValue: (p) => `${p['option']} needs a value. ${p['usage']}`,
  optionTwice: (p) => `${p['option']} is given twice. ${p['usage']}`,
  programWrong: (p) =>
    `--program is the short name of the program (lower case, digits and hyphens, as plaza), and "${p['value']}" is not.`,
  shiftWrong: (p) => `--shift-weeks is a whole number of weeks between -2000 and 2000, and "${p['value']}" is not.`,
  seedWrong: (p) => `--seed is a whole number from 0, and "${p['value']}" is not.`,
  usageImport:
    'Usage: npm run import -- --program NAME --baskets FILE.csv.gz [--redemptions FILE.csv] [--shift-weeks N]',
  usageExport: 'Usage: npm run export -- --program NAME --out FILE.ndjson',
  usageSeed: 'Usage: npm run seed -- [--seed N] [--doors]',
  fileUnreadable: (p) => `${p['file']} cannot be read: ${p['reason']}`,
  fileColumn: (p) => `${p['file']} has no column "${p['column']}".`,
  fileUnwritable: (p) => `${p['file']} cannot be written: ${p['reason']}`,
  rowColumn: (p) => `the column "${p['column']}" cannot be read`,
  rowBroken: 'the line is not CSV',
  created: (p) => `Program ${p['program']} created.`,
  baskets: 'Purchases',
  redemptions: 'Coupons',
  imported: (p, f) => `${countRows(p.count, f)} in ${f.number(p.seconds)} s (${f.number(p.rate)}/s).`,
  accepted: (p, f) => `Accepted:  ${f.number(p.count)}`,
  replayed: (p, f) => `Replayed:  ${f.number(p.count)}`,
  refused: (p, f) => `Refused:   ${f.number(p.count)}`,
  refusedGroup: (p, f) => `  ${p.file}, ${countRows(p.count, f)} (${p.lines}): ${p.reason}`,
  interrupted: 'Interrupted. Give the same command again when you like: it goes on, and nothing counts twice.',
  exported: (p, f) => `${f.count(p.count, { one: '# member', other: '# members' })} in ${p.file}.`,
  programEmpty: (p) => `The program ${p['program']} has no members with activities yet.`,
  seeded: (p, f) =>
    `Plaza Verbena is ready: ${f.count(p.members, { one: '# member', other: '# members' })} and ${f.count(p.activities, { one: '# activity', other: '# activities' })}.`,
  plazaIsAnother: 'There is a program "plaza" that is not the demo; it is left as it is, and no demo is made.',
  roleMember: 'Member, one purchase from a mission',
  roleNewMember: 'Member, just arrived',
  roleOwner: 'Owner of the program',
  seededBefore: 'Plaza Verbena was ready already; it was only checked.',
  usageVerify:
    'Usage: npm run verify -- [--program NAME] [--repair] [--replay], npm run verify -- --program NAME --drop ID, or npm run verify -- --proof FILE [--key KEY]',
  verifying: (p, f) =>
    `${p.slug}: ${f.count(p.members, { one: '# member', other: '# members' })}, ${f.count(p.entries, { one: '# entry', other: '# entries' })}.`,
  verifiedLanes: (p, f) =>
    `Chains: ${f.count(p.groups, { one: '# group', other: '# groups' })} and ${f.count(p.roots, { one: '# signed root', other: '# signed roots' })}.`,
  proofHolds: (p, f) =>
    `The proof holds: the entry ${p.entry} stands in root ${f.number(p.number)}, of ${f.day(p.day)}.\nIt was signed by the key ${p.key}: compare it with the one that the installation publishes at /api/v1/roots.`,
  proofOtherKey: (p) => `The proof is signed with another key: ${p['key']}.`,
  proofUnreadable: 'This is no proof of Verbena, or something of it is missing.',
  proofEntry: 'The proof does not hold: the entry is not what was written.',
  proofGroup: 'The proof does not hold: the entry does not stand in its group.',
  proofWay: 'The proof does not hold: its groups do not lead to the root.',
  proofSignature: 'The proof does not hold: the signature of the root does not fit.',
  decidedAgain: (p, f) =>
    `${p.slug}: ${f.count(p.entries, { one: '# entry', other: '# entries' })} of ${f.count(p.members - p.older, { one: '# member', other: '# members' })} decided again${p.older === 0 ? '' : `; ${f.count(p.older, { one: '# member has', other: '# members have' })} entries of an older engine`}.`,
  replayDiffers: 'decided again, the entry comes out differently',
  verifiedClean: 'The books are right.',
  verifyFinding: (p) => `  ${p['where']}: ${p['text']}`,
  verifyFindings: (p, f) =>
    `${f.count(p.count, { one: '# thing is wrong', other: '# things are wrong' })}. Nothing was changed; --repair corrects states that differ from their journal and takes in again what was set aside.`,
  verifyRepaired: (p, f) =>
    `${f.count(p.count, { one: '# state corrected', other: '# states corrected' })}, each by an entry.`,
  setAside: (p) => `the activity ${p.id} (${p.type}) was set aside: ${p.reason}`,
  asideTaken: (p, f) =>
    `${f.count(p.count, { one: '# activity that was set aside counts now', other: '# activities that were set aside count now' })}.`,
  asideDropped: (p) => `The activity ${p.id} (${p.type}) is given up; the log of changes keeps it.`,
};

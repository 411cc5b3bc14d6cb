import * as z from 'zod/mini';
import { route } from '#platform/route.js';
import { Instant } from '#platform/time.js';

/**
 * What can be done about a finding. `repairState`: `npm run verify -- --repair` sets the state to its journal, as an entry ·
 * `rebuildBoards`: the standings are counted anew · `dropSnapshot`: nothing, it is not believed and replaced by itself ·
 * `restoreBackup`: the journal itself was changed, or the counters of what all share.
 */
export const RepairProposal = z.enum(['repairState', 'rebuildBoards', 'dropSnapshot', 'restoreBackup']);
export type RepairProposal = z.infer<typeof RepairProposal>;

/** Something that does not add up, where it is, and what is proposed. `fields`: of the entry, those that can be to blame. */
export const BooksFinding = z.object({
  where: z.enum(['entry', 'state', 'standing', 'budget', 'snapshot', 'lane', 'root']),
  member: z.nullable(z.string()),
  seq: z.nullable(z.number()),
  /** A lane with its group, or the day of a root. */
  place: z.nullable(z.string()),
  fields: z.array(z.string()),
  /** For whoever keeps the installation, in English. */
  text: z.string(),
  proposal: RepairProposal,
});
export type BooksFinding = z.infer<typeof BooksFinding>;

/** One verification of all books. `found` is how many findings there were; of them at most 50 are kept. */
export const Reconciliation = z.object({
  at: Instant,
  seconds: z.number(),
  members: z.number(),
  entries: z.number(),
  groups: z.number(),
  roots: z.number(),
  found: z.number(),
  findings: z.array(BooksFinding),
});
export type Reconciliation = z.infer<typeof Reconciliation>;

/**
 * What a manager wants to know of a program, by currency where it is points: who did something in the last `days`, what was earned
 * (less what was taken back) and which missions were completed in them, and what ends in as many to come.
 */
export const ProgramFigures = z.object({
  days: z.int(),
  active: z.int(),
  completed: z.int(),
  earned: z.record(z.string(), z.int()),
  expiring: z.record(z.string(), z.int()),
});
export type ProgramFigures = z.infer<typeof ProgramFigures>;

export const getFigures = route({
  method: 'GET',
  path: '/programs/:program/figures',
  summary: 'The figures of a program as the last verification of its books counted them; null before the first',
  access: 'audit.read',
  response: z.object({
    last: z.nullable(z.object({ at: Instant, figures: ProgramFigures })),
    running: z.boolean(),
  }),
  errors: ['program.notFound'],
});

export const getReconciliation = route({
  method: 'GET',
  path: '/programs/:program/reconciliation',
  summary: 'What the last verification of this program’s books found; null before the first',
  access: 'audit.read',
  response: z.object({ last: z.nullable(Reconciliation), running: z.boolean() }),
  errors: ['program.notFound'],
});

export const startReconciliation = route({
  method: 'POST',
  path: '/programs/:program/reconciliation',
  summary: 'Verify the books now, in a process of its own; it reports and changes nothing',
  access: 'programs.write',
  body: z.strictObject({}),
  response: z.object({ started: z.boolean() }),
  status: 202,
  errors: ['program.notFound'],
});

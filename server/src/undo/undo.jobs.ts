import * as z from 'zod/mini';
import { Ulid } from '@verbena/shared/platform/ids.js';
import { job } from '#platform/queues/job.js';

/** Works out what a plan would do. */
export const findUndo = job({ name: 'undo.find', payload: z.strictObject({ plan: Ulid }), retries: 1 });

/** Carries a plan out. Done twice it does no more than once. */
export const applyUndo = job({ name: 'undo.apply', payload: z.strictObject({ plan: Ulid }), retries: 5 });

/** Takes up again what a worker left that ended, or a Redis that was emptied. */
export const resumeUndo = job({
  name: 'undo.resume',
  payload: z.strictObject({}),
  scheduledPayload: {},
  schedule: { everyMs: 15_000 },
  retries: 0,
});

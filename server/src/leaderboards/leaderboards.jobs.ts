import * as z from 'zod/mini';
import { job } from '#platform/queues/job.js';

/** What the calendar asks of the boards: runs are closed, and the order of the day's beginning is noted. */
export const tendBoards = job({
  name: 'leaderboards.tend',
  payload: z.strictObject({}),
  scheduledPayload: {},
  schedule: { everyMs: 10_000 },
  retries: 0,
});

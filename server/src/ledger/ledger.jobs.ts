import * as z from 'zod/mini';
import { job } from '#platform/queues/job.js';

/** Every night, while the squares sleep: are the books right? It reports and repairs nothing. */
export const verifyLedger = job({
  name: 'ledger.verify',
  payload: z.strictObject({}),
  scheduledPayload: {},
  schedule: { cron: '30 3 * * *' },
});

/** Where the chains stand, signed once a day; asked often, so that a day on which the server was down at midnight has one too. */
export const signRoot = job({
  name: 'ledger.root',
  payload: z.strictObject({}),
  scheduledPayload: {},
  schedule: { everyMs: 300_000 },
  retries: 0,
});

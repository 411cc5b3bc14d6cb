import * as z from 'zod/mini';
import { job } from '#platform/queues/job.js';

/** Every night, while the squares sleep: are the books right? It reports and repairs nothing. */
export const verifyLedger = job({
  name: 'ledger.verify',
  payload: z.strictObject({}),
  scheduledPayload: {},
  schedule: { cron: '30 3 * * *' },
});

import * as z from 'zod/mini';
import { Ulid } from '@verbena/shared/platform/ids.js';
import { job } from '#platform/queues/job.js';

/** One range of shards of a backtest: workers take the parts as they are free. */
export const runBacktestPart = job({
  name: 'backtests.part',
  payload: z.strictObject({ backtest: Ulid, part: z.int().check(z.gte(0)) }),
  retries: 1,
});

import * as z from 'zod/mini';
import { Ulid } from '@verbena/shared/platform/ids.js';
import { job } from '#platform/queues/job.js';

/** One range of shards of a backtest: workers take the parts as they are free. */
export const runBacktestPart = job({
  name: 'backtests.part',
  payload: z.strictObject({ backtest: Ulid, part: z.int().check(z.gte(0)) }),
  retries: 1,
});

/** Gives out what all members share once every part has gone through its past; decides again whom it does not suffice for. */
export const settleBacktest = job({
  name: 'backtests.settle',
  payload: z.strictObject({ backtest: Ulid }),
  retries: 1,
});

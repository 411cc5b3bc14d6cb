import { readConfig } from '@verbena/server/platform/config/config.js';
import { Mongo } from '@verbena/server/platform/mongo/mongo.js';
import { LongLists } from '#support/long-lists.js';
import { percentile } from './measure.js';

const LENGTH = 20_000;
const TIMES = 20;

/** What is read of lists that grew long, on a page or in a loop, in milliseconds. Reported, without a floor. */
export async function benchLists(mongodbUri: string): Promise<void> {
  const mongo = new Mongo(
    readConfig({ MONGODB_URI: mongodbUri, MONGODB_DATABASE: 'bench_lists', REDIS_URL: 'redis://127.0.0.1:1' }),
  );
  await mongo.ready();
  try {
    const lists = new LongLists(mongo, LENGTH);
    await lists.fill();
    console.log(`\nLists: ${LENGTH} documents in each, ${TIMES} reads one at a time`);
    for (const { name, read } of lists.reads()) {
      const latencies: number[] = [];
      for (let count = 0; count < TIMES; count += 1) {
        const started = performance.now();
        await read();
        latencies.push(performance.now() - started);
      }
      const [p50, p95] = [percentile(latencies, 0.5), percentile(latencies, 0.95)];
      console.log(`${name.padEnd(44)}p50 ${p50.toFixed(1).padStart(8)} ms   p95 ${p95.toFixed(1).padStart(8)} ms`);
    }
  } finally {
    await mongo.onModuleDestroy();
  }
}

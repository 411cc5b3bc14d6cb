import { bucketFor } from './compile-counter.js';
import type { DecisionRun } from './decision-run.js';

/** The activity is in its counters before anything is asked of them. */
export function countActivity(run: DecisionRun): void {
  for (const counter of run.program.counters.byActivity.get(run.activity.type) ?? []) {
    const amount = counter.measure(run.activity.attributes);
    if (amount === 0) continue;
    const bucket = bucketFor(counter, run.seen.day[counter.zone], run.activity.attributes);
    run.record({ type: 'counter.added', counter: counter.id, bucket, amount });
  }
}

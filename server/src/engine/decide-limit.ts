import type { ActivityLimit } from '@verbena/shared/activities/activity-type.js';
import type { Instant } from '@verbena/shared/platform/time.js';
import { limitKey, takenOf } from './apply-effect.js';
import { periodKey } from './calendar.js';
import { Refusal, type DecisionRun } from './decision-run.js';
import { own } from './own.js';

/**
 * Notes an activity of a limited type.
 * @throws {Refusal} `activity.coolDown` where it lies too close to one that was taken, before or after it,
 * `activity.limitReached` where the period has as many as it may.
 */
export function keepLimit(run: DecisionRun): void {
  const { type, occurredAt } = run.activity;
  const limit = run.program.activityTypes.get(type)?.definition.limit;
  if (limit === undefined) return;
  const taken = own(run.draft.state.limits ?? {}, limitKey(type));
  const { coolDownMinutes, most } = limit;
  if (coolDownMinutes !== undefined) {
    const isNear = (one: Instant): boolean =>
      Math.abs(Date.parse(occurredAt) - Date.parse(one)) < coolDownMinutes * 60_000;
    if (takenOf(taken).some(isNear)) throw new Refusal('activity.coolDown');
  }
  const period = periodOf(limit, run);
  if (most !== undefined && (own(taken?.times ?? {}, period) ?? 0) >= most.times)
    throw new Refusal('activity.limitReached');
  const counted = { type: 'activity.counted', activity: type, occurredAt, period, times: 1 } as const;
  run.record(coolDownMinutes === undefined ? counted : { ...counted, apart: true });
}

function periodOf({ most, zone }: ActivityLimit, run: DecisionRun): string {
  return periodKey(run.seen.day[zone], most?.per ?? 'ever');
}

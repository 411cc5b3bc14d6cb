import type { DefinitionZone, Period } from '@verbena/shared/programs/definition.js';
import type { ObjectAttribute } from '@verbena/shared/activities/attribute-schema.js';
import type { FieldTest, Window } from '@verbena/shared/rules/condition.js';
import { addDays, type CalendarDay } from './calendar.js';
import { compileFieldTest, operandOf } from './compile-field-test.js';
import type { CompiledCounter, CompiledCounters, CounterDeclarations } from './compiled-program.js';
import { bucketOf, compileApart } from './counted-apart.js';
import { digest } from './digest.js';
import { compileField, isFolded } from './field-values.js';
import { own } from './own.js';
import { periodKey } from './calendar.js';
import type { Seen } from './seen.js';

/** What a condition wants counted: activities of a type, or the sum of a field of theirs. */
export interface CounterSpec {
  readonly activity: string;
  readonly field?: string | undefined;
  readonly where?: FieldTest | undefined;
  /** What the attributes of the type may be: how the filter compares. */
  readonly attributes?: ObjectAttribute | null | undefined;
  readonly bucket: Period;
  readonly zone: DefinitionZone;
  /** An attribute each value of which is counted apart. */
  readonly by?: string | undefined;
}

/**
 * The id under which a state keeps a counter: made of what it counts, so that the same question in two definitions or two
 * versions is one counter.
 */
export function counterId(spec: CounterSpec): string {
  const parts = [
    spec.activity,
    spec.field === undefined ? 'count' : `sum-${spec.field}`,
    // Without days to cut, the zone says nothing.
    spec.bucket === 'ever' ? 'ever' : `${spec.bucket}-${spec.zone}`,
  ];
  if (spec.where) {
    const { where } = spec;
    const folds = isFolded(spec.attributes ?? null, where.field);
    const filter = [where.field, where.op, operandOf(where, folds) ?? null];
    // What compares otherwise counts otherwise, and is counted anew.
    parts.push(digest(JSON.stringify(folds ? [...filter, 'folded'] : filter)));
  }
  if (spec.by !== undefined) parts.push(`by-${spec.by}${isFolded(spec.attributes ?? null, spec.by) ? '-folded' : ''}`);
  return parts.join('_').replaceAll('.', ':');
}

export function compileCounter(spec: CounterSpec): CompiledCounter {
  const matches = spec.where ? compileFieldTest(spec.where, spec.attributes ?? null) : () => true;
  const read = spec.field === undefined ? null : compileField(spec.field);
  return {
    id: counterId(spec),
    activity: spec.activity,
    bucket: spec.bucket,
    zone: spec.bucket === 'ever' ? 'program' : spec.zone,
    ...(spec.by === undefined ? {} : { apart: compileApart(spec.by, spec.attributes ?? null) }),
    measure: (attributes) => {
      if (!matches(attributes)) return 0;
      if (read === null) return 1;
      let sum = 0;
      for (const value of read(attributes)) if (typeof value === 'number') sum += value;
      return sum;
    },
  };
}

/** The bucket in which a counter counts an activity of a day: by what the activity said first, whatever is returned of it. */
export function bucketFor(
  { bucket, apart = null }: CompiledCounter,
  day: CalendarDay,
  attributes: Readonly<Record<string, unknown>>,
): string {
  return bucketOf(periodKey(day, bucket), apart === null ? null : apart(attributes));
}

/** Counts what is earned of a currency by day: what activities give is noted where it is booked. */
export function compileEarnedCounter(currency: string, zone: DefinitionZone): CompiledCounter {
  return {
    id: `earned_${currency}_day-${zone}`,
    activity: '',
    bucket: 'day',
    zone,
    measure: () => 0,
    earned: currency,
  };
}

/** Declares the counter of a window and gives the way to read it: rolling windows are sums of day buckets. */
export function compileWindow(
  spec: Omit<CounterSpec, 'bucket'>,
  window: Window,
  counters: CounterDeclarations,
): (seen: Seen) => number {
  const bucket = 'days' in window ? 'day' : window.period;
  const counter = compileCounter({ ...spec, bucket });
  counters.declare(counter);
  if ('days' in window) {
    const { days } = window;
    return (seen) => {
      const last = seen.day[counter.zone].date;
      const first = addDays(last, 1 - days);
      let sum = 0;
      for (const [date, amount] of Object.entries(own(seen.counters, counter.id) ?? {})) {
        if (date >= first && date <= last) sum += amount;
      }
      return sum;
    };
  }
  return (seen) => own(own(seen.counters, counter.id) ?? {}, periodKey(seen.day[counter.zone], bucket)) ?? 0;
}

/** Collects the counters of a program while its definitions are compiled. */
export class CounterCollection implements CounterDeclarations {
  private readonly found = new Map<string, CompiledCounter>();

  declare(counter: CompiledCounter): void {
    this.found.set(counter.id, counter);
  }

  finish(): CompiledCounters {
    const byActivity = new Map<string, CompiledCounter[]>();
    for (const counter of this.found.values()) {
      byActivity.set(counter.activity, [...(byActivity.get(counter.activity) ?? []), counter]);
    }
    return { byId: this.found, byActivity };
  }
}

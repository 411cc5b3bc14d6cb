import type { Mission, MissionWindow, Prerequisite } from '@verbena/shared/missions/mission.js';
import { waitsOf } from './apply-effect.js';
import type { CompiledCondition, Unmet } from './compile-condition.js';
import { own } from './own.js';
import type { Seen } from './seen.js';

type Gate = (seen: Seen) => Unmet | null;

/**
 * What must hold before a mission counts anything: what it requires, when it is open, how often it may be done, and that no
 * attempt failed lately. All of it as it was before the decision. Null where nothing is asked.
 */
export function compileGate(mission: Mission, thresholds: ReadonlyMap<string, number>): CompiledCondition | null {
  const { id, requires = [], window, timesMax, failure, zone } = mission;
  const gates: Gate[] = requires.map((one) => requirement(one, thresholds));
  if (window !== undefined) gates.push(...windowGates(window, zone));
  if (timesMax !== undefined) {
    gates.push((seen) => {
      const { completions = 0 } = own(seen.before.missions, id) ?? {};
      return completions < timesMax ? null : ['max', completions, timesMax];
    });
  }
  if (failure !== undefined) {
    gates.push((seen) => {
      const state = own(seen.before.missions, id);
      const { date } = seen.day[zone];
      // What happened before an attempt that failed, and comes late, counts.
      const waits = (state === undefined ? [] : waitsOf(state)).filter(
        ({ from = date, until }) => from <= date && date < until,
      );
      const [last] = waits.toSorted((one, other) => (one.until < other.until ? 1 : -1));
      return last === undefined ? null : ['failed', date, last.until];
    });
  }
  if (gates.length === 0) return null;
  return {
    test: (seen) => gates.every((gate) => gate(seen) === null),
    explain: (seen) => {
      for (const gate of gates) {
        const unmet = gate(seen);
        if (unmet !== null) return unmet;
      }
      throw new Error(`Nothing keeps ${id} closed.`);
    },
  };
}

function requirement(required: Prerequisite, thresholds: ReadonlyMap<string, number>): Gate {
  if ('mission' in required) {
    const { mission } = required;
    return ({ before }) =>
      (own(before.missions, mission)?.completions ?? 0) > 0 ? null : ['requires:mission', false, mission];
  }
  if ('badge' in required) {
    const { badge } = required;
    return ({ before }) => (own(before.badges, badge) === undefined ? ['badge', false, badge] : null);
  }
  const { tier } = required;
  return (seen) => {
    const isThere = (seen.tier?.definition.threshold ?? -1) >= (thresholds.get(tier) ?? Infinity);
    return isThere ? null : ['tier:atLeast', seen.tier?.definition.id ?? null, tier];
  };
}

function windowGates({ from, until, weekdays, hours }: MissionWindow, zone: Mission['zone']): Gate[] {
  const gates: Gate[] = [];
  if (from !== undefined) {
    gates.push(({ day }) => (day[zone].date >= from ? null : ['window:from', day[zone].date, from]));
  }
  if (until !== undefined) {
    gates.push(({ day }) => (day[zone].date <= until ? null : ['window:until', day[zone].date, until]));
  }
  if (weekdays !== undefined) {
    gates.push(({ day }) =>
      weekdays.includes(day[zone].weekday) ? null : ['window:weekdays', day[zone].weekday, weekdays.join(',')],
    );
  }
  if (hours !== undefined) {
    gates.push(({ time }) => {
      if (time === undefined) throw new Error('Nobody said at what time of day this happened.');
      return isWithin(time[zone], hours) ? null : ['window:hours', time[zone], `${hours.from}-${hours.until}`];
    });
  }
  return gates;
}

/** Times of day compare as text; a stretch that ends before it begins goes over midnight. */
export function isWithin(time: string, { from, until }: { readonly from: string; readonly until: string }): boolean {
  return from < until ? time >= from && time < until : time >= from || time < until;
}

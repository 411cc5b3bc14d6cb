import type { Effect } from '@verbena/shared/ledger/effect.js';
import type { SetOff } from '@verbena/shared/ledger/facts.js';
import type { PointsLine } from '@verbena/shared/ledger/points-line.js';
import type { Again } from './decide-again.js';

/**
 * What one thing gave more than another: line by line of one definition and lot, allowance by allowance, never below nothing (but
 * for the times of a cap). What comes to nothing is left out; other effects stay as they are.
 */
export function subtract(
  from: Pick<SetOff, 'lines' | 'effects'>,
  taken: Pick<Again, 'lines' | 'effects'>,
): Pick<SetOff, 'lines' | 'effects'> {
  const lines = new Map<string, PointsLine>();
  for (const line of from.lines) {
    const key = keyOfLine(line);
    lines.set(key, { ...line, amount: line.amount + (lines.get(key)?.amount ?? 0) });
  }
  for (const line of taken.lines) {
    const standing = lines.get(keyOfLine(line));
    if (standing !== undefined) lines.set(keyOfLine(line), { ...standing, amount: standing.amount - line.amount });
  }
  // Several earnings of a rule take from one budget or cap: what is taken is taken once, from whichever of them has it.
  const uses = taken.effects.flatMap((effect) =>
    effect.type === 'cap.used' ? [{ effect, times: effect.times, points: effect.points }] : [],
  );
  const left = taken.effects.map((one) => (one.type === 'budget.used' ? one.amount : 0));
  const effects = from.effects.map((effect) => {
    if (effect.type === 'budget.used') {
      let { amount } = effect;
      for (const [place, one] of taken.effects.entries()) {
        if (!isSameUse(one, effect)) continue;
        const part = Math.min(amount, left[place] ?? 0);
        amount -= part;
        left[place] = (left[place] ?? 0) - part;
      }
      return { ...effect, amount };
    }
    if (effect.type !== 'cap.used') return effect;
    let { times, points } = effect;
    const isAlone = from.effects.filter((one) => isSameUse(one, effect)).length === 1;
    for (const use of uses) {
      if (!isSameUse(use.effect, effect)) continue;
      const [usedTimes, usedPoints] = [isAlone ? use.times : Math.min(times, use.times), Math.min(points, use.points)];
      times -= usedTimes;
      points -= usedPoints;
      use.times -= usedTimes;
      use.points -= usedPoints;
    }
    return { ...effect, times, points };
  });
  return {
    lines: [...lines.values()].filter(({ amount }) => amount > 0),
    effects: effects.filter(
      (effect) =>
        (effect.type !== 'cap.used' || effect.times !== 0 || effect.points !== 0) &&
        (effect.type !== 'budget.used' || effect.amount > 0),
    ),
  };
}

/** Whether two effects use the same allowance: a cap or a budget in one period, and of a budget by the same definition. */
export function isSameUse(left: Effect, right: Effect): boolean {
  if (left.type === 'budget.used' && right.type === 'budget.used')
    return left.budget === right.budget && left.period === right.period && left.by.id === right.by.id;
  // Of the allowance of a currency several rules may have taken.
  return (
    left.type === 'cap.used' &&
    right.type === 'cap.used' &&
    left.cap === right.cap &&
    left.rule === right.rule &&
    left.period === right.period
  );
}

/** Pending points are told apart by their rule alone: the day on which they become usable may have been moved. */
function keyOfLine({ currency, by, lot, ref }: PointsLine): string {
  const place = ref === undefined ? [lot.activated, lot.expires] : ['pending'];
  return [by.kind, by.id, by.step, currency, ...place].join(' ');
}

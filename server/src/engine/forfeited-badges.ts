import { valueOf } from './counted-apart.js';
import { countSince } from './decide-badges.js';
import type { DecisionRun } from './decision-run.js';
import { own } from './own.js';

/**
 * The badges held that nothing earns any more: those whose count is no longer reached, and those that only missions give
 * of which no completion is left. What a count asked for under another revision is not known any more: there only 0 takes it.
 */
export function forfeited(run: DecisionRun, missions: ReadonlySet<string>): string[] {
  const { badges } = run.draft.state;
  const counted = new Set(run.effects.flatMap((effect) => (effect.type === 'counter.added' ? [effect.counter] : [])));
  const byCount = run.program.badges.flatMap(({ definition, count }) => {
    const held = own(badges, definition.id);
    if (held === undefined || count === null || count.apart !== null || !counted.has(count.counter)) return [];
    const reached = countSince(run.draft.state, definition.id, count.counter, undefined);
    return reached < (held.rev === definition.rev ? count.target : 1) ? [definition.id] : [];
  });
  const byMission = Object.keys(badges).filter((badge) => {
    const givers = run.program.missions.filter(({ current, older }) =>
      [current, ...older].some((mission) => mission?.definition.reward.badges.includes(badge)),
    );
    const isTouched = givers.some(({ id }) => missions.has(id));
    return isTouched && givers.every(({ id }) => (own(run.draft.state.missions, id)?.completions ?? 0) === 0);
  });
  return [...new Set([...byCount, ...byMission])];
}

/** The same of badges that are held for each value apart: of which value it is no longer reached. */
export function forfeitedApart(run: DecisionRun): { badge: string; of: string }[] {
  const { badges } = run.draft.state;
  return run.program.badges.flatMap(({ definition: { id, rev }, count }) => {
    const held = own(badges, id)?.of ?? {};
    const buckets = run.effects.flatMap((effect) =>
      effect.type === 'counter.added' && effect.counter === count?.counter ? [effect.bucket] : [],
    );
    return buckets.flatMap((bucket) => {
      const of = valueOf(bucket);
      const since = of === undefined ? undefined : own(held, of);
      if (count === null || of === undefined || since === undefined) return [];
      const left = countSince(run.draft.state, id, count.counter, of);
      return left < (since === rev ? count.target : 1) ? [{ badge: id, of }] : [];
    });
  });
}

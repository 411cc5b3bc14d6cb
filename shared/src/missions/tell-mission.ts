import type { TermsTeller } from '#programs/tell-terms.js';
import { rewardedSteps, unitOf, targetOf, type Mission, type MissionReward, type StreakGoal } from './mission.js';

/** The parts of a mission that come with some kinds only, as values within a sentence; empty where there is none. */

/** `«Media» con 5 (20 puntos)`; of a sequence, whose steps come in turn, `«Media» (20 puntos)`. */
export function tellSteps({ steps, goal, on }: Mission, teller: TermsTeller): string {
  const { mission } = teller.words;
  return teller.format.list(
    (rewardedSteps({ steps, goal }) ?? []).map(({ at, name, reward }) => {
      const gifts = tellReward(reward, teller);
      const told = gifts === '' ? mission.stepNothing : gifts;
      if (goal.kind === 'sequence') return mission.stepInTurn({ name: teller.choose(name), reward: told });
      return mission.step({ name: teller.choose(name), at: teller.goalAmount(goal, on, at), reward: told });
    }),
  );
}

/** `50 puntos y la insignia «Exploración»`. */
export function tellReward({ points, badges }: MissionReward, teller: TermsTeller): string {
  return teller.format.list([
    ...points.map(({ currency, amount }) => teller.points(currency, amount)),
    ...badges.map((badge) => teller.words.terms.rewardBadge({ name: teller.name('badges', badge) })),
  ]);
}

export function tellRequires(requires: Mission['requires'], teller: TermsTeller): string {
  const words = teller.words.mission.requires;
  return teller.format.list(
    (requires ?? []).map((one) => {
      if ('mission' in one) return words.mission({ name: teller.name('missions', one.mission) });
      if ('badge' in one) return words.badge({ name: teller.name('badges', one.badge) });
      return words.tier({ name: teller.name('tiers', one.tier) });
    }),
  );
}

/** `cada sábado, de 09:00 a 14:00, desde el 1 de mayo de 2026`. */
export function tellWindow(window: Mission['window'], teller: TermsTeller): string {
  if (window === undefined) return '';
  const { hours, ...days } = window;
  const parts = [
    ...(Object.keys(days).length === 0 ? [] : [teller.boostDays(days)]),
    ...(hours === undefined ? [] : [teller.words.mission.hours(hours)]),
  ];
  return parts.join(', ');
}

export function tellFailure(failure: Mission['failure'], teller: TermsTeller): string {
  if (failure === undefined) return '';
  const { words } = teller;
  const trigger = teller.trigger(failure.on);
  const told =
    failure.when === undefined
      ? trigger
      : words.terms.earningOnly({ amount: trigger, condition: teller.condition(failure.when, failure.on) });
  return words.mission.failure({ trigger: told, days: words.days({ count: failure.coolDownDays }, teller.format) });
}

/** `4 semanas seguidas, con hasta 2 comodines`. */
export function tellStreak(goal: StreakGoal, { words, format }: TermsTeller): string {
  const { mission } = words;
  const { freezes, graceDays, pause } = goal;
  const days = (count: number) => words.days({ count }, format);
  return [
    words.goals.streak[unitOf(goal)]({ count: targetOf(goal) }, format),
    ...(freezes === undefined ? [] : [mission.freezes({ count: freezes.max }, format)]),
    ...(freezes?.start === undefined ? [] : [mission.freezesStart({ count: freezes.start }, format)]),
    ...(freezes?.perCompletion === undefined ? [] : [mission.freezesMore({ count: freezes.perCompletion }, format)]),
    ...(graceDays === undefined ? [] : [mission.grace({ days: days(graceDays) })]),
    ...(pause === undefined ? [] : [mission.pause({ days: days(pause.daysPerYear) })]),
  ].join(', ');
}

/** What a mission asks and gives, a sentence each. */
export function tellMission(mission: Mission, teller: TermsTeller): readonly string[] {
  const { on, when, goal, reward, budget } = mission;
  const { terms } = teller.words;
  const gifts = tellReward(reward, teller);
  return [
    terms.goal({ trigger: teller.trigger(on), goal: teller.goal(goal, on) }),
    ...teller.provided(when, on),
    gifts === '' ? terms.rewardNone : terms.reward({ reward: gifts }),
    ...tellMissionMore(mission, teller),
    ...(budget === undefined ? [] : [terms.places({ places: teller.places(budget) })]),
  ];
}

/** What a mission asks and gives besides its goal and its reward, a sentence each. */
function tellMissionMore(mission: Mission, teller: TermsTeller): readonly string[] {
  const { mission: words } = teller.words;
  const { reset, requires, window, timesMax, failure, onReversal } = mission;
  return [
    ...(rewardedSteps(mission) === undefined ? [] : [words.terms.steps({ steps: tellSteps(mission, teller) })]),
    ...(reset === undefined ? [] : [words.terms.resets]),
    ...(requires === undefined ? [] : [words.terms.requires({ requires: tellRequires(requires, teller) })]),
    ...(window === undefined ? [] : [words.terms.window({ window: tellWindow(window, teller) })]),
    ...(timesMax === undefined ? [] : [words.terms.times({ times: words.times({ count: timesMax }, teller.format) })]),
    ...(onReversal === 'keep' ? [words.terms.kept] : []),
    ...(failure === undefined ? [] : [words.terms.failure({ failure: tellFailure(failure, teller) })]),
  ];
}

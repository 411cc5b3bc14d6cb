import { targetOf, unitOf, type Mission, type MissionPeriod } from '@verbena/shared/missions/mission.js';
import type { Format } from '@verbena/shared/words/format.js';
import { conditionNames, nameField, unitOfField } from '#programs/name-field.js';
import type { Names } from '#programs/names.js';
import { ConditionTeller } from '@verbena/shared/rules/tell-condition.js';
import { describeAmount } from './describe-mission.js';
import type { MissionPageWords } from './mission-page.es.js';

export interface MissionRule {
  /** The exact rule, a sentence each. */
  readonly counts: readonly string[];
  /** What somebody could take for counting and does not. */
  readonly countsNot: readonly string[];
}

/** A mission's definition in words: what counts, how often, by which calendar, and what does not. */
export function describeRule(
  mission: Mission,
  zones: { readonly program: string; readonly member: string },
  words: MissionPageWords,
  names: Names,
  format: Format,
): MissionRule {
  const { on, when, goal, zone, failure } = mission;
  const activity = 'activity' in on ? on.activity : '';
  const what = describeTrigger(on, words, names);
  const only =
    when === undefined
      ? []
      : [
          words.only({
            condition: new ConditionTeller(words.condition, conditionNames(names), format).tell(when, activity),
          }),
        ];
  const more = [...only, ...describeWindow(mission, words, format), words.calendar({ zone: zones[zone] })];
  const not = [
    ...(when === undefined ? [] : [words.notOutside]),
    ...(activity === '' ? [] : [words.notReversed]),
    ...(failure === undefined
      ? []
      : [
          words.notAfterFailure(
            { what: describeTrigger(failure.on, words, names), days: failure.coolDownDays },
            format,
          ),
        ]),
  ];
  if (goal.kind === 'streak') {
    const streak = words.streaks[unitOf(goal)];
    const keeps = [
      ...(goal.freezes === undefined ? [] : [words.freezes({ max: goal.freezes.max }, format)]),
      ...(goal.graceDays === undefined ? [] : [words.grace({ days: goal.graceDays }, format)]),
      ...(goal.pause === undefined ? [] : [words.pauseRule({ days: goal.pause.daysPerYear }, format)]),
    ];
    return {
      counts: [capitalize(streak.rule({ what, length: targetOf(goal) }, format)), ...keeps, ...more],
      countsNot: [streak.notTwice, streak.notGap, streak.notUsed, ...not],
    };
  }
  const per = perOf(goal.per, words, format);
  const outside = outsidePeriod(mission, goal.per, words, format);
  switch (goal.kind) {
    case 'count':
      return {
        counts: [words.count({ what, target: goal.target, per }, format), ...more],
        countsNot: [...not, ...outside],
      };
    case 'sum': {
      const field = nameField(names, activity, goal.field);
      const target = describeAmount(goal.target, { unit: unitOfField(names, activity, goal.field) }, format);
      return {
        counts: [words.sum({ what, field, target, per }), ...more],
        countsNot: [words.notCarried, ...not, ...outside],
      };
    }
    case 'shared': {
      const unit = goal.field === undefined ? undefined : unitOfField(names, activity, goal.field);
      const target = describeAmount(goal.target, { unit }, format);
      const said =
        goal.field === undefined
          ? words.sharedCount({ what, target, per })
          : words.sharedSum({ what, field: nameField(names, activity, goal.field), target, per });
      return { counts: [said, words.sharedReward, ...more], countsNot: [...not, ...outside] };
    }
    case 'distinct': {
      const field = nameField(names, activity, goal.field);
      return {
        counts: [words.distinct({ what, field, target: goal.target, per }, format), ...more],
        countsNot: [words.notSame({ field }), ...not, ...outside],
      };
    }
    case 'set': {
      const field = nameField(names, activity, goal.field);
      const values = format.list(goal.values.map(({ name }) => names.text(name)));
      return {
        counts: [words.set({ what, field, values, per }), ...more],
        countsNot: [words.notSame({ field }), ...not, ...outside],
      };
    }
    case 'sequence': {
      const teller = new ConditionTeller(words.condition, conditionNames(names), format);
      const steps = goal.steps.map((step, index) => {
        const trigger = step.on ?? on;
        const said = describeTrigger(trigger, words, names);
        const own = 'activity' in trigger ? trigger.activity : '';
        const condition = step.when === undefined ? '' : words.ifOnly({ condition: teller.tell(step.when, own) });
        return words.sequenceStep({ place: index + 1, name: names.text(step.name), what: said, condition }, format);
      });
      return {
        counts: [words.sequence({ per }), ...steps, ...more],
        countsNot: [words.notOutOfTurn, ...not, ...outside],
      };
    }
  }
}

function describeWindow(
  { window = {}, timesMax, budget }: Mission,
  words: MissionPageWords,
  format: Format,
): readonly string[] {
  const { from, until, weekdays, hours } = window;
  return [
    ...(from === undefined ? [] : [words.window.from({ day: format.day(from) })]),
    ...(until === undefined ? [] : [words.window.until({ day: format.day(until) })]),
    // 1 June 2026 was a Monday: only the names of the days count.
    ...(weekdays === undefined
      ? []
      : [words.window.weekdays({ days: format.list(weekdays.map((day) => format.weekday(`2026-06-0${day}`))) })]),
    ...(hours === undefined ? [] : [words.window.hours(hours)]),
    ...(timesMax === undefined ? [] : [words.window.times({ count: timesMax }, format)]),
    ...(budget === undefined
      ? []
      : [
          words.window.places({ count: budget.limit, per: words.window.placesPer[budget.per] }, format),
          words.window.placesGone,
        ]),
  ];
}

function perOf(per: MissionPeriod, words: MissionPageWords, format: Format): string {
  return typeof per === 'string'
    ? words.per[per]
    : words.perDays({ days: per.days, from: format.day(per.from) }, format);
}

function describeTrigger(on: Mission['on'], words: MissionPageWords, names: Names): string {
  if ('activity' in on) return words.triggers.activity({ what: names.activityType(on.activity) });
  if ('mission' in on) return words.triggers.mission({ what: names.mission(on.mission) });
  if ('badge' in on) return words.triggers.badge({ what: names.badge(on.badge) });
  return words.triggers.tier({ what: names.tier(on.tier) });
}

function outsidePeriod(
  { reset }: Mission,
  per: MissionPeriod,
  words: MissionPageWords,
  format: Format,
): readonly string[] {
  if (typeof per !== 'string')
    return [words.notOtherDays, ...(reset === undefined ? [words.notAgainDays({ days: per.days }, format)] : [])];
  const again = reset === undefined ? [words.notAgain[per]] : [];
  return per === 'ever' ? again : [words.notOtherPeriod[per], ...again];
}

function capitalize(sentence: string): string {
  return sentence.slice(0, 1).toLocaleUpperCase() + sentence.slice(1);
}

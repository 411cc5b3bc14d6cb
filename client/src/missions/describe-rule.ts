import type { Mission } from '@verbena/shared/missions/mission.js';
import type { Format } from '@verbena/shared/words/format.js';
import type { Names } from '#programs/names.js';
import { ConditionTeller } from './describe-condition.js';
import type { MissionPageWords } from './mission-page.es.js';

export interface MissionRule {
  /** The exact rule, a sentence each. */
  readonly counts: readonly string[];
  /** What somebody could take for counting and does not. */
  readonly countsNot: readonly string[];
}

/** A mission's definition in words: what counts, how often, by which calendar, and what does not. */
export function describeRule(
  { on, when, goal, zone }: Mission,
  zones: { readonly program: string; readonly member: string },
  words: MissionPageWords,
  names: Names,
  format: Format,
): MissionRule {
  const activity = 'activity' in on ? on.activity : '';
  const what = describeTrigger(on, words, names);
  const calendar = words.calendar({ zone: zones[zone] });
  const only =
    when === undefined
      ? []
      : [words.only({ condition: new ConditionTeller(words.condition, names, format).tell(when, activity) })];
  const not = [...(when === undefined ? [] : [words.notOutside]), ...(activity === '' ? [] : [words.notReversed])];
  switch (goal.kind) {
    case 'count':
      return {
        counts: [words.count({ what, target: goal.target, per: words.per[goal.per] }, format), ...only, calendar],
        countsNot: [...not, ...outsidePeriod(goal.per, words)],
      };
    case 'distinct': {
      const field = names.field(activity, goal.field);
      return {
        counts: [
          words.distinct({ what, field, target: goal.target, per: words.per[goal.per] }, format),
          ...only,
          calendar,
        ],
        countsNot: [words.notSame({ field }), ...not, ...outsidePeriod(goal.per, words)],
      };
    }
    case 'streak':
      return {
        counts: [capitalize(words.streak({ what, weeks: goal.weeks }, format)), ...only, calendar],
        countsNot: [words.notTwiceAWeek, words.notGap, words.notUsedWeek, ...not],
      };
  }
}

function describeTrigger(on: Mission['on'], words: MissionPageWords, names: Names): string {
  if ('activity' in on) return words.triggers.activity({ what: names.activityType(on.activity) });
  if ('mission' in on) return words.triggers.mission({ what: names.mission(on.mission) });
  if ('badge' in on) return words.triggers.badge({ what: names.badge(on.badge) });
  return words.triggers.tier({ what: names.tier(on.tier) });
}

function outsidePeriod(per: keyof MissionPageWords['notAgain'], words: MissionPageWords): readonly string[] {
  return per === 'ever' ? [words.notAgain.ever] : [words.notOtherPeriod[per], words.notAgain[per]];
}

function capitalize(sentence: string): string {
  return sentence.slice(0, 1).toLocaleUpperCase() + sentence.slice(1);
}

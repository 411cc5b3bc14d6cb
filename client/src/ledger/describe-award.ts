import type { FactorSeen } from '@verbena/shared/ledger/receipt.js';
import type { Names } from '#programs/names.js';
import type { Speech } from '#lib/words/speech.js';
import type { Award } from './award.js';
import { sumPoints } from './award.js';
import { lastDayBefore } from './last-day.js';
import { describeCause, messageOf } from './describe-cause.js';

export interface AwardText {
  /** "+36 puntos"; empty where no points came. */
  readonly points: string;
  /** "Compra en Librería Alba". */
  readonly cause: string;
  /** "Plata ×1,1", "Miércoles doble ×2": what multiplied the points. */
  readonly factors: readonly string[];
  /** "Misión completada: …", "Insignia: …", "Nueva categoría: …"; of a reversal, what is no longer so. */
  readonly more: readonly string[];
}

/** One award in the house's words: what happened and why. */
export function describeAward(award: Award, names: Names, speech: Speech): AwardText {
  const words = speech.words.award;
  return {
    points: names.signedSum(award.points),
    cause: describeCause(award.entry.cause, names, speech),
    factors: multipliersOf(award).map((factor) => describeMultiplier(factor, names, speech)),
    more: [
      ...messageOf(award.entry.cause, speech),
      ...describeTakenBack(award, names, speech),
      ...describeWaiting(award, names, speech),
      ...award.missions.map((mission) => words.mission({ mission: names.mission(mission) })),
      ...award.badges.map((badge) => words.badge({ badge: names.badge(badge) })),
      ...(award.tier === undefined
        ? []
        : [(award.tier.direction === 'up' ? words.tierUp : words.tierDown)({ tier: names.tier(award.tier.to) })]),
    ],
  };
}

/** Several awards in one line: "+45 puntos (3 logros)". */
export function describeMerged(awards: readonly Award[], names: Names, speech: Speech): string {
  const points = names.signedSum(sumPoints(awards));
  const words = speech.words.award;
  // What was taken back is no award: then the line only counts what happened.
  if (awards.some(({ reversal }) => reversal !== undefined)) {
    const news = words.news({ count: awards.length }, speech.format);
    return points === '' ? news : `${points} (${news})`;
  }
  return points === ''
    ? words.mergedNoPoints({ count: awards.length }, speech.format)
    : words.merged({ points, count: awards.length }, speech.format);
}

/** What a screen reader hears of them, in one sentence. */
export function speakAwards(awards: readonly Award[], names: Names, speech: Speech): string {
  const [only, ...others] = awards;
  if (only === undefined) return '';
  if (others.length === 0) {
    const text = describeAward(only, names, speech);
    return [text.points, text.cause, ...text.more].filter((part) => part !== '').join('. ');
  }
  if (awards.some(({ reversal }) => reversal !== undefined)) return describeMerged(awards, names, speech);
  const points = names.sum(sumPoints(awards));
  return points === ''
    ? speech.words.award.mergedNoPoints({ count: awards.length }, speech.format)
    : speech.words.award.spoken({ points, count: awards.length }, speech.format);
}

/** What a reversal took besides points. */
function describeTakenBack({ reversal, entry }: Award, names: Names, speech: Speech): readonly string[] {
  if (reversal === undefined) return [];
  const words = speech.words.award;
  return entry.effects.flatMap((effect) => {
    if (effect.type === 'mission.reverted' && effect.takenBack) return [tellMissionBack(effect.mission, names, speech)];
    return effect.type === 'badge.revoked' ? [words.badgeTakenBack({ badge: names.badge(effect.badge) })] : [];
  });
}

/** A mission that is no more cannot be done again. */
export function tellMissionBack(id: string, names: Names, { words }: Speech): string {
  const isThere = names.definitions?.missions.some((mission) => mission.id === id) ?? true;
  return words.award[isThere ? 'missionTakenBack' : 'missionGone']({ mission: names.mission(id) });
}

/** Points that are not usable yet, and points that will soon be no more. */
function describeWaiting({ entry }: Award, names: Names, speech: Speech): readonly string[] {
  const words = speech.words.award;
  const pending: Record<string, number> = {};
  for (const { kind, currency, amount } of entry.lines)
    if (kind === 'pend') pending[currency] = (pending[currency] ?? 0) + amount;
  return [
    ...Object.entries(pending).map(([currency, sum]) => words.pending({ points: names.points(currency, sum) })),
    ...entry.effects.flatMap((effect) =>
      effect.type === 'expiry.noticed'
        ? [
            words.ending({
              points: names.points(effect.currency, effect.amount),
              day: speech.format.dayMonth(lastDayBefore(effect.expires)),
            }),
          ]
        : [],
    ),
  ];
}

/** Tier and boosts that changed the amount; ×1 is not worth a word. */
function multipliersOf(award: Award): readonly FactorSeen[] {
  const seen = new Set<string>();
  return award.entry.receipt.fired
    .flatMap((fired) => fired.factors ?? [])
    .filter((factor) => {
      const id = 'tier' in factor ? `tier:${factor.tier}` : 'boost' in factor ? `boost:${factor.boost}` : undefined;
      if (id === undefined || seen.has(id)) return false;
      seen.add(id);
      return 'tier' in factor ? factor.percent !== 100 : 'boost' in factor && factor.ratio[0] !== factor.ratio[1];
    });
}

function describeMultiplier(factor: FactorSeen, names: Names, speech: Speech): string {
  const times = (value: number) => speech.words.award.times({ factor: value }, speech.format);
  if ('tier' in factor) return `${names.tier(factor.tier)} ${times(factor.percent / 100)}`;
  if ('boost' in factor) {
    const boost = names.told?.rules.flatMap((rule) => rule.boosts ?? []).find(({ id }) => id === factor.boost);
    return `${boost ? speech.choose(boost.name) : factor.boost} ${times(factor.ratio[0] / factor.ratio[1])}`;
  }
  return '';
}

import { stepsOf } from '#missions/mission.js';
import type { TierWarned } from './effect.js';
import { dayBefore } from './explain-lines.js';
import type { ReceiptLine, ToldEntry } from './explain-receipt.js';
import type { LedgerWords } from './ledger.es.js';
import type { FactorSeen, Fired } from './receipt.js';
import { minorDigits, type ReceiptNames } from './receipt-names.js';

/** Why an entry gave what it gave. */
export class FiredTeller {
  constructor(
    private readonly entry: ToldEntry,
    private readonly words: LedgerWords,
    private readonly names: ReceiptNames,
  ) {}

  explainFired(fired: Fired): ReceiptLine {
    const points =
      fired.amount !== undefined && fired.currency !== undefined && fired.amount !== 0
        ? { currency: fired.currency, amount: fired.amount }
        : undefined;
    return {
      id: `${fired.kind}:${fired.id}:${fired.currency ?? ''}${fired.step === undefined ? '' : `:${fired.step}`}`,
      kind: fired.kind,
      name: this.names.nameOf(fired.kind, fired.id),
      points,
      because: this.reasonsOf(fired),
    };
  }

  private reasonsOf(fired: Fired): readonly string[] {
    const { words } = this;
    const reversal = this.entry.effects.find((effect) => effect.type === 'activity.reversed');
    if (reversal?.type === 'activity.reversed')
      return [this.explainTakenBack(fired, reversal.activity, reversal.part === true)];
    if (this.entry.effects.some((effect) => effect.type === 'undo.applied')) return [words.undone];
    const told = this.explainWithBadge(fired);
    if (told !== null) return [told];
    switch (fired.kind) {
      case 'referral':
        return [words.referralCounts];
      case 'mission':
        return [this.explainMission(fired)];
      case 'badge':
        return [this.explainBadge(fired.id)];
      case 'tier': {
        const warned = this.entry.effects.find((effect) => effect.type === 'tier.warned');
        if (warned?.type === 'tier.warned') return [this.explainTierEnd(warned)];
        const moved = this.entry.effects.findLast((effect) => effect.type === 'tier.moved');
        if (moved?.type === 'tier.moved' && moved.direction === 'down') return [words.tierDown];
        return [this.entry.cause.type === 'tier.assessed' ? words.tierEased : words.tierReached];
      }
      case 'currency':
        return [this.explainExpired(fired.id)];
      case 'rule':
        if (fired.factors !== undefined) return this.explainFactors(fired.factors, fired);
        // A receipt that was cut to its size may have lost the factors.
        return this.entry.receipt.cut === true ? [] : [words.fixedReward];
    }
  }

  /** What goes with a badge that staff took away; null for anything else. */
  private explainWithBadge({ kind, id, amount = 0 }: Fired): string | null {
    const { takenBack } = this.words;
    const revoked = this.entry.effects.filter((effect) => effect.type === 'badge.revoked');
    if (!revoked.some(({ by }) => by === 'staff')) return null;
    if (kind === 'mission') return takenBack.withBadgeMission;
    if (kind === 'badge')
      return revoked.some(({ badge, by }) => badge === id && by === undefined) ? takenBack.badge : null;
    if (kind === 'currency') return amount < 0 ? null : takenBack.expired;
    if (kind === 'tier') return takenBack.withBadgeTier;
    return kind === 'rule' ? takenBack.withBadge : null;
  }

  private explainExpired(currency: string): string {
    const lot = this.entry.lines.find(
      (line) => line.kind === 'expire' && line.currency === currency && line.amount < 0,
    )?.lot;
    return lot?.expires == null
      ? this.words.expiredInactive
      : this.words.expired({ day: this.names.format.day(dayBefore(lot.expires)) });
  }

  private explainTierEnd({ tier, on, to, missing }: TierWarned): string {
    const currency = this.names.definitions.tiers.find(({ id }) => id === tier)?.currency ?? '';
    const day = this.names.format.dayMonth(on);
    return this.words[to === tier || missing === 0 ? 'tierThen' : 'tierEnds']({
      day,
      tier: this.names.nameOf('tier', to),
      points: this.names.points(currency, missing),
    });
  }

  private explainBadge(id: string): string {
    const { words, entry } = this;
    const gone = entry.effects.find((effect) => effect.type === 'badge.revoked' && effect.badge === id);
    return gone?.type === 'badge.revoked' ? words.badgeGone[gone.by ?? 'staff'] : words.badgeEarned;
  }

  private explainMission({ id, step }: Fired): string {
    const { words, entry } = this;
    if (step !== undefined) return this.explainStep(id, step);
    const isDone = entry.effects.some((effect) => effect.type === 'mission.completed' && effect.mission === id);
    const kept = entry.effects.find((effect) => effect.type === 'streak.kept' && effect.mission === id);
    return !isDone && kept?.type === 'streak.kept' ? words.streakKept[kept.by] : words.missionDone;
  }

  private explainStep(mission: string, step: number): string {
    const found = this.names.definitions.missions.find((one) => one.id === mission);
    const name = found && stepsOf(found)[step]?.name;
    return this.words.stepDone({
      step: name === undefined ? this.names.format.number(step + 1) : this.names.text(name),
    });
  }

  private explainTakenBack({ kind, id, amount = 0 }: Fired, activity: string, isPart: boolean): string {
    const { takenBack } = this.words;
    switch (kind) {
      case 'rule':
        return takenBack[isPart ? 'part' : 'rule']({ activity: this.names.activityName(activity) });
      case 'mission':
        return takenBack.mission;
      case 'badge':
        return takenBack.badge;
      case 'currency':
        return amount < 0 ? this.explainExpired(id) : takenBack.expired;
      case 'tier': {
        const kept = this.entry.effects.find((effect) => effect.type === 'tier.extended');
        return kept?.type === 'tier.extended'
          ? takenBack.tierUntil({ day: this.names.format.day(kept.until) })
          : takenBack.tier;
      }
      case 'referral':
        return takenBack.other;
    }
  }

  private explainFactors(factors: readonly FactorSeen[], fired: Fired): readonly string[] {
    const { words, names } = this;
    const { format } = names;
    const phrases: string[] = [];
    let exact = 1;
    let isBound = false;
    let money: { unit: string; digits: number } | undefined;
    for (const factor of factors) {
      if ('field' in factor) {
        exact *= factor.value;
        const digits = minorDigits(factor.unit);
        if (factor.unit !== undefined && digits !== undefined) money = { unit: factor.unit, digits };
        phrases.push(
          words.factorField({
            label: this.names.labelOf(factor.field),
            value: this.names.quantity(factor.value, factor.unit),
          }),
        );
      } else if ('boost' in factor) {
        const value = factor.ratio[0] / factor.ratio[1];
        exact *= value;
        if (value !== 1)
          phrases.push(words.factorBoost({ boost: this.names.boostName(factor.boost), factor: value }, format));
      } else if ('ratio' in factor) {
        const value = factor.ratio[0] / factor.ratio[1];
        exact *= value;
        if (money !== undefined && fired.currency !== undefined) {
          const scale = 10 ** money.digits;
          phrases.push(
            words.factorPerMoney({
              points: this.names.points(fired.currency, value * scale),
              money: format.money(scale, money.unit),
            }),
          );
          money = undefined;
        } else if (!factors.some((other) => 'field' in other)) phrases.push(words.fixedReward);
        else if (value !== 1) phrases.push(words.factorRatio({ value }, format));
      } else if ('tier' in factor) {
        exact *= factor.percent / 100;
        if (factor.percent !== 100) {
          phrases.push(
            words.factorTier({ tier: this.names.nameOf('tier', factor.tier), factor: factor.percent / 100 }, format),
          );
        }
      } else {
        isBound = true;
        const say = { min: words.boundMin, max: words.boundMax, cap: words.boundCap, budget: words.boundBudget }[
          factor.bound
        ];
        phrases.push(say({ value: factor.value }, format));
      }
    }
    const rounded = Math.round(exact * 1_000) / 1_000;
    if (!isBound && fired.amount !== undefined && rounded !== fired.amount && Math.abs(rounded - fired.amount) < 1) {
      phrases.push(words.rounded({ exact: rounded, amount: fired.amount }, format));
    }
    return phrases;
  }
}

import type { ActivityType } from '@verbena/shared/activities/activity-type.js';
import type { Badge } from '@verbena/shared/badges/badge.js';
import type { Board } from '@verbena/shared/leaderboards/board.js';
import type { Currency } from '@verbena/shared/currencies/currency.js';
import type { MemberAttribute } from '@verbena/shared/members/member-attribute.js';
import type { Mission, MissionStep } from '@verbena/shared/missions/mission.js';
import type { Referral } from '@verbena/shared/referrals/referral.js';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { Problem } from '@verbena/shared/platform/problem.js';
import type { LotDates } from '@verbena/shared/ledger/points-line.js';
import type { LocalDate } from '@verbena/shared/platform/time.js';
import type { DefinitionZone, Period } from '@verbena/shared/programs/definition.js';
import type { DefinitionKind, Definitions } from '@verbena/shared/programs/definitions.js';
import type { Cap, Earning, Rule } from '@verbena/shared/rules/rule.js';
import type { Tier } from '@verbena/shared/tiers/tier.js';
import type { CompiledAmount } from './compile-amount.js';
import type { ReadApart } from './counted-apart.js';
import type { CompiledBudget } from './compile-budgets.js';
import type { ReadValues } from './field-values.js';
import type { CompiledCondition } from './compile-condition.js';

/** Refuses attributes that do not fit their type: an empty list is a yes. Paths start at the attributes. */
export type ValidateAttributes = (attributes: unknown) => Problem[];

export interface CompiledActivityType {
  readonly definition: ActivityType;
  readonly validate: ValidateAttributes;
}

export interface CompiledCurrency {
  readonly definition: Currency;
  /** The first day on which points of an activation date are gone; null: they stay. */
  readonly expiresOn: (activated: LocalDate) => LocalDate | null;
  /** Where points end by inactivity: the last day on which they are usable after something was earned. */
  readonly activeUntil: ((earned: LocalDate) => LocalDate) | null;
  /** Whether points of a lot end so: not those of the time when the currency promised that they stay. */
  readonly endsWithTerm: (lot: LotDates) => boolean;
}

/** What sets something off, as one string: `activity:purchase`, `mission:diez-visitas`, `badge:…`, `tier:…`. */
export type TriggerKey = string;

/** A member's allowance; `apart` says of an activity for which value it counts, where it does so for each. */
export type CompiledCap = Cap & { readonly id: string; readonly apart: ReadApart | null };

export interface CompiledEarning {
  readonly definition: Earning;
  readonly when: CompiledCondition | null;
  readonly amount: CompiledAmount;
  readonly caps: readonly CompiledCap[];
  /** What it takes from that all members share: budgets by id, its own before its currency's. */
  readonly budgets: readonly string[];
}

export interface CompiledRule {
  readonly definition: Rule;
  readonly order: number;
  readonly trigger: TriggerKey;
  readonly when: CompiledCondition | null;
  readonly earn: readonly CompiledEarning[];
}

export interface CompiledMission {
  readonly definition: Mission;
  readonly trigger: TriggerKey;
  readonly when: CompiledCondition | null;
  /** Prerequisites, window, times and cool-down; null where it is always open. */
  readonly gate: CompiledCondition | null;
  /** The values of the goal's field, as they are compared; none for goals without one. */
  readonly collect: ReadValues;
  /** Whether that field compares folded. */
  readonly folds: boolean;
  /** The values that a set asks for: as they are compared, and as the definition writes them. */
  readonly wanted: ReadonlyMap<string, string> | null;
  /** What each step of a sequence waits for; empty for the other goals. */
  readonly sequence: readonly CompiledStep[];
  /** The parts of the way that are rewarded. */
  readonly steps: readonly MissionStep[];
  readonly failure: CompiledFailure | null;
  /** Everything that this mission listens to. */
  readonly listens: ReadonlySet<TriggerKey>;
}

export interface CompiledStep {
  readonly trigger: TriggerKey;
  readonly when: CompiledCondition | null;
}

export interface CompiledFailure extends CompiledStep {
  readonly coolDownDays: number;
}

/** One mission in all its revisions that somebody may hold. `current` null: nobody can begin it any more. */
export interface MissionSlot {
  readonly id: string;
  /** Everything that any of its revisions listens to. */
  readonly listens: ReadonlySet<TriggerKey>;
  readonly current: CompiledMission | null;
  readonly older: readonly CompiledMission[];
}

export interface CompiledBadge {
  readonly definition: Badge;
  /** What its count goes by, and the counter that holds it (`apart`: for each value by itself); null where a mission grants it. */
  readonly count: {
    readonly trigger: TriggerKey;
    readonly counter: string;
    readonly target: number;
    readonly apart: ReadApart | null;
  } | null;
}

export interface CompiledTier {
  readonly definition: Tier;
  /** Whether what it asks for besides its threshold is there, on a day of a window; null where it asks for nothing more. */
  readonly also: ((standing: TierStanding) => boolean) | null;
  /** What of that is not there, as places in its list; empty where it has what it asks for. */
  readonly lacks: (standing: TierStanding) => number[];
}

/** What a tier is asked about: counters as they are, what was earned, and the first and the last day that count. */
export interface TierStanding {
  readonly counters: MemberState['counters'];
  readonly earned: number;
  readonly first: LocalDate;
  readonly last: LocalDate;
  /** Days since joining. */
  readonly memberDays: number;
  readonly attributes: NonNullable<MemberState['attributes']>;
}

export interface CompiledTiers {
  /** Where points are counted by day, for periods that are no calendar years. */
  readonly earnedByDay: CompiledCounter | null;
  /** Whether something besides points makes a tier. */
  readonly asksMore: boolean;
  /** Whether the day of joining is asked for. */
  readonly asksJoined: boolean;
  /** The present tiers, lowest first. */
  readonly ladder: readonly CompiledTier[];
  /** The present ones and the older revisions that members may hold. */
  readonly find: (id: string, rev: number) => CompiledTier | undefined;
}

/** What makes an invitation count. */
export interface CompiledReferral {
  readonly definition: Referral;
  readonly trigger: TriggerKey;
  readonly when: CompiledCondition | null;
}

/** A counter that some condition reads: so many activities, or the sum of a field, by buckets of the calendar. */
export interface CompiledCounter {
  readonly id: string;
  readonly activity: string;
  readonly bucket: Period;
  readonly zone: DefinitionZone;
  /** What one activity adds: 0 where its filter does not match. */
  readonly measure: (attributes: Readonly<Record<string, unknown>>) => number;
  /** For which value an activity counts, where each has its own buckets. */
  readonly apart?: ReadApart | null;
  /** It counts what is earned of a currency, by the day from which a lot is usable, and no activities. */
  readonly earned?: string;
}

export interface CompiledCounters {
  readonly byId: ReadonlyMap<string, CompiledCounter>;
  readonly byActivity: ReadonlyMap<string, readonly CompiledCounter[]>;
}

/** What each definition module makes of its list. */
export interface CompiledParts {
  activityTypes: ReadonlyMap<string, CompiledActivityType>;
  currencies: ReadonlyMap<string, CompiledCurrency>;
  rules: readonly CompiledRule[];
  missions: readonly MissionSlot[];
  badges: readonly CompiledBadge[];
  tiers: CompiledTiers;
  /** In declared order; no decision reads them, projections do. */
  boards: readonly Board[];
  referrals: readonly CompiledReferral[];
}

/** How tiers were decided under one version, and what they count. */
export interface TiersOfVersion {
  readonly tiers: CompiledTiers;
  readonly counters: CompiledCounters;
  /** As `CompiledProgram.assessFrom`, of that version. */
  readonly assessFrom: number;
}

/** A published version made ready for decisions, with the older revisions that members may still hold. Immutable. */
export interface CompiledProgram extends Readonly<CompiledParts>, ProgramSettings {
  readonly version: number;
  /** The first currency that is declared; among `currencies` those of older versions may come before it. */
  readonly mainCurrency: string;
  /** The last version by which a tier may have come within reach (`easesTiers`); 0: none ever did. */
  readonly assessFrom: number;
  /** Of an older version, or this one; of one that is not known, what the one before it says. */
  readonly tiersAt: (version: number) => TiersOfVersion;
  /** Badges that stay when what had earned them is taken back, in each revision that is still known, as `id@rev`. */
  readonly keptBadges: ReadonlySet<string>;
  readonly memberAttributes: readonly MemberAttribute[];
  readonly counters: CompiledCounters;
  /** What all members share, by id. */
  readonly budgets: ReadonlyMap<string, CompiledBudget>;
  readonly rulesByTrigger: ReadonlyMap<TriggerKey, readonly CompiledRule[]>;
  /** What sets off each rule in each revision that is still known, by `id@rev`: reversals ask it of recorded lines. */
  readonly triggersOfRules: ReadonlyMap<string, TriggerKey>;
  /** Whether some definition asks for the time of day, so that decisions are given it. */
  readonly asksHours: boolean;
  /** The missions whose streaks something can keep: the clock looks after them. */
  readonly keptStreaks: readonly MissionSlot[];
}

/** What the ledger needs to turn moments into local dates; the engine itself reads neither. */
export interface ProgramSettings {
  readonly zone: string;
  readonly time: 'wall' | 'activities';
}

/** A numbered set of definitions, as `programVersions` stores it. */
export interface NumberedDefinitions {
  readonly version: number;
  readonly definitions: Definitions;
  /** The day from which it is in force, in the program's zone; absent where a set is tried as if it always had been. */
  readonly on?: LocalDate;
}

/** What a definition module compiles from: the version in force, and older ones, newest first. */
export interface CompileInput {
  readonly current: Definitions;
  readonly older: readonly Definitions[];
  /** Of the current and the older ones, in this order: the days from which they are in force, where that is known. */
  readonly days: readonly (LocalDate | undefined)[];
  readonly counters: CounterDeclarations;
}

/** Where conditions declare what they count; the same counter declared twice is one. */
export interface CounterDeclarations {
  declare(counter: CompiledCounter): void;
}

/** What a definition module gives for its list: what is wrong with it, and what decisions need of it. */
export interface DefinitionCompiler<K extends DefinitionKind> {
  readonly kind: K;
  /** Problems with this list in the light of the others: references, orders, impossible values. */
  check(definitions: Definitions): Problem[];
  compile(input: CompileInput): CompiledParts[K];
}

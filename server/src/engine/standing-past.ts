import type { Effect } from '@verbena/shared/ledger/effect.js';
import type { MissionRemainder, ReversedEntry, SetOff } from '@verbena/shared/ledger/facts.js';
import type { TriggerKey } from './compiled-program.js';
import { entriesAfterUndos } from './entries-after-undos.js';
import { JoinedAccounts } from './joined-accounts.js';
import { outcomesAfterUndos } from './outcomes-after-undos.js';
import type { PastEntry } from './past-entry.js';

/** An effect in the entry in which it happened. */
export interface Happened<T extends Effect['type']> {
  readonly entry: PastEntry;
  readonly effect: Extract<Effect, { type: T }>;
}

type Reverted = Extract<Effect, { type: 'mission.reverted' }>;

/**
 * A member's journal as it stands, read once from its first entry to its last: what was taken back already, which completions,
 * parts of a way and badges stand, and since when. Only reads; what a program makes of it is decided elsewhere.
 */
export class StandingPast {
  /** In order, as they stand after undos. */
  readonly entries: readonly PastEntry[];
  /** Whether accounts were joined: then what the books say of a period is less than what all entries would have come to. */
  readonly isMerged: boolean;
  private readonly reversed = new Set<number>();
  /** By mission and period: the completions that stand, and the parts of the way that were rewarded, in order. */
  private readonly completions = new Map<string, Happened<'mission.completed'>[]>();
  private readonly steps = new Map<string, Happened<'mission.stepped'>[]>();
  private readonly grants = new Map<string, Happened<'badge.granted'>[]>();
  private risen: Happened<'tier.moved'>[] = [];
  private readonly accounts = new JoinedAccounts();
  /** By mission and period: the first entry that made progress there. Before it the mission may not have existed. */
  private readonly begun = new Map<string, { seq: number; rev: number }>();
  /** By seq: what remains of an activity. */
  private readonly amended: ReadonlyMap<number, PastEntry['activity']['attributes']>;

  /** `recorded`: the whole journal in order, with those of accounts that were joined. */
  constructor(recorded: readonly PastEntry[]) {
    const entries = entriesAfterUndos(recorded);
    this.entries = entries;
    this.amended = amendmentsOf(entries);
    const outcomeOf = outcomesAfterUndos(recorded);
    for (const one of recorded)
      if (one.outcome === 'accepted' && outcomeOf(one) === 'refused') this.reversed.add(one.seq);
    this.isMerged = entries.some(({ member }) => member !== entries[0]?.member);
    for (const one of entries) for (const effect of one.effects) this.read(one, effect);
  }

  /** The completions of a period that stand, earliest first. */
  completionsIn(mission: string, period: string): readonly Happened<'mission.completed'>[] {
    return this.completions.get(placeOf({ mission, period })) ?? [];
  }

  /** The completions of a mission that stand, period by period. */
  completionsOf(mission: string): readonly Happened<'mission.completed'>[] {
    return [...this.completions.values()].flat().filter(({ effect }) => effect.mission === mission);
  }

  /** The rewarded parts of the way that stand in a period, earliest first. */
  stepsIn(mission: string, period: string): readonly Happened<'mission.stepped'>[] {
    return this.steps.get(placeOf({ mission, period })) ?? [];
  }

  /** The rewarded parts of a mission's way that stand, period by period. */
  stepsOf(mission: string): readonly Happened<'mission.stepped'>[] {
    return [...this.steps.values()].flat().filter(({ effect }) => effect.mission === mission);
  }

  /** Where a badge was granted and stands. */
  grantsOf(badge: string): readonly Happened<'badge.granted'>[] {
    return this.grants.get(badge) ?? [];
  }

  /** The promotions that stand, earliest first. */
  get promotions(): readonly Happened<'tier.moved'>[] {
    return this.risen;
  }

  /** Whether a period had begun under a revision when an entry was decided, for the account that it is of. */
  hasBegun(mission: string, rev: number, period: string, entry: PastEntry): boolean {
    const since = this.begun.get(begunIn(placeOf({ mission, period }), entry));
    return since !== undefined && since.rev === rev && entry.seq >= since.seq;
  }

  /** What stands of an activity after reversals in part: its attributes as they were left last. */
  attributesOf(entry: PastEntry): PastEntry['activity']['attributes'] {
    return this.amended.get(entry.seq) ?? entry.activity.attributes;
  }

  /** Whether an activity counts for what is left of it, since some was taken back. */
  isAmended(entry: PastEntry): boolean {
    return this.amended.has(entry.seq);
  }

  /** Whether an entry holds such a trigger, and it still stands. */
  stands(trigger: TriggerKey, entry: PastEntry): boolean {
    const { effects, outcome, activity, seq } = entry;
    const [kind, id] = split(trigger);
    if (kind === 'activity') return activity.type === id && outcome === 'accepted' && !this.reversed.has(seq);
    if (kind === 'badge') return this.grantsOf(id).some((one) => one.entry === entry);
    if (kind === 'tier') return this.risen.some((one) => one.entry === entry && one.effect.to === id);
    return effects.some(
      (effect) =>
        effect.type === 'mission.completed' &&
        effect.mission === id &&
        this.completionsIn(id, effect.period).some((one) => one.entry === entry),
    );
  }

  /** The completions that go by such an effect of a reversal on these facts. */
  fallenBy(effect: Reverted, reversed: ReversedEntry): readonly Happened<'mission.completed'>[] {
    const told = remainderTold(reversed, effect);
    const reached = this.completionsIn(effect.mission, effect.period);
    if (told === null) return reached.slice(effect.times ?? 0);
    const seqs = new Set([told.completion, ...(told.others ?? [])].map((one) => one?.seq));
    return reached.filter(({ entry }) => seqs.has(entry.seq));
  }

  private read(entry: PastEntry, effect: Effect): void {
    if (effect.type === 'activity.reversed') {
      if (effect.part === undefined) this.reversed.add(effect.seq);
      this.dropPromotions(entry);
    } else if (effect.type === 'tier.moved' && effect.direction === 'up') this.risen.push({ entry, effect });
    else if (effect.type === 'badge.granted') listUnder(this.grants, effect.badge).push({ entry, effect });
    else if (effect.type === 'badge.revoked') {
      this.dropGrants(entry, effect);
      if (effect.by === 'staff') this.dropPromotions(entry);
    } else if (effect.type === 'member.absorbed') this.readJoining(entry, effect);
    else if (effect.type === 'mission.completed') listUnder(this.completions, placeOf(effect)).push({ entry, effect });
    else if (effect.type === 'mission.stepped') listUnder(this.steps, placeOf(effect)).push({ entry, effect });
    else if (effect.type === 'mission.reverted') this.readReverted(entry, effect);
    else if (effect.type === 'mission.progressed') {
      const place = begunIn(placeOf(effect), entry);
      if (!this.begun.has(place)) this.begun.set(place, { seq: entry.seq, rev: effect.rev });
    }
  }

  /** What an account was granted of a badge, or what it was of it for one value. */
  private dropGrants(by: PastEntry, { badge, of }: Extract<Effect, { type: 'badge.revoked' }>): void {
    const account = this.accounts.accountOf(by);
    const stays = this.grantsOf(badge).filter(({ entry, effect }) => {
      return this.accounts.accountOf(entry) !== account || (of !== undefined && effect.of !== of);
    });
    this.grants.set(badge, stays);
  }

  /** Promotions that went with a reversal, as it was told. */
  private dropPromotions({ facts: { reversed } }: PastEntry): void {
    const gone = new Set((reversed?.promotions ?? []).map(({ tier, seq }) => `${tier} ${seq}`));
    this.risen = this.risen.filter(({ entry, effect }) => !gone.has(`${effect.to} ${entry.seq}`));
  }

  private readReverted(entry: PastEntry, effect: Reverted): void {
    const place = placeOf(effect);
    const told = remainderTold(entry.facts.reversed, effect);
    if (told !== null) this.dropTold(place, told);
    else if (effect.takenBack) this.drop(this.completions, place, entry, effect.times ?? 0);
    this.dropSteps(place, entry, effect.steps ?? 0);
  }

  /** From the joining on, a period that the other account had begun is one's own. */
  private readJoining(entry: PastEntry, { from, changes }: Extract<Effect, { type: 'member.absorbed' }>): void {
    this.accounts.join(from, entry.member ?? '');
    for (const [mission, state] of Object.entries(changes.missions ?? {}))
      for (const [period, { rev }] of Object.entries(state?.periods ?? {})) {
        const place = begunIn(placeOf({ mission, period }), entry);
        if (!this.begun.has(place)) this.begun.set(place, { seq: entry.seq, rev });
      }
  }

  /** Takes from a list what is of the account of an entry, or of one joined to it by then, but for the first so many. */
  private drop<T extends { readonly entry: PastEntry }>(
    lists: Map<string, T[]>,
    key: string,
    by: PastEntry,
    kept: number,
  ): void {
    const account = this.accounts.accountOf(by);
    let left = kept;
    const stays = (lists.get(key) ?? []).filter(({ entry }) => {
      if (this.accounts.accountOf(entry) !== account) return true;
      left -= 1;
      return left >= 0;
    });
    lists.set(key, stays);
  }

  /** Of accounts that were joined what fell is told by the entries in which it was reached. */
  private dropTold(place: string, { completion, others = [], steps = [] }: MissionRemainder): void {
    const fallen = new Set([...(completion === undefined ? [] : [completion]), ...others].map(({ seq }) => seq));
    const back = new Set(steps.map(stepKeyOf));
    this.completions.set(
      place,
      (this.completions.get(place) ?? []).filter(({ entry }) => !fallen.has(entry.seq)),
    );
    this.steps.set(
      place,
      (this.steps.get(place) ?? []).filter(({ entry, effect }) => !back.has(`${entry.seq} ${effect.steps}`)),
    );
  }

  /** Parts of the way go by their number: of accounts that were joined each may have been rewarded for the same one. */
  private dropSteps(place: string, by: PastEntry, left: number): void {
    const account = this.accounts.accountOf(by);
    const stays = (this.steps.get(place) ?? []).filter(
      ({ entry, effect }) => this.accounts.accountOf(entry) !== account || effect.steps <= left,
    );
    this.steps.set(place, stays);
  }
}

/** One key for each period of a mission. */
export function placeOf({ mission, period }: { readonly mission: string; readonly period: string }): string {
  return `${mission} ${period}`;
}

function amendmentsOf(entries: readonly PastEntry[]): Map<number, PastEntry['activity']['attributes']> {
  const amended = new Map<number, PastEntry['activity']['attributes']>();
  for (const { remaining, facts } of entries)
    if (remaining !== undefined && facts.reversed !== undefined) amended.set(facts.reversed.seq, remaining);
  return amended;
}

/** What a reversal that read the journals of joined accounts was told of a period; null where it was decided without them. */
function remainderTold(
  reversed: ReversedEntry | undefined,
  { mission, period, weeks, left, times }: Reverted,
): MissionRemainder | null {
  if (reversed?.merged !== true || weeks !== undefined || left !== undefined || times !== undefined) return null;
  return reversed.missions.find((one) => one.mission === mission && one.period === period) ?? null;
}

function stepKeyOf({ seq, effects }: SetOff): string {
  const stepped = effects.find((effect) => effect.type === 'mission.stepped');
  return `${seq} ${stepped?.type === 'mission.stepped' ? stepped.steps : 0}`;
}

/** A period begins for each account by itself. */
function begunIn(place: string, { member = '' }: PastEntry): string {
  return member === '' ? place : `${place} ${member}`;
}

function listUnder<T>(map: Map<string, T[]>, key: string): T[] {
  const list = map.get(key) ?? [];
  map.set(key, list);
  return list;
}

function split(trigger: TriggerKey): [kind: string, id: string] {
  const colon = trigger.indexOf(':');
  return [trigger.slice(0, colon), trigger.slice(colon + 1)];
}

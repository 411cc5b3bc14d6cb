import {
  type MemberUndone,
  UNDO_NAMED_MAX,
  UNDO_UNDECIDED_MAX,
  type UndoReport,
} from '@verbena/shared/undo/undo-plans.routes.js';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import { timesHeld } from '#engine/counted-apart.js';
import type { UndoOfMember } from '#ledger/undo-past.service.js';

/** Adds up what a plan comes to, member by member. */
export class UndoTally {
  private members = 0;
  private corrected = 0;
  private gone = 0;
  private undecidedCount = 0;
  private readonly points = new Map<string, Sums<'before' | 'after' | 'taken' | 'given' | 'forgiven' | 'owed'>>();
  private readonly badges = new Map<string, Sums<'lost' | 'won'>>();
  private readonly missions = new Map<string, Sums<'lost' | 'won'>>();
  private readonly tiers = new Map<string, { from: string | null; to: string | null; members: number }>();
  private top: MemberUndone[] = [];
  private readonly undecided: UndoReport['undecided'] = [];

  /** `currency`: the one by which members are compared. */
  constructor(private readonly currency: string) {}

  add(found: UndoOfMember): void {
    if ('reason' in found) {
      this.undecidedCount += 1;
      if (this.undecided.length < UNDO_UNDECIDED_MAX)
        this.undecided.push({ member: found.member, reason: found.reason });
      return;
    }
    if (found.undo === null) return;
    const { before, after, undone, forgiven } = found.undo;
    this.members += 1;
    this.corrected += undone.entries.length;
    this.gone += undone.gone.length;
    for (const currency of new Set([...Object.keys(before.balances), ...Object.keys(after.balances)]))
      this.addPoints(currency, before, after, forgiven.find((one) => one.currency === currency)?.amount ?? 0);
    addHeld(this.badges, before.badges, after.badges);
    for (const id of new Set([...Object.keys(before.missions), ...Object.keys(after.missions)])) {
      const more = (after.missions[id]?.completions ?? 0) - (before.missions[id]?.completions ?? 0);
      if (more !== 0) add(this.missions, id, { lost: Math.max(0, -more), won: Math.max(0, more) });
    }
    this.addTier(before.tier?.id ?? null, after.tier?.id ?? null);
    this.addTop({
      member: found.member,
      before: before.balances[this.currency] ?? 0,
      after: after.balances[this.currency] ?? 0,
      forgiven: forgiven.find(({ currency }) => currency === this.currency)?.amount ?? 0,
    });
  }

  report(concerned: number): UndoReport {
    const listOf = <T>(map: ReadonlyMap<string, T>): (T & { id: string })[] =>
      [...map].map(([id, sums]) => ({ id, ...sums })).sort((left, right) => (left.id < right.id ? -1 : 1));
    return {
      members: this.members,
      concerned,
      corrected: this.corrected,
      gone: this.gone,
      points: [...this.points].map(([currency, sums]) => ({ currency, ...sums })),
      badges: listOf(this.badges),
      tiers: [...this.tiers.values()],
      missions: listOf(this.missions),
      topMembers: this.top,
      undecided: this.undecided,
      undecidedCount: this.undecidedCount,
    };
  }

  private addPoints(currency: string, before: MemberState, after: MemberState, forgiven: number): void {
    const [was, is] = [before.balances[currency] ?? 0, after.balances[currency] ?? 0];
    const owed = (after.owed?.[currency] ?? 0) - (before.owed?.[currency] ?? 0);
    const taken = Math.max(0, was - is);
    add(this.points, currency, { before: was, after: is, taken, given: Math.max(0, is - was), forgiven, owed });
  }

  private addTier(from: string | null, to: string | null): void {
    if (from === to) return;
    const key = `${from ?? ''} ${to ?? ''}`;
    const known = this.tiers.get(key) ?? { from, to, members: 0 };
    this.tiers.set(key, { ...known, members: known.members + 1 });
  }

  private addTop(member: MemberUndone): void {
    const changeOf = ({ before, after, forgiven }: MemberUndone): number => Math.abs(after - before) + forgiven;
    this.top = [...this.top, member].sort((left, right) => changeOf(right) - changeOf(left)).slice(0, UNDO_NAMED_MAX);
  }
}

type Sums<K extends string> = Record<K, number>;

function add<K extends string>(sums: Map<string, Sums<K>>, id: string, more: Sums<K>): void {
  const known = sums.get(id);
  const next = { ...more };
  if (known !== undefined) for (const key of Object.keys(more) as K[]) next[key] += known[key];
  sums.set(id, next);
}

type Badges = MemberState['badges'];

function addHeld(sums: Map<string, Sums<'lost' | 'won'>>, before: Badges, after: Badges): void {
  for (const id of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const more = timesHeld(after[id]) - timesHeld(before[id]);
    if (more !== 0) add(sums, id, { lost: Math.max(0, -more), won: Math.max(0, more) });
  }
}

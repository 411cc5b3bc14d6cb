import type { ErrorCode } from '@verbena/shared/errors/catalogue.js';
import type { BudgetAsk, CausedActivity, DecidedActivity } from '@verbena/shared/ledger/decision.js';
import type { Effect } from '@verbena/shared/ledger/effect.js';
import type { Facts } from '@verbena/shared/ledger/facts.js';
import type { HeldTier, Lot, MemberState } from '@verbena/shared/ledger/member-state.js';
import type { LotDates, PointsLine } from '@verbena/shared/ledger/points-line.js';
import type { LocalDate } from '@verbena/shared/platform/time.js';
import { AMOUNT_MAX } from '@verbena/shared/programs/definition.js';
import type { Pending } from '@verbena/shared/rules/rule.js';
import { applyEffect } from './apply-effect.js';
import { applyLine } from './apply-line.js';
import { addDays, addMonths, dayOf } from './calendar.js';
import type { CompiledCurrency, CompiledProgram, CompiledTier, TriggerKey } from './compiled-program.js';
import { own } from './own.js';
import { ReceiptBuilder } from './receipt-builder.js';
import type { Seen } from './seen.js';
import { StateDraft } from './state-draft.js';

/** A business refusal, which the catalogue names: the decision becomes an entry without lines and effects. */
export class Refusal extends Error {
  constructor(readonly code: ErrorCode) {
    super(code);
  }
}

/** Everything that one decision holds while it runs. Each line and effect is applied the moment it is recorded. */
export class DecisionRun {
  readonly draft: StateDraft;
  readonly lines: PointsLine[] = [];
  readonly effects: Effect[] = [];
  readonly caused: CausedActivity[] = [];
  readonly seen: Seen;
  /** Rules that fired, and missions with their period: none does so twice in a decision. */
  readonly fired = new Set<string>();
  /** Of each group of rules that had its turn, the one that gave. */
  readonly groups = new Map<string, string>();
  /** By `budgetKey`: how much it would take of what all share, and how much it took. */
  readonly asked = new Map<string, number>();
  readonly asks: BudgetAsk[] = [];
  readonly budgetsUsed = new Map<string, number>();
  private refs = 0;

  constructor(
    readonly program: CompiledProgram,
    readonly before: MemberState,
    readonly facts: Facts,
    readonly activity: DecidedActivity,
    readonly receipt = new ReceiptBuilder(),
  ) {
    this.draft = new StateDraft(before);
    const { program: programDate, member: memberDate } = facts.calendar.occurred;
    const programDay = dayOf(programDate);
    this.seen = {
      attributes: activity.attributes,
      day: { program: programDay, member: memberDate === programDate ? programDay : dayOf(memberDate) },
      time: facts.calendar.time,
      before,
      tier: findTier(program, before.tier),
      counters: before.counters,
    };
  }

  /** What each effect of this decision sets off in the next round. */
  triggersSince(first: number): TriggerKey[] {
    return this.effects.slice(first).flatMap((effect) => {
      if (effect.type === 'mission.completed') return [`mission:${effect.mission}`];
      if (effect.type === 'badge.granted') return [`badge:${effect.badge}`];
      return effect.type === 'tier.moved' && effect.direction === 'up' ? [`tier:${effect.to}`] : [];
    });
  }

  record(effect: Effect): void {
    applyEffect(this.draft, effect);
    this.effects.push(effect);
    if (effect.type === 'counter.added') this.seen.counters = this.draft.state.counters;
  }

  /**
   * Gives points: usable at once and dated by `occurredAt`, or from a later day on; then it answers as what they are pending.
   * @throws {Refusal} where the amount is beyond what a line may hold.
   */
  earn(id: string, amount: number | bigint, by: PointsLine['by'], pending?: Pending): string | undefined {
    const { zone } = this.currency(id).definition;
    if (amount > AMOUNT_MAX) throw new Refusal('points.tooMany');
    const today = this.seen.day[zone].date;
    // Earned is what is earned by this activity, on its day, also where it becomes usable later.
    this.extend(id, today);
    const on = pending !== undefined && 'days' in pending ? addDays(today, pending.days) : null;
    // What arrives so late that its day is over is usable as if it had come in time.
    if (pending === undefined || (on !== null && on <= this.facts.calendar.now[zone])) {
      this.earnOn(on ?? today, id, Number(amount), by);
      return undefined;
    }
    const ref = this.newRef();
    const lot = { activated: on ?? today, expires: on === null ? null : this.expiryOf(id, on) };
    this.book({ currency: id, amount: Number(amount), kind: 'pend', by, lot, pocket: 'pending', ref });
    const until = 'until' in pending && pending.activity !== undefined ? { until: pending.activity } : {};
    const promised = on === null ? {} : { expires: lot.expires };
    this.record({ type: 'pending.set', pending: ref, currency: id, on, ...until, ...promised });
    return ref;
  }

  /**
   * Gives points of a day. A lot that is born past its expiry is entered and expired at once. `pending`: they were so under that
   * ref, with that lot. That they become usable is nothing that the member does.
   */
  earnOn(
    activated: LocalDate,
    id: string,
    amount: number,
    by: PointsLine['by'],
    pending?: { readonly ref: string; readonly lot: LotDates },
  ): void {
    const lot = pending?.lot ?? { activated, expires: this.expiryOf(id, activated) };
    const line: PointsLine = { currency: id, amount, kind: 'earn', by, lot };
    this.book(pending === undefined ? line : { ...line, ref: pending.ref });
    this.begin(id, activated);
    const left = amount - this.repay(line);
    if (left > 0 && lot.expires !== null && this.isOver(id, line.lot)) this.expire(id, line.lot, left);
  }

  /** A name for pending points or a hold that this entry makes. */
  newRef(): string {
    this.refs += 1;
    return `${this.before.seq + 1}-${refBase(this.before) + this.refs}`;
  }

  currency(id: string): CompiledCurrency {
    const currency = this.program.currencies.get(id);
    if (currency === undefined) throw new Error(`There is no currency ${id}.`);
    return currency;
  }

  /** The lots that there are, those that end soonest first: what was promised to stay after what ends by inactivity. */
  lotsOf(id: string): readonly Lot[] {
    const lots = own(this.draft.state.lots, id) ?? [];
    const { activeUntil, endsWithTerm } = this.currency(id);
    if (activeUntil === null) return [...lots];
    const stays = (lot: Lot): boolean => lot.expires === null && !endsWithTerm(lot);
    return [...lots.filter((lot) => !stays(lot)), ...lots.filter(stays)];
  }

  /** Where points of a currency end by inactivity, they all last longer from an activity that earns any on, by its own date. */
  extend(id: string, on: LocalDate): void {
    const { activeUntil, definition } = this.currency(id);
    const until = activeUntil?.(on);
    const present = own(this.draft.state.activeUntil ?? {}, id);
    if (until === undefined || (present !== undefined && until <= present)) return;
    const isOver = present !== undefined && present < this.facts.calendar.now[definition.zone];
    const { holds = {}, transit = {} } = this.draft.state;
    const isAside = [...Object.values(holds), ...Object.values(transit)].some(({ currency }) => currency === id);
    const extended = { type: 'expiry.extended', currency: id, until } as const;
    this.record(isOver && isAside ? { ...extended, lapsed: true } : extended);
  }

  /** Points come that the member did not earn just now: only where no term of earlier ones runs, one begins. */
  begin(id: string, on: LocalDate): void {
    const until = own(this.draft.state.activeUntil ?? {}, id);
    if (until === undefined || until < on) this.extend(id, on);
  }

  /**
   * Whether points of a lot are over: by its own end, or, where it has none, because the member's term is, or was while they were set
   * aside (`lapsed`).
   */
  isOver(id: string, lot: LotDates, lapsed = false): boolean {
    const { definition, endsWithTerm } = this.currency(id);
    const today = this.facts.calendar.now[definition.zone];
    if (!endsWithTerm(lot)) return lot.expires !== null && lot.expires <= today;
    if (lapsed) return true;
    const until = own(this.draft.state.activeUntil ?? {}, id);
    return until !== undefined && until < today;
  }

  /** Takes from a lot what ended, and says so in the receipt. */
  expire(id: string, lot: LotDates, amount: number): void {
    const by = this.currencyOf(id);
    this.book({ currency: id, amount: -amount, kind: 'expire', by, lot });
    this.receipt.fire('currency', by, { currency: id, amount: -amount });
  }

  /** What a member owes of a currency takes from what it earns, or gets back, before anything else does. Answers how much. */
  repay({ currency, amount, lot }: PointsLine): number {
    const owed = own(this.draft.state.owed ?? {}, currency) ?? 0;
    if (owed === 0) return 0;
    const paid = Math.min(owed, amount);
    const line: PointsLine = { currency, amount: -paid, kind: 'repay', by: this.currencyOf(currency), lot };
    this.book(line);
    this.book({ ...line, pocket: 'owed' });
    return paid;
  }

  /** The definition that a movement is by which no rule and no mission made. */
  currencyOf(id: string): PointsLine['by'] {
    return { kind: 'currency', id, rev: this.program.currencies.get(id)?.definition.rev ?? 1 };
  }

  /** When points of a day end: as the currency says, unless the tier held says otherwise for what its members earn. */
  expiryOf(id: string, activated: LocalDate): LocalDate | null {
    const { currency: counted, expiry } = this.seen.tier?.definition ?? {};
    if (expiry === undefined || counted !== id) return this.currency(id).expiresOn(activated);
    return expiry.kind === 'never' ? null : addDays(addMonths(activated, expiry.months), 1);
  }

  book(line: PointsLine): void {
    applyLine(this.draft, line);
    this.lines.push(line);
    const counter = this.program.tiers.earnedByDay;
    if (counter === null || counter.earned !== line.currency || (line.kind !== 'earn' && line.kind !== 'reverse'))
      return;
    this.record({ type: 'counter.added', counter: counter.id, bucket: line.lot.activated, amount: line.amount });
  }
}

/** Beyond this the names of what a member's entries set aside begin: those of accounts joined to it lie below. */
export function refBase({ absorbed = [] }: Pick<MemberState, 'absorbed'>): number {
  return absorbed.length * 1_000;
}

/** The definition of a held tier under its own revision; the lowest, which has no end, goes by the present one. */
export function findTier(program: Pick<CompiledProgram, 'tiers'>, held: HeldTier | null): CompiledTier | null {
  const { ladder, find } = program.tiers;
  if (held === null || held.until === null) {
    return ladder.find((tier) => tier.definition.id === held?.id) ?? ladder[0] ?? null;
  }
  return find(held.id, held.rev) ?? ladder.find((tier) => tier.definition.id === held.id) ?? ladder[0] ?? null;
}

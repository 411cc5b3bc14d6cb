import { Injectable } from '@nestjs/common';
import type { Entry, FullReceipt } from '@verbena/shared/ledger/entry-recorded.js';
import type { LocalDates } from '@verbena/shared/ledger/facts.js';
import type { ExportedMember, Holding, Standing } from '@verbena/shared/ledger/ledger.routes.js';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import { counterId } from '#engine/compile-counter.js';
import type { CompiledProgram } from '#engine/compiled-program.js';
import { initialState } from '#engine/initial-state.js';
import { isMove } from '#engine/past-entry.js';
import { IdentityService } from '#identity/identity.service.js';
import { MembersService } from '#members/members.service.js';
import { localDateOf } from '#platform/clock/calendar.js';
import { Clock } from '#platform/clock/clock.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { Scope } from '#platform/mongo/scope.js';
import { BrandsService } from '#programs/brands.service.js';
import { ProgramsService } from '#programs/programs.service.js';
import { AsOf } from './as-of.service.js';
import { zoneOf } from './member-clock.js';
import { GiftPartners } from './gift-partners.service.js';
import { type JournalEntry, ownViewOf, viewOf } from './journal-entry.js';
import type { EntryFilter, Honours } from './journal-reader.repository.js';
import { LedgerService } from './ledger.service.js';
import { canBeReversed, isUndoable, mayHaveBeenReversed } from './reversal.js';
import { ReceiptsService } from './receipts.service.js';
import { missingTo, standingOf } from './standing.js';

export type { Honours } from './journal-reader.repository.js';

/** A page of a member's journal, newest first: below which seq, how many, and only which. */
export interface EntriesPage {
  readonly before?: number | null;
  readonly limit?: number;
  readonly only?: EntryFilter | null;
  readonly asOf?: string;
}

/** How people and commands read the ledger. */
@Injectable()
export class LedgerViews {
  constructor(
    private readonly ledger: LedgerService,
    private readonly members: MembersService,
    private readonly programs: ProgramsService,
    private readonly identity: IdentityService,
    private readonly past: AsOf,
    private readonly receipts: ReceiptsService,
    private readonly partners: GiftPartners,
    private readonly brands: BrandsService,
    private readonly clock: Clock,
  ) {}

  /** Where a member stands, or stood as it was known at a moment. */
  async standing(scope: Scope, ref: string, asOf?: string): Promise<Standing> {
    if (asOf !== undefined) {
      const member = await this.members.find(scope, ref);
      const { program, state, atMs } = await this.past.memberAt(scope, member._id, asOf);
      return standingOf(program, state, datesOf(program, state, atMs));
    }
    const { program, state, dates } = await this.readState(scope, ref);
    return standingOf(program, state, dates);
  }

  /** How many points keep a state from one of the present tiers today; null where there is no such tier. */
  pointsTo(program: CompiledProgram, state: MemberState, tier: string): number | null {
    return missingTo(program, state, datesOf(program, state, this.clock.now()), tier);
  }

  /** What these members hold, as their last entries left it. */
  async holdings(scope: Scope, members: readonly string[]): Promise<Holding[]> {
    const found = await this.ledger.holdingsOf(scope, members);
    return found.map(({ member, holds: { balances, tier } }) => ({ member, balances, tier: tier?.id ?? null }));
  }

  /** What each of these members holds to show: tier and badges; who has no entry stands where everybody begins. */
  async honoursOf(scope: Scope, members: readonly string[]): Promise<ReadonlyMap<string, Honours>> {
    const [program, found] = await Promise.all([
      this.programs.inForce(scope.program, this.clock.now()),
      this.ledger.findHonours(scope, members),
    ]);
    const { tier, badges } = initialState(program);
    return new Map(members.map((member) => [member, found.get(member) ?? { tier, badges }]));
  }

  /**
   * A member's state with the version in force and the member's `today`, all that a screen computes from; `dates` has today
   * in both zones, for definitions that choose.
   */
  async readState(
    scope: Scope,
    ref: string,
  ): Promise<{ member: string; program: CompiledProgram; state: MemberState; today: string; dates: LocalDates }> {
    const member = await this.members.find(scope, ref);
    const program = await this.programs.inForce(scope.program, this.clock.now());
    const state = (await this.ledger.stateOf(scope, member._id))?.state ?? initialState(program);
    const dates = datesOf(program, state, this.clock.now());
    return { member: member._id, program, state, today: dates.member, dates };
  }

  /** `isStaff`: the reader sees who wrote something by hand, and what can still be undone. */
  async entries(
    scope: Scope,
    ref: string,
    { before: given = null, limit = 30, only = null, asOf }: EntriesPage,
    isStaff: (member: string) => boolean,
  ): Promise<{ items: Entry[]; next?: number }> {
    const member = await this.members.findJournal(scope, ref);
    const known = asOf === undefined ? null : (await this.past.memberAt(scope, member._id, asOf)).state.seq + 1;
    const before = known === null || (given !== null && given < known) ? given : known;
    const entries = await this.ledger.listEntries(scope, member._id, before, limit + 1, only);
    const items = await this.viewsOf(scope, entries.slice(0, limit), isStaff(member._id));
    const last = items.at(-1);
    return entries.length > limit && last !== undefined ? { items, next: last.seq } : { items };
  }

  /** The receipt of one entry: as stored (`same` then only says so much), or decided again in full. */
  async receipt(scope: Scope, ref: string, seq: string, isFull: boolean): Promise<FullReceipt> {
    const member = await this.members.findJournal(scope, ref);
    const entry = /^\d{1,15}$/.test(seq) ? await this.ledger.findEntryBySeq(scope, member._id, Number(seq)) : null;
    if (entry === null) throw new Refusal('entry.notFound');
    return isFull ? this.receipts.full(scope, entry) : { again: 'same', receipt: entry.receipt };
  }

  async entry(scope: Scope, ref: string, seq: string, isStaff: (member: string) => boolean): Promise<Entry> {
    const member = await this.members.findJournal(scope, ref);
    const entry = /^\d{1,15}$/.test(seq) ? await this.ledger.findEntryBySeq(scope, member._id, Number(seq)) : null;
    const seesAll = isStaff(member._id);
    const [seen] = entry === null ? [] : await this.viewsOf(scope, [entry], seesAll);
    if (entry === null || seen === undefined) throw new Refusal('entry.notFound');
    const correction = await this.ledger.findCorrection(scope, member._id, entry.seq);
    const view = correction === null ? seen : { ...seen, correctedBy: correction.seq };
    if (isMove(entry.activity.type)) return view;
    if (!canBeReversed(entry) && !(correction?.came === true && mayHaveBeenReversed(entry))) return view;
    const { attributes, returns } = await this.ledger.standingOf(scope, entry);
    return {
      ...view,
      ...(returns.length === 0 ? {} : { returns: [...returns] }),
      ...(seesAll ? { canReturn: view.reversedBy === null, remaining: this.shownOf(entry, attributes) } : {}),
    };
  }

  /** Attributes without the personal ones, which no screen reads from the journal. */
  private shownOf({ activity: { personal = {} } }: JournalEntry, attributes: JournalEntry['activity']['attributes']) {
    return Object.fromEntries(Object.entries(attributes).filter(([name]) => !Object.hasOwn(personal, name)));
  }

  private async viewsOf(scope: Scope, entries: readonly JournalEntry[], isStaff: boolean): Promise<Entry[]> {
    const reversals = await this.ledger.findReversals(scope, entries);
    const show = isStaff ? viewOf : ownViewOf;
    const isOfOutlet = entries.some(({ activity: { source } }) => /^(?:brand|shop):/.test(source));
    const senders = isOfOutlet ? await this.brands.senders(scope) : null;
    const views = await this.partners.name(scope, entries, (entry) => {
      const view = show(entry, reversals.get(entry._id)?.seq ?? null);
      const sender = senders?.get(entry.activity.source)?.name;
      return sender === undefined ? view : { ...view, cause: { ...view.cause, sender } };
    });
    if (!isStaff) return views;
    const authors = new Map<string, string>();
    for (const by of new Set(entries.flatMap(({ activity: { note } }) => note?.by ?? []))) {
      const user = await this.identity.findUser(by);
      if (user !== null) authors.set(by, user.name);
    }
    const now = this.clock.now();
    const captured = await Promise.all(entries.map((entry) => this.ledger.capturedOf(scope, entry)));
    return views.map((view, index) => {
      const entry = entries[index];
      const by = authors.get(entry?.activity.note?.by ?? '');
      const canUndo = entry !== undefined && view.reversedBy === null && isUndoable(entry, now);
      const canCancel = captured[index] ?? 0;
      return {
        ...view,
        canUndo,
        ...(canCancel === 0 ? {} : { canCancel }),
        note: view.note === null ? null : { reason: view.note.reason, ...(by === undefined ? {} : { by }) },
      };
    });
  }

  /** Members in the order in which they were made, with what each has; members without an entry are left out. */
  async exportMembers(
    scope: Scope,
    after: string | null,
    limit: number,
  ): Promise<{ items: ExportedMember[]; next: string | null }> {
    const page = (await this.members.list(scope, after, limit)).map(({ _id }) => _id);
    const states = await this.ledger.findStates(scope, page);
    const externalIds = await this.members.externalIdsOf(scope, page);
    const items = states
      .map(({ _id, state }) => exportedOf(_id, externalIds.get(_id)?.[0] ?? null, state))
      .toSorted((a, b) => (a.member < b.member ? -1 : 1));
    return { items, next: page.length === limit ? (page.at(-1) ?? null) : null };
  }
}

/** A member's today, in the program's zone and in its own: by the clock, or by its own newest activity. */
export function datesOf(program: CompiledProgram, state: MemberState, nowMs: number): LocalDates {
  const isOwnTime = program.time === 'activities' && state.newestOccurredAt !== null;
  const atMs = isOwnTime ? Date.parse(state.newestOccurredAt ?? '') : nowMs;
  return { program: localDateOf(atMs, program.zone), member: localDateOf(atMs, zoneOf(program, state)) };
}

const EXPORTED_CURRENCY = 'puntos';
/** The counter that the badges of purchases keep; it counts in order of arrival. */
const PURCHASES = counterId({ activity: 'purchase', bucket: 'ever', zone: 'program' });

function exportedOf(member: string, externalId: string | null, state: MemberState): ExportedMember {
  const earned = state.earned[EXPORTED_CURRENCY];
  const completions = Object.entries(state.missions).map(([id, mission]) => [id, mission.completions] as const);
  return {
    externalId,
    member,
    earned: earned?.ever ?? 0,
    earnedByYear: { ...earned?.years },
    balance: state.balances[EXPORTED_CURRENCY] ?? 0,
    tier: state.tier?.id ?? null,
    tierUntil: state.tier?.until ?? null,
    badges: Object.keys(state.badges).sort(),
    missions: Object.fromEntries(completions.filter(([, count]) => count > 0)),
    purchases: state.counters[PURCHASES]?.['ever'] ?? 0,
    seq: state.seq,
  };
}

import type { CausedActivity } from '@verbena/shared/ledger/decision.js';
import type { EarnedByDay } from '@verbena/shared/ledger/effect.js';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { PointsLine } from '@verbena/shared/ledger/points-line.js';
import { MemberAbsorbing, MemberClosing } from '@verbena/shared/points/points-activities.js';
import { isSame } from '@verbena/shared/programs/judge-change.js';
import { type DecisionRun, refBase } from './decision-run.js';
import { own } from './own.js';
import { patchBetween } from './state-patch.js';
import { absorbedBy, unite } from './unite.js';

/** What ends, as the one that takes it over reads it. */
export interface Ending {
  readonly member: string;
  readonly into: string;
  /** The entry with which it ends. */
  readonly seq: number;
  readonly occurredAt: string;
  readonly state: MemberState;
  readonly earned: EarnedByDay;
}

/** What the end of an account causes: the other one has what it had, once, whoever tells of it. */
export function absorbing({ member, into, seq, occurredAt, state, earned }: Ending): CausedActivity {
  const attributes = { from: member, seq, state, earned };
  return { key: absorbedKey(member), member: into, type: 'member.absorbed', occurredAt, attributes };
}

export function absorbedKey(member: string): string {
  return `absorbed:${member}`;
}

/** `member.closed { into }`: all points leave, what else there is goes along as data, and the account ends. */
export function closeMember(run: DecisionRun): void {
  const { into } = MemberClosing.parse(run.activity.attributes);
  const { member } = run.activity;
  const { closing } = run.facts;
  if (member === undefined || closing === undefined) throw new Error('Nobody said whose account ends, or what it had.');
  if (into === member) throw new Error('An account cannot be joined to itself.');
  const state = { ...run.draft.state };
  for (const line of linesOf(run, state)) run.book({ ...line, amount: -line.amount });
  run.record({ type: 'member.closed', into, state });
  const { occurredAt } = run.activity;
  run.caused.push(absorbing({ member, into, seq: run.before.seq + 1, occurredAt, state, earned: closing.earned }));
}

/**
 * `member.absorbed { from, seq, state, earned }`: what another account had comes to this one, in the lots that it was in. Nothing is
 * decided again and nothing is set off.
 */
export function absorbMember(run: DecisionRun): void {
  const { from, seq, state: theirs, earned } = MemberAbsorbing.parse(run.activity.attributes);
  const mine = { ...run.draft.state };
  const absorbed = absorbedBy(mine, theirs, from);
  const refs = namesFor(theirs, run.before.seq + 1, refBase({ absorbed }));
  const members = [run.activity.member ?? '', from] as const;
  const wanted = unite({
    program: run.program,
    members,
    mine: lapsedIn(run, mine),
    theirs: lapsedIn(run, theirs),
    refs,
  });
  for (const line of linesOf(run, theirs)) {
    const name = line.ref === undefined ? undefined : refs[line.ref];
    run.book(name === undefined ? line : { ...line, ref: name });
  }
  const changes = patchBetween(run.draft.state, wanted, true) ?? {};
  run.record({ type: 'member.absorbed', from, seq, refs, earned, changes });
  for (const part of new Set([...Object.keys(wanted), ...Object.keys(run.draft.state)]))
    if (!isSame(valueOf(run.draft.state, part), valueOf(wanted, part)))
      throw new Error(`Joining the account ${from} would not make ${part} what it should be.`);
  // Points that had no term do not end with one of the other account that is over.
  for (const { definition, endsWithTerm } of run.program.currencies.values()) {
    const hasNoTerm = ({ lots, activeUntil: terms = {} }: MemberState): boolean =>
      (own(lots, definition.id) ?? []).some(endsWithTerm) && own(terms, definition.id) === undefined;
    if ([mine, theirs].some(hasNoTerm)) run.begin(definition.id, run.facts.calendar.now[definition.zone]);
  }
}

/** A state whose points that are set aside do not go on with the other account's term, where its own is over. */
function lapsedIn(run: DecisionRun, state: MemberState): MemberState {
  const isOver = (currency: string): boolean => {
    const zone = run.program.currencies.get(currency)?.definition.zone;
    const until = own(state.activeUntil ?? {}, currency);
    return zone !== undefined && until !== undefined && until < run.facts.calendar.now[zone];
  };
  const marked = <T extends { readonly currency: string }>(part: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(
      Object.entries(part).map(([ref, one]) => [ref, isOver(one.currency) ? { ...one, lapsed: true } : one]),
    );
  const { holds, transit } = state;
  return {
    ...state,
    ...(holds === undefined ? {} : { holds: marked(holds) }),
    ...(transit === undefined ? {} : { transit: marked(transit) }),
  };
}

/** Points of every pocket of an account, as they come in where it lives on; they leave the other by the negation. */
function linesOf(run: DecisionRun, { lots, pending, holds, transit, owed }: MemberState): PointsLine[] {
  const line = (currency: string, amount: number, more: Pick<PointsLine, 'lot' | 'pocket' | 'ref'>): PointsLine => ({
    ...{ currency, amount, kind: 'merge', by: run.currencyOf(currency) },
    ...more,
  });
  const lotOf = (activated: string, expires: string | null): PointsLine['lot'] => ({ activated, expires });
  const today = run.facts.calendar.now.program;
  const available = Object.entries(lots).flatMap(([currency, list]) =>
    list.map(({ activated, expires, amount }) => line(currency, amount, { lot: lotOf(activated, expires) })),
  );
  const waiting = Object.entries(pending ?? {}).map(([ref, { currency, amount, on }]) =>
    line(currency, amount, { lot: lotOf(on ?? today, null), pocket: 'pending', ref }),
  );
  const aside = [
    ...Object.entries(holds ?? {}).map(([ref, taken]) => ({ ref, ...taken, pocket: 'held' as const })),
    ...Object.entries(transit ?? {}).map(([ref, taken]) => ({ ref, ...taken, pocket: 'transit' as const })),
  ].flatMap(({ ref, pocket, currency, lots: taken }) =>
    taken.map(({ activated, expires, amount }) =>
      line(currency, amount, { lot: lotOf(activated, expires), pocket, ref }),
    ),
  );
  const lent = Object.entries(owed ?? {}).map(([currency, amount]) =>
    line(currency, amount, { lot: lotOf(today, null), pocket: 'owed' }),
  );
  return [...available, ...waiting, ...aside, ...lent];
}

/** Names here for the other's pending points, holds and gifts: like those that an entry of this one's makes. */
function namesFor({ pending, holds, transit }: MemberState, seq: number, base: number): Record<string, string> {
  const refs = [...new Set([pending, holds, transit].flatMap((part) => Object.keys(part ?? {})))].toSorted();
  return Object.fromEntries(refs.map((ref, index) => [ref, `${seq}-${base + index + 1}`]));
}

/** What is nothing reads as what is absent. */
function valueOf(state: MemberState, part: string): unknown {
  const value: unknown = (state as Record<string, unknown>)[part];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const some = Object.entries(value).filter(([, one]) => one !== 0 && !(Array.isArray(one) && one.length === 0));
  const kept = part === 'lots' || part === 'balances' ? some : Object.entries(value);
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

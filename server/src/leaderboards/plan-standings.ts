import { type RunCount, type MemberCount } from './member-count.js';
import { VISIBLE, type Visibility } from './count-entries.js';
import {
  type BoardMemberDocument,
  type BoardRunDocument,
  type Standing,
  standingDocument,
  type StandingDocument,
  standingId,
} from './leaderboards.schema.js';
import { listOf } from './place-order.js';
import type { Change } from './standings.repository.js';

export type RunsOf = Map<string, BoardRunDocument['state']>;

export interface StandingsPlan {
  readonly members: readonly Change<BoardMemberDocument>[];
  readonly standings: readonly Change<StandingDocument>[];
  /** What the mirror is to hold of all that was looked at: it may have missed an earlier try. */
  readonly values: readonly StandingDocument[];
}

/**
 * What is to be written of the documents that are stored. `add`: movements that a standing does not hold yet are added to it.
 * `replace`: the counts are of whole journals, and standings become what they say. Runs that are closed stay as they are. Pure.
 */
export function planStandings(
  counts: readonly MemberCount[],
  how: 'add' | 'replace',
  stored: readonly StandingDocument[],
  storedMembers: readonly BoardMemberDocument[],
  runs: RunsOf,
): StandingsPlan {
  const memberById = new Map(storedMembers.map((member) => [member._id, member]));
  const byMember = new Map<string, Map<string, StandingDocument>>();
  for (const standing of stored) {
    const own = byMember.get(standing.member) ?? new Map<string, StandingDocument>();
    byMember.set(standing.member, own.set(standing._id, standing));
  }
  const members: Change<BoardMemberDocument>[] = [];
  const standings: Change<StandingDocument>[] = [];
  const values: StandingDocument[] = [];
  for (const count of counts) {
    const known = memberById.get(count.member);
    const before: Visibility = how === 'replace' ? VISIBLE : (known ?? VISIBLE);
    const visibility = count.visibilityAfter(before);
    members.push(...changeOfMember(count, visibility, known));
    const isHidden = visibility.isHidden || visibility.hasLeft;
    for (const planned of planMember(count, how, byMember.get(count.member) ?? new Map(), isHidden, runs)) {
      if (planned.change !== null) standings.push(planned.change);
      values.push(planned.value);
    }
  }
  return { members, standings, values };
}

function changeOfMember(
  { member, program }: MemberCount,
  { seq, isHidden, hasLeft }: Visibility,
  known: BoardMemberDocument | undefined,
): Change<BoardMemberDocument>[] {
  const from = known?.v ?? 0;
  if (seq === (known?.seq ?? 0) && isHidden === (known?.isHidden ?? false) && hasLeft === (known?.hasLeft ?? false))
    return [];
  return [{ id: member, from, next: { _id: member, program: program.id, seq, isHidden, hasLeft, v: from + 1 } }];
}

interface Planned {
  readonly change: Change<StandingDocument> | null;
  readonly value: StandingDocument;
}

function planMember(
  count: MemberCount,
  how: 'add' | 'replace',
  stored: ReadonlyMap<string, StandingDocument>,
  isHidden: boolean,
  runs: RunsOf,
): Planned[] {
  const planned: Planned[] = [];
  const touched = new Set<string>();
  for (const total of count.totals) {
    const list = listOf(count.program.id, total.board, total.run);
    const id = standingId(list, count.member);
    touched.add(id);
    if (!isTaking(runs.get(list), total, how)) continue;
    const before = stored.get(id);
    const start = how === 'replace' || before === undefined ? startOf(count, total) : standingOf(before);
    planned.push(planOne({ ...added(start, total), hidden: isHidden }, before));
  }
  for (const [id, before] of stored) {
    if (touched.has(id) || runs.get(listOf(before.program, before.board, before.run)) !== 'open') continue;
    // What the journal does not have loses its place, and stays, so that it is told again to a mirror that missed it; what only was
    // not moved now may still appear or disappear.
    const score = how === 'replace' ? 0 : before.score;
    planned.push(planOne({ ...standingOf(before), score, hidden: isHidden }, before));
  }
  return planned;
}

/** Whether a run still takes what was counted for it: until its end in time, imported history until it was quiet. */
function isTaking(
  state: BoardRunDocument['state'] | undefined,
  { closing }: RunCount,
  how: 'add' | 'replace',
): boolean {
  if (state === undefined || state === 'open') return true;
  return state === 'closing' && how === 'add' && closing.kind === 'dated';
}

function planOne(standing: Standing, before: StandingDocument | undefined): Planned {
  const value = standingDocument(standing, (before?.v ?? 0) + 1);
  if (before !== undefined && isSame(before, value)) return { change: null, value: before };
  return { change: { id: value._id, from: before?.v ?? 0, next: value }, value };
}

function isSame(a: StandingDocument, b: StandingDocument): boolean {
  return a.score === b.score && a.seq === b.seq && a.order === b.order && a.hidden === b.hidden && a.shard === b.shard;
}

function startOf({ program, member, shard }: MemberCount, { board, run }: RunCount): Standing {
  return { program: program.id, board, run, member, shard, score: 0, reachedAtMs: 0, seq: 0, hidden: false };
}

function standingOf({ reachedAt, ...rest }: StandingDocument): Standing {
  const { program, board, run, member, shard, score, seq, hidden } = rest;
  return { program, board, run, member, shard, score, seq, hidden, reachedAtMs: reachedAt.getTime() };
}

/** A standing with the movements that it does not hold yet. */
function added(standing: Standing, { movements }: RunCount): Standing {
  let { score, reachedAtMs, seq } = standing;
  for (const movement of movements) {
    if (movement.seq <= seq) continue;
    score += movement.amount;
    reachedAtMs = movement.atMs;
    ({ seq } = movement);
  }
  return { ...standing, score, reachedAtMs, seq };
}

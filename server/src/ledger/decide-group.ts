import { reversedTypeOf } from '@verbena/shared/activities/activity-type.js';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { CompiledProgram } from '#engine/compiled-program.js';
import { LATE_DAYS_MAX } from '#engine/fold.js';
import { initialState } from '#engine/initial-state.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { Random } from './committer.ports.js';
import type { GroupDraft } from './group-draft.js';
import type { JournalEntry, MemberLedger, RecordedActivity } from './journal-entry.js';
import { clockSubmission, dueInstant, memberNow } from './member-clock.js';
import { NO_PAST, type Past } from './read-facts.js';
import { recordEntry } from './record-entry.js';
import { refuseMore, refuseShort, type Submission } from './submission.js';

const DAY_MS = 86_400_000;
/** A member whose clock does not stop after so many settlements in a row is a defect, not a very late clock. */
const SETTLEMENTS_MAX = 64;

/**
 * Decides one submission on the group's working states; adds its entry, and before it the clock's where that is due. The
 * sweep's own submission (source `clock`) only settles; null when an activity was faster and nothing is due any more, and
 * where an undo found something due. `past` is the member's journal, with those of accounts joined to it, for reversals and closings only.
 * @throws {Refusal} `member.closed` with `into`, where the account was joined to another: it goes there.
 * @throws {GivesMore} where its hand would give more than was counted.
 * @throws {MoreWanted} where it wants more of what all share than is at hand; the group is then as if it had not been there.
 */
export function decideInto(
  draft: GroupDraft,
  submission: Submission,
  program: CompiledProgram,
  random: Random,
  past: Past = NO_PAST,
): JournalEntry | null {
  const before = draft.ledgers.get(submission.member);
  const ledger = before ?? newLedger(submission, program);
  if (submission.activity.type !== 'state.repaired') refuseClosed(ledger.state);
  const entries = draft.entries.length;
  const caused = draft.caused.length;
  const taken = draft.budgets?.mark();
  try {
    if (submission.activity.source === 'clock') {
      settleClock(draft, ledger, submission, program, random, draft.atMs);
      return draft.entries[entries] ?? null;
    }
    const now = memberNow(program, ledger.state, submission.activity, draft.atMs);
    const settled = settleClock(draft, ledger, submission, program, random, now);
    // After the clock, so that it is the same whether the sweep or the activity comes first.
    refuseTooLate(settled.state, submission.activity);
    if (submission.undone !== undefined && submission.undone.seq !== settled.seq) {
      // What was due stays settled, or it would be in the way for ever: the sweep does not know of what only a later version
      // lets be due.
      if (settled.seq !== ledger.seq) return null;
      throw new Refusal('undo.moved');
    }
    const whole = withClock(past, draft.entries.slice(entries));
    const entry = recordEntry(draft, settled, submission, program, random, now, whole);
    refuseShort(submission, entry);
    refuseMore(submission, entry);
    return entry;
  } catch (error) {
    // A decision that fails takes the clock entries before it along: the group goes on as if it had not been there.
    draft.entries.length = entries;
    draft.caused.length = caused;
    if (taken !== undefined) draft.budgets?.restore(taken);
    if (before === undefined) draft.ledgers.delete(submission.member);
    else draft.ledgers.set(submission.member, before);
    throw error;
  }
}

/** What a reversal reads ends with what the clock has only just settled: what expired with it is not there to be taken. */
function withClock(past: Past, settled: readonly JournalEntry[]): Past {
  return past === NO_PAST || settled.length === 0 ? past : { ...past, entries: [...past.entries, ...settled] };
}

/** The state of a member before its first entry. */
export function newLedger(
  submission: Pick<Submission, 'scope' | 'member' | 'shard'>,
  program: CompiledProgram,
): MemberLedger {
  return {
    _id: submission.member,
    program: submission.scope.program,
    shard: submission.shard,
    seq: 0,
    hash: '',
    dueAt: null,
    state: initialState(program),
  };
}

function settleClock(
  draft: GroupDraft,
  ledger: MemberLedger,
  submission: Submission,
  program: CompiledProgram,
  random: Random,
  now: number,
): MemberLedger {
  let settled = ledger;
  for (let round = 0; ; round += 1) {
    const dueMs = settled.seq === 0 ? null : dueInstant(program, settled.state);
    if (dueMs === null || dueMs > now) return settled;
    if (round === SETTLEMENTS_MAX)
      throw new Error(`The clock of member ${settled._id} does not stop at ${new Date(dueMs).toISOString()}.`);
    recordEntry(draft, settled, clockSubmission(settled, dueMs, draft.atMs, submission.scope), program, random, now);
    settled = draft.ledgers.get(settled._id) ?? settled;
  }
}

/** Nothing is taken in for an account that was joined to another one, but what puts its own state right. */
function refuseClosed({ closed }: MemberState): void {
  if (closed !== undefined) throw new Refusal('member.closed', { into: closed });
}

function refuseTooLate(state: MemberState, activity: RecordedActivity): void {
  if (state.newestOccurredAt === null || activity.source === 'clock') return;
  // It dates nothing either: whoever was away for years is joined all the same.
  if (activity.type === 'member.closed' || activity.type === 'member.absorbed') return;
  // A reversal dates nothing: what it takes back keeps the dates that it had.
  if (reversedTypeOf(activity.type) !== null) return;
  if (Date.parse(state.newestOccurredAt) - Date.parse(activity.occurredAt) > LATE_DAYS_MAX * DAY_MS) {
    throw new Refusal('activity.tooLate', { days: LATE_DAYS_MAX });
  }
}

import type { SystemActivityType } from '@verbena/shared/activities/activity-type.js';
import { MemberChanged, StateExtended } from '@verbena/shared/ledger/effect.js';
import { MemberState } from '@verbena/shared/ledger/member-state.js';
import { addDays } from './calendar.js';
import { reachGoal } from './decide-missions.js';
import { grantFreezes, pauseStreak, restoreStreak } from './decide-streak.js';
import { pointsDeciders } from './decide-points.js';
import { withdrawBadge } from './decide-reversal.js';
import { transferDeciders } from './decide-transfer.js';
import type { DecisionRun } from './decision-run.js';
import { absorbMember, closeMember } from './decide-merge.js';
import { assessTier } from './decide-tier.js';
import { decideUndo } from './decide-undo.js';
import { settle } from './settle.js';

/**
 * What the house itself submits.
 * `clock.struck {}` settles all that is due at `facts.calendar.now`.
 * `state.extended { counters }` fills counters that the program newly declares, and drops those that it no longer keeps.
 * `state.repaired { state }` puts the state right.
 * `tier.assessed {}` gives the tier that a version made easier to reach, as of today; it never moves the member's own time.
 * `undo.applied { plan }` takes back what a version of the rules brought about.
 * `member.joined { advocate? }` enrols, and keeps who invited while that can count: once in a member's life, and never itself.
 * `member.changed { zone?, boards? }` is what the member chose of that which decisions and boards read.
 * `member.left {}` opts out: every other activity is refused until the member joins again.
 * `member.closed { into }` ends an account that is joined to another, `member.absorbed` brings that one what it had.
 * `goal.reached { mission, period }`: what all bring together was reached.
 * `badge.withdrawn { badge, along? }`: staff take a badge away, with what it brought (`withdrawBadge`).
 * `streak.paused`, `streak.restored`, `streak.granted`: what the member plans and staff keep (see `decide-streak`).
 *
 * What completes something gives the badges that come with it; the rounds go on from there.
 */
export const systemDeciders: { [T in SystemActivityType]: (run: DecisionRun) => ReadonlySet<string> | void } = {
  ...pointsDeciders,
  ...transferDeciders,
  'clock.struck': settle,
  'state.extended': (run) => {
    const kept = run.program.counters.byId;
    const dropped = Object.keys(run.before.counters).filter((id) => !kept.has(id));
    const { counters, joined } = run.activity.attributes;
    run.record(StateExtended.parse({ type: 'state.extended', counters, dropped, joined }));
  },
  'state.repaired': (run) => {
    run.record({ type: 'state.repaired', state: MemberState.parse(run.activity.attributes['state']) });
  },
  'undo.applied': decideUndo,
  'tier.assessed': (run) => {
    assessTier(run);
    return new Set();
  },
  'member.joined': (run) => {
    const { advocate } = run.activity.attributes;
    const [referral] = run.program.referrals;
    const counts = run.before.referred !== true && advocate !== run.activity.member;
    if (typeof advocate !== 'string' || referral === undefined || !counts) {
      run.record({ type: 'member.joined' });
      return;
    }
    const from = run.seen.day.program.date;
    const until = addDays(from, referral.definition.withinDays);
    run.record({ type: 'member.joined', invitedBy: { advocate, from, until } });
  },
  'member.changed': (run) => {
    run.record(MemberChanged.parse({ ...run.activity.attributes, type: 'member.changed' }));
  },
  'member.left': (run) => {
    run.record({ type: 'member.left' });
  },
  'member.closed': closeMember,
  'member.absorbed': absorbMember,
  'badge.withdrawn': withdrawBadge,
  'goal.reached': reachGoal,
  'streak.paused': pauseStreak,
  'streak.granted': grantFreezes,
  'streak.restored': (run) => new Set(restoreStreak(run)),
};

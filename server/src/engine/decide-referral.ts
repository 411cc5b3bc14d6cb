import { addDays } from './calendar.js';
import type { DecisionRun } from './decision-run.js';

/**
 * Whether this activity makes the member's invitation count: what the referral asks for, dated within its days after
 * joining. Then the activity that rewards is caused for both, dated like this one, under keys that can only count once.
 */
export function qualifyReferral(run: DecisionRun): void {
  const { invitedBy } = run.before;
  if (invitedBy === undefined) return;
  const { type, occurredAt, member, key } = run.activity;
  const { date } = run.seen.day.program;
  for (const { definition, trigger, when } of run.program.referrals) {
    const { id, gives, withinDays } = definition;
    if (trigger !== `activity:${type}` || (when !== null && !when.test(run.seen))) continue;
    // The days are those that were promised on joining, whatever a version says by now.
    const { from = addDays(invitedBy.until, -withinDays), until } = invitedBy;
    if (date > until || date < from) continue;
    if (member === undefined || key === undefined) throw new Error('Nobody said whose activity made a referral count.');
    const { advocate } = invitedBy;
    run.record({ type: 'referral.qualified', referral: id, advocate });
    run.receipt.fire('referral', definition);
    const side = (role: 'friend' | 'advocate', of: string, other: string): void => {
      const attributes = { role, other, purchase: key };
      run.caused.push({ key: `referral:${member}:${role}`, member: of, type: gives, occurredAt, attributes });
    };
    side('friend', member, advocate);
    side('advocate', advocate, member);
    return;
  }
}

import type { Effect } from '@verbena/shared/ledger/effect.js';
import type { Facts } from '@verbena/shared/ledger/facts.js';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { PointsLine } from '@verbena/shared/ledger/points-line.js';
import type { CompiledProgram } from './compiled-program.js';
import { countActivity } from './count-activity.js';
import { decideRules } from './decide-rules.js';
import { DecisionRun } from './decision-run.js';
import type { Seen } from './seen.js';

/** What an activity would have given by itself, had it been another one. */
export interface Again {
  /** Only what rules gave; nothing of missions and of what they set off. */
  readonly lines: readonly PointsLine[];
  readonly effects: readonly Effect[];
  /** Whether it would have made an invitation count. */
  readonly qualifies: boolean;
  /** What definitions would have seen. */
  readonly seen: Seen;
}

/**
 * Decides an activity again with other attributes, on what its decision read then: the version, the state before it, the
 * facts that it recorded.
 */
export function decideAgain(
  program: CompiledProgram,
  before: MemberState,
  facts: Facts,
  activity: { readonly type: string; readonly occurredAt: string },
  attributes: Readonly<Record<string, unknown>>,
): Again {
  const { type, occurredAt } = activity;
  const run = new DecisionRun(program, before, facts, { type, occurredAt, attributes });
  countActivity(run);
  const trigger = `activity:${type}`;
  decideRules(run, [trigger]);
  return {
    lines: run.lines.filter(({ kind, by }) => (kind === 'earn' || kind === 'pend') && by.kind === 'rule'),
    effects: run.effects.filter((effect) => effect.type === 'cap.used' || effect.type === 'budget.used'),
    qualifies: program.referrals.some(
      (one) => one.trigger === trigger && (one.when === null || one.when.test(run.seen)),
    ),
    seen: run.seen,
  };
}

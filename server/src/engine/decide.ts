import { isSystemType, reversedTypeOf } from '@verbena/shared/activities/activity-type.js';
import type { DecidedActivity, Decision } from '@verbena/shared/ledger/decision.js';
import type { Facts } from '@verbena/shared/ledger/facts.js';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { Instant } from '@verbena/shared/platform/time.js';
import { AMOUNT_MAX } from '@verbena/shared/programs/definition.js';
import type { CompiledProgram, TriggerKey } from './compiled-program.js';
import { countActivity } from './count-activity.js';
import { decideBadges } from './decide-badges.js';
import { keepLimit } from './decide-limit.js';
import { decideMissions } from './decide-missions.js';
import { activateByActivity } from './decide-points.js';
import { qualifyReferral } from './decide-referral.js';
import { decideReversal } from './decide-reversal.js';
import { decideRules } from './decide-rules.js';
import { systemDeciders } from './decide-system.js';
import { assessTier } from './decide-tier.js';
import { DecisionRun, Refusal } from './decision-run.js';
import { finish } from './fold.js';
import { holdingOf } from './holdings.js';
import { noticeSooner } from './settle.js';
import { ReceiptBuilder } from './receipt-builder.js';
import { StateDraft } from './state-draft.js';

/**
 * What an activity gives its member. Pure, synchronous, deterministic: no clock, no chance, no I/O, and its arguments stay as
 * they were. `state` of the answer is `fold` of the entry that these lines and effects make.
 *
 * `isFull`: the receipt tells all that did not fire, for a reader; what is stored is cut to its size.
 *
 * `at`, the lane's time, chose `program`; definitions see time only through `facts.calendar`.
 * @throws where the arguments do not fit together (the ledger quarantines that activity alone).
 */
export function decide(
  program: CompiledProgram,
  state: MemberState,
  facts: Facts,
  activity: DecidedActivity,
  _at: Instant,
  isFull = false,
): Decision {
  const run = new DecisionRun(program, state, facts, activity, new ReceiptBuilder(isFull));
  try {
    if (state.left === true && isForMembersOnly(activity.type)) throw new Refusal('member.left');
    noteBeginning(run);
    if (isSystemType(activity.type)) goOn(run, systemDeciders[activity.type](run));
    else if (reversedTypeOf(activity.type) !== null) decideReversal(run);
    else if (state.left === true) throw new Refusal('member.left');
    else {
      decideRounds(run);
      qualifyReferral(run);
    }
    refuseTooMuch(run);
    // What joins accounts and what undoes decided that itself.
    if (run.lines.length > 0 && run.facts.undone === undefined && activity.type !== 'member.absorbed')
      noticeSooner(run);
  } catch (error) {
    if (error instanceof Refusal) return { ...refuse(state, activity, error.code), ...askedOf(run) };
    throw error;
  }
  finish(run.draft, state.seq + 1, activity);
  return {
    outcome: 'accepted',
    lines: run.lines,
    effects: run.effects,
    state: run.draft.state,
    receipt: run.receipt.finish(),
    caused: run.caused,
    ...askedOf(run),
  };
}

function askedOf({ asked, asks }: DecisionRun): Pick<Decision, 'asked' | 'asks'> {
  return asks.length === 0 ? {} : { asked: Object.fromEntries(asked), asks };
}

/**
 * Round 0 is set off by the activity, each further one by the effects of the one before. A definition fires once a decision
 * and period, and the graph of a published program is at most 8 deep, so this ends.
 */
function decideRounds(run: DecisionRun): void {
  keepLimit(run);
  countActivity(run);
  activateByActivity(run);
  decideTriggers(run, [`activity:${run.activity.type}`]);
}

/**
 * Whatever gives, no balance passes 10¹², nor could by what is pending, held or on its way. Not looked at: what only moves between
 * pockets, as the clock does; what ends elsewhere already (a joined account); and an undo, whose own replay looked at it.
 */
function refuseTooMuch({ draft: { state }, before, lines, activity: { type } }: DecisionRun): void {
  if (type === 'clock.struck' || type === 'member.absorbed' || type === 'undo.applied') return;
  for (const { currency, amount } of lines)
    if (amount > 0 && holdingOf(state, currency) > Math.max(AMOUNT_MAX, holdingOf(before, currency)))
      throw new Refusal('points.tooMany');
}

/** The first day of a member, where the program asks for it. What a version newly asks of older members comes by extension. */
function noteBeginning(run: DecisionRun): void {
  if (!run.program.tiers.asksJoined || run.before.joined !== undefined || run.before.seq > 0) return;
  run.record({ type: 'member.began', on: run.seen.day.program.date });
}

/** What the house itself completed sets definitions off like anything else. */
function goOn(run: DecisionRun, awarded: ReadonlySet<string> | void): void {
  if (!awarded) return;
  decideBadges(run, [], awarded);
  if (run.lines.length > 0) assessTier(run);
  decideTriggers(run, run.triggersSince(0));
}

function decideTriggers(run: DecisionRun, first: readonly TriggerKey[]): void {
  let triggers = first;
  while (triggers.length > 0) {
    const effects = run.effects.length;
    const lines = run.lines.length;
    decideRules(run, triggers);
    const awarded = decideMissions(run, triggers);
    decideBadges(run, triggers, awarded);
    if (run.lines.length > lines || run.program.tiers.asksMore) assessTier(run);
    triggers = run.triggersSince(effects);
  }
}

function refuse(state: MemberState, activity: DecidedActivity, refusal: string): Decision {
  const draft = new StateDraft(state);
  finish(draft, state.seq + 1, activity);
  const receipt = new ReceiptBuilder().finish();
  return { outcome: 'refused', refusal, lines: [], effects: [], state: draft.state, receipt, caused: [] };
}

/** Who has left gets nothing, and can set nothing aside; what is already set aside still ends. */
function isForMembersOnly(type: string): boolean {
  return type === 'points.held' || type === 'points.adjusted' || type === 'transfer.sent';
}

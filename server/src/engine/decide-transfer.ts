import type { SystemActivityType } from '@verbena/shared/activities/activity-type.js';
import type { Transit } from '@verbena/shared/ledger/member-state.js';
import type { PointsLine } from '@verbena/shared/ledger/points-line.js';
import { TransferEnding, TransferReceiving, TransferSending } from '@verbena/shared/points/points-activities.js';
import { AMOUNT_MAX } from '@verbena/shared/programs/definition.js';
import { refuseUnknown, takeFrom } from './decide-points.js';
import { type DecisionRun, Refusal } from './decision-run.js';
import { holdingOf } from './holdings.js';
import { own } from './own.js';

type TransferActivityType = Extract<SystemActivityType, `transfer.${string}`>;

/**
 * Points from one member to another, in three entries: they leave the balance of the first and stand in its `transit`; the other
 * has them, in the lots that they were in; and only that lets them leave the transit. Whoever has left, or would have more than
 * anybody may, gets none: they go back.
 */
export const transferDeciders: { [T in TransferActivityType]: (run: DecisionRun) => void } = {
  'transfer.sent': (run) => {
    const { currency, amount, to } = TransferSending.parse(run.activity.attributes);
    refuseUnknown(run, currency);
    const { kind, transfer, zone } = run.currency(currency).definition;
    const from = run.activity.member;
    if (from === undefined) throw new Error('Nobody said who sends these points.');
    if (to === from) throw new Refusal('transfer.self');
    if (transfer === undefined || kind === 'status') throw new Refusal('transfer.off');
    if (amount > transfer.perGift) throw new Refusal('transfer.tooMuch');
    const today = run.facts.calendar.now[zone];
    const before = own(run.draft.state.sent ?? {}, currency);
    // Whoever moves to a zone where it is yesterday does not begin that day anew.
    const on = before !== undefined && before.on > today ? before.on : today;
    const sent = before?.on === on ? before.amount : 0;
    if (sent + amount > transfer.perDay) throw new Refusal('transfer.dayLimit');
    const ref = run.newRef();
    const lines = takeFrom(run, currency, amount, 'send', ref);
    for (const line of lines) run.book({ ...line, amount: -line.amount, pocket: 'transit' });
    run.record({ type: 'transfer.sent', transfer: ref, to, currency, amount, on });
    const lots = lines.map(({ lot, amount: taken }) => ({ ...lot, amount: -taken }));
    cause(run, to, 'transfer.received', { transfer: ref, from, currency, lots }, `${from}:${ref}:received`);
  },
  'transfer.received': (run) => {
    const { transfer, from, currency, lots } = TransferReceiving.parse(run.activity.attributes);
    const amount = lots.reduce((sum, lot) => sum + lot.amount, 0);
    const isFull = holdingOf(run.before, currency) + amount > AMOUNT_MAX;
    const accepted = run.before.left !== true && !isFull && run.program.currencies.has(currency);
    if (accepted) {
      // Who has none, or none any more, has them from today on; whoever has some does not keep them longer by a gift.
      run.begin(currency, run.facts.calendar.now[run.currency(currency).definition.zone]);
      for (const { amount: given, ...lot } of lots) enter(run, currency, given, 'receive', lot);
    }
    run.record({ type: 'transfer.received', transfer, from, currency, amount, accepted });
    const type = accepted ? 'transfer.settled' : 'transfer.returned';
    cause(run, from, type, { transfer }, `${from}:${transfer}:ended`);
  },
  'transfer.settled': (run) => {
    const { transfer } = TransferEnding.parse(run.activity.attributes);
    leaveTransit(run, transfer, 'settle');
  },
  'transfer.returned': (run) => {
    const { transfer } = TransferEnding.parse(run.activity.attributes);
    const { currency, lots, lapsed } = leaveTransit(run, transfer, 'return');
    for (const { amount, ...lot } of lots) enter(run, currency, amount, 'return', lot, { ref: transfer, lapsed });
  },
};

/** Its key makes each step count once, whoever tells of it again. */
function cause(
  run: DecisionRun,
  member: string,
  type: TransferActivityType,
  attributes: Record<string, unknown>,
  key: string,
): void {
  run.caused.push({ key: `transfer:${key}`, member, type, occurredAt: run.activity.occurredAt, attributes });
}

function leaveTransit(run: DecisionRun, ref: string, kind: 'settle' | 'return'): Transit {
  const transit = own(run.draft.state.transit ?? {}, ref);
  if (transit === undefined) throw new Refusal('transfer.notFound');
  const { currency, lots } = transit;
  for (const { amount, ...lot } of lots)
    run.book({ currency, amount: -amount, kind, by: run.currencyOf(currency), lot, pocket: 'transit', ref });
  return transit;
}

/** Puts points into the balance in a lot of theirs; one that ended meanwhile ends at once, as do one's own after one's own term. */
function enter(
  run: DecisionRun,
  currency: string,
  amount: number,
  kind: 'receive' | 'return',
  lot: PointsLine['lot'],
  back?: { readonly ref: string; readonly lapsed: Transit['lapsed'] },
): void {
  const by = run.currencyOf(currency);
  const line: PointsLine = { currency, amount, kind, by, lot };
  run.book(back === undefined ? line : { ...line, ref: back.ref });
  if (run.isOver(currency, lot, back?.lapsed)) run.expire(currency, lot, amount);
}

import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import { own } from './own.js';

/** All that a member has of a currency: what it may spend, and what may become that or come back without anybody giving it. */
export function holdingOf(
  { balances, pending, holds, transit }: Pick<MemberState, 'balances' | 'pending' | 'holds' | 'transit'>,
  currency: string,
): number {
  let sum = own(balances, currency) ?? 0;
  for (const waiting of Object.values(pending ?? {})) if (waiting.currency === currency) sum += waiting.amount;
  for (const aside of [holds, transit])
    for (const { currency: of, lots } of Object.values(aside ?? {}))
      if (of === currency) for (const { amount } of lots) sum += amount;
  return sum;
}

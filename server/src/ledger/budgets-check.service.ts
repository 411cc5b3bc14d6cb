import { Injectable } from '@nestjs/common';
import type { Scope } from '#platform/mongo/scope.js';
import { type BooksCheck, ChecksBooks, type PageCheck } from './books-check.port.js';
import type { JournalEntry } from './journal-entry.js';
import { LedgerRepository } from './ledger.repository.js';
import { counterIdOf } from './portions.js';
import { type BudgetBalance, PortionsRepository } from './portions.repository.js';
import type { Finding } from './verify-member.js';

/** Portions that move while they are read are read again, at most so often. */
const READS_MAX = 50;

type Uses = Pick<JournalEntry, 'program' | 'effects'>;

/** Compares what all members share with the journal: in every period, what is left and what was used make the limit. */
@Injectable()
@ChecksBooks()
export class BudgetsCheck implements BooksCheck {
  readonly name = 'budgets';
  /** By program: what a verification that is under way has heard of. */
  private readonly heard = new Map<string, Map<string, number>>();

  constructor(
    private readonly repository: LedgerRepository,
    private readonly portions: PortionsRepository,
  ) {}

  /** Members have nothing of it; what their entries used is added up on the way. */
  begin({ program }: Scope): Promise<PageCheck> {
    const used = this.heard.get(program) ?? new Map<string, number>();
    this.heard.set(program, used);
    return Promise.resolve({
      of: () => ({ take: (entry) => addUses(used, entry) }),
      finish: () => Promise.resolve([]),
    });
  }

  async finishProgram(scope: Scope): Promise<readonly Finding[]> {
    const heard = this.heard.get(scope.program) ?? new Map<string, number>();
    this.heard.delete(scope.program);
    if (compare(await this.portions.allBalances(scope.program), heard).length === 0) return [];
    // Beside a server that commits, something came while the journals were read: those groups are counted that the counters know.
    const { balances, heads } = await this.readAtRest(scope);
    const used = new Map<string, number>();
    for await (const entry of this.repository.readBudgetUses(scope, heads)) addUses(used, entry);
    return compare(balances, used);
  }

  /** The counters with where the lanes stood: read until nothing moved in between, so that both say the same. */
  private async readAtRest(scope: Scope) {
    let before = await this.read(scope);
    for (let reads = 0; reads < READS_MAX; reads += 1) {
      const after = await this.read(scope);
      if (JSON.stringify(after) === JSON.stringify(before)) break;
      before = after;
    }
    return before;
  }

  private async read(scope: Scope) {
    const lanes = (await this.repository.listLanes()).map(({ _id, q }) => [_id, q] as const);
    const balances = await this.portions.allBalances(scope.program);
    return { balances, heads: lanes };
  }
}

/** Where counters and journal do not say the same of what was used. */
function compare(balances: readonly BudgetBalance[], used: ReadonlyMap<string, number>): Finding[] {
  const counted = new Map(balances.map((balance) => [counterIdOf(balance), balance]));
  return [...new Set([...used.keys(), ...counted.keys()])].toSorted().flatMap((id): Finding[] => {
    const balance = counted.get(id);
    const [journal, counters] = [used.get(id) ?? 0, balance === undefined ? null : usedOf(balance)];
    if (journal === counters) return [];
    const [, place = id] = id.split('|');
    const text =
      counters === null
        ? `${place}: ${journal} were used and never counted`
        : `${place}: by the journal ${journal} were used, by the counters ${counters}`;
    return [{ member: '', seq: 0, kind: 'budget', text }];
  });
}

/** What was used of a budget, by its counter and the lanes' portions. */
export function usedOf({ limit, over, left, portions }: BudgetBalance): number {
  return limit + over - left - portions;
}

function addUses(used: Map<string, number>, { program, effects }: Uses): void {
  for (const effect of effects) {
    if (effect.type !== 'budget.used') continue;
    const id = counterIdOf({ program, budget: effect.budget, period: effect.period });
    used.set(id, (used.get(id) ?? 0) + effect.amount);
  }
}

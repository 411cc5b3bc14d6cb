import { Injectable } from '@nestjs/common';
import type { CompiledProgram } from '#engine/compiled-program.js';
import { Clock } from '#platform/clock/clock.js';
import type { LocalizedText } from '@verbena/shared/platform/localized-text.js';
import type { Scope } from '#platform/mongo/scope.js';
import { ProgramsService } from '#programs/programs.service.js';
import type { JournalEntry } from './journal-entry.js';
import { LedgerRepository } from './ledger.repository.js';
import { LedgerService } from './ledger.service.js';
import type { RulesWithout } from './past-without.js';
import type { Replacement } from './undo-scope.js';
import { differenceWithout, type MemberUndo } from './undo-difference.js';
import { undoSubmission } from './undo-submission.js';

/** What an undo is about; `plan` is its id. */
export interface UndoWish extends Replacement {
  readonly plan: string;
  readonly shortage: RulesWithout['shortage'];
}

/** What came of one member: what is to be booked (null: nothing), or why it cannot be worked out. */
export type UndoOfMember = { readonly member: string; readonly shard: number } & (
  { readonly undo: MemberUndo | null } | { readonly reason: string }
);

/** Finds what undoing a version would change for whom, and books it. The finding reads whole journals: it belongs into a child process. */
@Injectable()
export class UndoPast {
  constructor(
    private readonly repository: LedgerRepository,
    private readonly ledger: LedgerService,
    private readonly programs: ProgramsService,
    private readonly clock: Clock,
  ) {}

  /** Members of whom something was decided by what is to be left out. */
  async listConcerned(scope: Scope, { version, from, until }: Replacement): Promise<string[]> {
    return this.repository.listDecidedBy(scope, version, from, until);
  }

  /**
   * Everybody to whom something would change, one after another. What undone decisions had caused for others goes too, and what
   * that had caused in its turn; `each` hears how many members were gone through, of how many.
   */
  async *find(
    scope: Scope,
    wish: UndoWish,
    each: (done: number, total: number) => void = () => undefined,
  ): AsyncGenerator<UndoOfMember> {
    const concerned = await this.listConcerned(scope, wish);
    const compiled: Compiled = new Map();
    const removed = await this.findRemoved(scope, wish, concerned, compiled, each);
    const members = new Set([...concerned, ...removed.keys()]);
    let done = 0;
    for (const member of members) {
      const entries = await this.repository.readJournals(scope, [member]);
      const [first] = entries;
      done += 1;
      each(concerned.length + done, concerned.length + members.size);
      if (first === undefined) continue;
      const { shard } = first;
      try {
        const closed = await this.repository.readClosed(scope, entries);
        const rules = await this.rulesFor(scope, wish, [...entries, ...[...closed.values()].flat()], compiled);
        yield { member, shard, undo: differenceWithout(wish.plan, entries, rules, removed.get(member), closed).undo };
      } catch (error) {
        // One member that cannot be worked out is told; the others still are.
        yield { member, shard, reason: error instanceof Error ? error.message : String(error) };
      }
    }
  }

  /**
   * Books one member's undo, once a plan. Answers `moved` where the member went on since, or its lane has too much to do: then
   * it has to be worked out anew. `failed`: it cannot be decided and lies in quarantine. Throws `lane.moved`.
   */
  async apply(
    scope: Scope,
    { member, shard, undo }: { readonly member: string; readonly shard: number; readonly undo: MemberUndo },
    message: LocalizedText | null,
  ): Promise<'applied' | 'known' | 'moved' | 'failed'> {
    const now = new Date(this.clock.now()).toISOString();
    const program = await this.programs.inForce(scope.program, this.clock.now());
    const newest = undo.before.newestOccurredAt;
    // Where a member's time is that of its activities, a correction does not move it.
    const occurredAt = program.time === 'activities' && newest !== null ? newest : now;
    const books = { _id: member, program: scope.program, shard };
    const outcome = await this.ledger.submit(
      undoSubmission(books, undo.undone, { message, occurredAt, receivedAt: now }),
    );
    if (outcome.kind === 'accepted') return 'applied';
    if (outcome.kind === 'replayed') return 'known';
    if (outcome.kind === 'idle' || MOVED.has(outcome.refusal.code)) return 'moved';
    if (outcome.refusal.code === 'lane.moved') throw outcome.refusal;
    return 'failed';
  }

  /** Whom a plan corrected, and what was forgiven in all, by currency. */
  async outcomeOf(scope: Scope, plan: string): Promise<{ members: number; forgiven: Record<string, number> }> {
    const forgiven: Record<string, number> = {};
    let members = 0;
    for (const { effects } of await this.repository.readUndone(scope, plan)) {
      members += 1;
      for (const effect of effects)
        if (effect.type === 'undo.applied')
          for (const { currency, amount } of effect.forgiven) forgiven[currency] = (forgiven[currency] ?? 0) + amount;
    }
    return { members, forgiven };
  }

  /** What of other members goes because what had caused it goes, by member: until nothing more does. */
  private async findRemoved(
    scope: Scope,
    wish: UndoWish,
    concerned: readonly string[],
    compiled: Compiled,
    each: (done: number, total: number) => void,
  ): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    const removed = new Map<string, Set<string>>();
    // A set goes on to what is added while it is gone through, and whoever is gone through may be added again.
    const queue = new Set(concerned);
    let done = 0;
    for (const member of queue) {
      queue.delete(member);
      done += 1;
      const entries = await this.repository.readJournals(scope, [member]);
      const gone = await this.goneOf(scope, wish, entries, compiled, removed.get(member));
      for (const { id, member: other } of await this.whereTheyStand(scope, gone)) {
        const own = removed.get(other) ?? new Set<string>();
        if (own.has(id)) continue;
        removed.set(other, own.add(id));
        queue.add(other);
      }
      each(Math.min(done, concerned.length), 2 * concerned.length);
    }
    return removed;
  }

  /** The same with the member in whose journal each stands: what was caused for an account that had ended went on to another. */
  private async whereTheyStand(scope: Scope, gone: readonly Gone[]): Promise<readonly Gone[]> {
    const found = await this.repository.findEntries(
      scope,
      gone.map(({ id }) => id),
    );
    return found.map(({ _id: id, member }) => ({ id, member }));
  }

  private async goneOf(
    scope: Scope,
    wish: UndoWish,
    entries: readonly JournalEntry[],
    compiled: Compiled,
    removed: ReadonlySet<string> | undefined,
  ): Promise<readonly Gone[]> {
    if (!entries.some(({ caused = [] }) => caused.length > 0)) return [];
    try {
      const closed = await this.repository.readClosed(scope, entries);
      const rules = await this.rulesFor(scope, wish, [...entries, ...[...closed.values()].flat()], compiled);
      return differenceWithout(wish.plan, entries, rules, removed, closed).gone;
    } catch {
      // It is told when its turn comes.
      return [];
    }
  }

  /** The versions that a journal needs, compiled before it is gone through. */
  private async rulesFor(
    scope: Scope,
    wish: UndoWish,
    entries: readonly JournalEntry[],
    compiled: Compiled,
  ): Promise<RulesWithout> {
    const versions = new Map<number, CompiledProgram>();
    for (const version of new Set(entries.map((entry) => entry.version)))
      versions.set(version, await this.programs.atVersion(scope.program, version));
    for (const one of [wish, ...entries.flatMap(({ facts }) => facts.undone ?? [])])
      if (!compiled.has(keyOf(one))) compiled.set(keyOf(one), await this.insteadOf(scope, one));
    return {
      leftOut: wish,
      atVersion: (version) => known(versions.get(version), version),
      insteadOf: (leftOut) => known(compiled.get(keyOf(leftOut)), leftOut.version),
      current: await this.programs.inForce(scope.program, this.clock.now()),
      shortage: wish.shortage,
    };
  }

  private async insteadOf(scope: Scope, { version, instead, without }: Replacement): Promise<CompiledProgram> {
    return without === undefined
      ? this.programs.atVersion(scope.program, instead)
      : this.programs.withoutRule(scope, version, without);
  }
}

/** An entry that would not be there, by whose journal it is in. */
interface Gone {
  readonly id: string;
  readonly member: string;
}

/** What stands in the place of a version, compiled once for all members. */
type Compiled = Map<string, CompiledProgram>;

const MOVED: ReadonlySet<string> = new Set(['undo.moved', 'lane.busy', 'server.unavailable']);

function keyOf({ version, instead, without = '' }: Replacement): string {
  return `${version} ${instead} ${without}`;
}

function known(program: CompiledProgram | undefined, version: number): CompiledProgram {
  if (program === undefined) throw new Error(`Version ${version} was not compiled.`);
  return program;
}

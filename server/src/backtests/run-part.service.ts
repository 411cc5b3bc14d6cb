import { Injectable } from '@nestjs/common';
import type { CompiledProgram } from '#engine/compiled-program.js';
import { type MemberPast, ReplayService } from '#ledger/replay.service.js';
import type { Scope } from '#platform/mongo/scope.js';
import { ProgramsService } from '#programs/programs.service.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import { newTally, type PartTally, tallyMember, tallyUndecided } from './tally.js';

const TELL_MS = 500;

export interface PartInput {
  readonly scope: Scope;
  readonly shards: readonly number[];
  readonly definitions: Definitions;
  /** The moment at which the backtest began: until then the clock runs on both sides. */
  readonly untilMs: number;
}

export interface PartResult {
  readonly tally: PartTally;
  readonly memoryMb: number;
}

/** Runs a draft over the past of some shards; in the child process of a part. */
@Injectable()
export class RunPartService {
  constructor(
    private readonly replay: ReplayService,
    private readonly programs: ProgramsService,
  ) {}

  /** Goes through the members one after another; `each` hears now and then how far it is. */
  async run(
    { scope, shards, definitions, untilMs }: PartInput,
    each: (done: { members: number; entries: number }) => void,
  ): Promise<PartResult> {
    const program = await this.programs.compileDraft(scope, definitions);
    const currency = definitions.currencies[0]?.id ?? '';
    const tally = newTally();
    let memory = 0;
    let toldMs = performance.now();
    for await (const past of this.replay.readPasts(scope, shards)) {
      this.decide(past, program, currency, untilMs, tally);
      memory = Math.max(memory, process.memoryUsage.rss());
      if (performance.now() - toldMs < TELL_MS) continue;
      toldMs = performance.now();
      each({ members: tally.members, entries: tally.entries });
    }
    return { tally, memoryMb: memory / 2 ** 20 };
  }

  private decide(
    past: MemberPast,
    program: CompiledProgram,
    currency: string,
    untilMs: number,
    tally: PartTally,
  ): void {
    try {
      const { entries, ledger, skipped } = this.replay.underProgram(past, program, untilMs);
      tallyMember(tally, currency, {
        member: past.member,
        live: { entries: past.entries, state: past.holds },
        draft: { entries, state: ledger?.state ?? null },
        skipped,
      });
    } catch (error) {
      // One member that cannot be decided is told; the others still are.
      tallyUndecided(tally, past.member, error instanceof Error ? error.message : String(error));
    }
  }
}

import { Injectable } from '@nestjs/common';
import { type MemberPast, ReplayService } from '#ledger/replay.service.js';
import type { Scope } from '#platform/mongo/scope.js';
import { ProgramsService } from '#programs/programs.service.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import type { MemberDemand } from './demand.js';
import { type DemandPlace, DemandRepository } from './demand.repository.js';
import { countShadow, shadow, type ShadowRules } from './shadow-outcome.js';
import { newTally, type PartTally, tallyUndecided } from './tally.js';

const TELL_MS = 500;
/** So many figures of demand are in memory at once, and in one document: below a megabyte as it is stored. */
const CHUNK_FIGURES = 200_000;

export interface PartInput {
  readonly scope: Scope;
  readonly backtest: string;
  readonly part: number;
  /** This run of it. */
  readonly run: string;
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
    private readonly demand: DemandRepository,
  ) {}

  /**
   * Goes through the members one after another; `each` hears now and then how far it is. What all members share is not limited
   * here: what they asked of it is kept, and those who asked are named at either end only when it is settled.
   */
  async run(
    { scope, backtest, part, run, shards, definitions, untilMs }: PartInput,
    each: (done: { members: number; entries: number }) => void,
  ): Promise<PartResult> {
    const program = await this.programs.compileDraft(scope, definitions);
    const rules = { program, currency: definitions.currencies[0]?.id ?? '', untilMs };
    const tally = newTally();
    const chunk = new DemandChunk(this.demand, { backtest, part, run });
    let memory = 0;
    let toldMs = performance.now();
    for await (const past of this.replay.readPasts(scope, shards)) {
      const asked = this.decide(past, rules, tally);
      if (asked !== null && asked.figures.length > 0) await chunk.add(asked);
      memory = Math.max(memory, process.memoryUsage.rss());
      if (performance.now() - toldMs < TELL_MS) continue;
      toldMs = performance.now();
      each({ members: tally.members, entries: tally.entries });
    }
    await chunk.flush();
    return { tally, memoryMb: memory / 2 ** 20 };
  }

  /** Null where the member could not be decided. */
  private decide(past: MemberPast, rules: ShadowRules, tally: PartTally): MemberDemand | null {
    try {
      const shadowed = shadow(past, rules);
      return countShadow(tally, past, shadowed, rules, { isRanked: shadowed.demand.length === 0 });
    } catch (error) {
      // One member that cannot be decided is told; the others still are.
      tallyUndecided(tally, past.member, error instanceof Error ? error.message : String(error));
      return null;
    }
  }
}

/** What members asked, until there is enough of it for a document. */
class DemandChunk {
  private members: MemberDemand[] = [];
  private figures = 0;
  private n = 0;

  constructor(
    private readonly repository: DemandRepository,
    private readonly place: Omit<DemandPlace, 'n'>,
  ) {}

  async add(demand: MemberDemand): Promise<void> {
    this.members.push(demand);
    this.figures += demand.figures.length;
    if (this.figures >= CHUNK_FIGURES) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.members.length === 0) return;
    await this.repository.keep({ ...this.place, n: this.n }, this.members);
    this.n += 1;
    [this.members, this.figures] = [[], 0];
  }
}

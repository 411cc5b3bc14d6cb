import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { PublicationPass } from '@verbena/shared/ledger/publication-pass.routes.js';
import type { CompiledProgram } from '#engine/compiled-program.js';
import { Clock } from '#platform/clock/clock.js';
import { Config } from '#platform/config/config.js';
import { entryIdOf } from '#platform/crypto/hash.js';
import { type Scope, scopeOf } from '#platform/mongo/scope.js';
import { ProgramsService } from '#programs/programs.service.js';
import { assessmentOf, needsAssessment } from './assess-member.js';
import { needsExtension } from './extend-state.js';
import type { MemberLedger } from './journal-entry.js';
import { laneIds } from './lanes.js';
import { LedgerRepository } from './ledger.repository.js';
import { type LedLane, LedgerService } from './ledger.service.js';
import { type PassDocument, PublicationPassesRepository } from './publication-passes.repository.js';

const BEAT_MS = 1_000;
const PAGE = 500;
/** A quarter of a group at most: who does something now does not wait for it. */
const AT_ONCE = 32;

/**
 * Brings a publication to members who do nothing: the tier that it put within their reach, and new counters. It goes through the
 * stored states of each lane that this node leads and submits those who are in need; whoever does something meanwhile is brought
 * up before that by the committer, under the same key. Its watermark is stored, so it goes on after a crash; a newer version takes over.
 */
@Injectable()
export class PublicationPasses implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Publications');
  /** By program and lane: the number last published, where there is nothing left to do for it. */
  private readonly atRest = new Map<string, number>();
  private running: Promise<void> | null = null;
  private isStopping = false;
  private end: () => void = () => undefined;

  constructor(
    private readonly ledger: LedgerService,
    private readonly repository: LedgerRepository,
    private readonly passes: PublicationPassesRepository,
    private readonly programs: ProgramsService,
    private readonly clock: Clock,
    @Inject(Config) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.role === 'worker' || this.config.role === 'command') return;
    this.end = this.clock.every(BEAT_MS, () => this.beat());
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    this.end();
    await this.running;
  }

  /** How far the version in force came; null where it is the first, or brought nothing that members would have to be looked at for. */
  async stateOf(scope: Scope): Promise<PublicationPass | null> {
    const { version } = await this.programs.inForce(scope.program, this.clock.now());
    if (version === 1) return null;
    const lanes = laneIds(this.config.lanes);
    const passes = (await this.passes.list(scope)).filter((one) => one.version === version && lanes.includes(one.lane));
    const isDone = passes.length === lanes.length && passes.every(({ doneAt }) => doneAt !== null);
    const sum = (of: (pass: PassDocument) => number): number => passes.reduce((total, one) => total + of(one), 0);
    const total = sum((one) => one.total);
    if (isDone && total === 0) return null;
    return { version, isDone, seen: sum((one) => one.seen), total, raised: sum((one) => one.raised) };
  }

  private beat(): void {
    if (this.running !== null || this.isStopping) return;
    this.running = this.run()
      .catch((error: unknown) => this.logger.debug(String(error)))
      .finally(() => {
        this.running = null;
      });
  }

  /** A page of each program in turn, so that a large one does not keep the others waiting. */
  private async run(): Promise<void> {
    for (let isMore = true; isMore && !this.isStopping;) {
      isMore = false;
      const lanes = this.ledger.ledLanes();
      if (lanes.length === 0) return;
      for (const { _id: program, version } of await this.programs.listAll())
        for (const lane of lanes) {
          const key = `${program}:${lane.committer.lane}`;
          if (this.isStopping || this.atRest.get(key) === version) continue;
          const found = await this.step(scopeOf(program), lane);
          // One that waits for its day is not in force yet: it is looked for again.
          if (found.left === 'nothing' && found.version === version) this.atRest.set(key, version);
          isMore ||= found.left === 'more';
        }
    }
  }

  /** One page of one program. `later`: the lane has too much to do, or is not to be had. */
  private async step(
    scope: Scope,
    lane: LedLane,
  ): Promise<{ readonly version: number; readonly left: 'nothing' | 'more' | 'later' }> {
    const program = await this.programs.inForce(scope.program, this.clock.now());
    const { version } = program;
    const pass = await this.passOf(scope, program, lane);
    if (pass === null || pass.doneAt !== null) return { version, left: 'nothing' };
    const page = await this.repository.listStates(scope, lane.shards, pass.after, PAGE);
    if (!(await this.bring(page, program, lane))) return { version, left: 'later' };
    const isLast = page.length < PAGE;
    const ids = page.map((ledger) => assessmentOf(ledger, program, 0, 0).entryId);
    await this.passes.advance(pass, {
      after: page.at(-1)?._id ?? pass.after,
      seen: pass.seen + page.length,
      raised: pass.raised + (program.assessFrom === 0 ? 0 : await this.repository.countEntries(ids)),
      ...(isLast ? { doneAt: new Date(this.clock.now()), done: version } : {}),
    });
    return { version, left: isLast ? 'nothing' : 'more' };
  }

  /** The pass of the version in force, begun where there is none, or one under way that went by another order; null where there never was another version. */
  private async passOf(scope: Scope, program: CompiledProgram, lane: LedLane): Promise<PassDocument | null> {
    const { version } = program;
    const found = await this.passes.find(scope, lane.committer.lane);
    if (found?.version === version && (found.doneAt !== null || found.order === 'shard')) return found;
    if (found === null && version === 1) return null;
    const isSame = found !== null && found.done > 0 && (await this.bringsNothing(scope, found.done, program));
    const pass: PassDocument = {
      _id: `${scope.program}:${lane.committer.lane}`,
      program: scope.program,
      lane: lane.committer.lane,
      version,
      after: null,
      order: 'shard',
      seen: 0,
      total: isSame ? 0 : await this.repository.countStates(scope, lane.shards),
      raised: 0,
      doneAt: isSame ? new Date(this.clock.now()) : null,
      done: isSame ? version : (found?.done ?? 0),
    };
    await this.passes.begin(pass);
    return pass;
  }

  /** Whether whoever is up to date with an older version is so with this one. */
  private async bringsNothing(scope: Scope, done: number, program: CompiledProgram): Promise<boolean> {
    const { counters, tiers } = await this.programs.atVersion(scope.program, done);
    const [held, kept] = [[...counters.byId.keys()], program.counters.byId];
    return (
      program.assessFrom <= done &&
      tiers.asksJoined === program.tiers.asksJoined &&
      held.length === kept.size &&
      held.every((id) => kept.has(id))
    );
  }

  /** Submits those of a page who are in need; false where that is to be tried again. */
  private async bring(page: readonly MemberLedger[], program: CompiledProgram, lane: LedLane): Promise<boolean> {
    const now = this.clock.now();
    const needy = page.filter((one) => needsExtension(one, program) || needsAssessment(one, program, now));
    for (let from = 0; from < needy.length; from += AT_ONCE) {
      if (this.isStopping || lane.committer.isBusy(AT_ONCE)) return false;
      const some = needy.slice(from, from + AT_ONCE);
      const brought = await Promise.all(some.map((ledger) => this.submit(ledger, program, lane, now)));
      if (brought.includes(false)) return false;
    }
    return true;
  }

  private async submit(ledger: MemberLedger, program: CompiledProgram, lane: LedLane, now: number): Promise<boolean> {
    // It only asks for what the committer writes before any decision: under a name of its own, which no entry ever has.
    const entryId = entryIdOf(ledger.program, 'clock', `${ledger._id}:${program.version}:pass`);
    const outcome = await lane.committer.submit({ ...assessmentOf(ledger, program, now, now), entryId }, true);
    if (outcome.kind !== 'refused') return true;
    const { code, status } = outcome.refusal;
    const isFinal = status < 500 || code === 'activity.quarantined';
    if (isFinal) this.logger.error(`Version ${program.version} could not be brought to member ${ledger._id}: ${code}`);
    return isFinal;
  }
}

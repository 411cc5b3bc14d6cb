import { availableParallelism } from 'node:os';
import { Injectable } from '@nestjs/common';
import type {
  Backtest,
  BacktestReport,
  MemberOutcome,
  Trial,
  TrialDraft,
} from '@verbena/shared/backtests/backtests.routes.js';
import { ulid } from 'ulid';
import { compileBudgets } from '#engine/compile-budgets.js';
import type { CompiledProgram } from '#engine/compiled-program.js';
import { type Attempt, ReplayService, type Tried } from '#ledger/replay.service.js';
import { MembersService } from '#members/members.service.js';
import { Clock } from '#platform/clock/clock.js';
import { SHARDS } from '#platform/crypto/hash.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { Actor } from '#platform/http/principal.js';
import type { Scope } from '#platform/mongo/scope.js';
import { QueuesService } from '#platform/queues/queues.service.js';
import { DraftsService } from '#programs/drafts.service.js';
import { ProgramsService } from '#programs/programs.service.js';
import { runBacktestPart } from './backtests.jobs.js';
import { BacktestsRepository } from './backtests.repository.js';
import type { BacktestDocument } from './backtests.schema.js';
import { DemandRepository } from './demand.repository.js';
import { progressOf } from './progress.js';

const PARTS_MAX = 4;
const LISTED_MAX = 20;
/** One that is older than this was left by a worker that died for good: it is no reason to refuse another. */
const STALE_MS = 6 * 3_600_000;

/** Backtests of drafts over the whole past, and trials of one activity. Neither writes to any member's books. */
@Injectable()
export class BacktestsService {
  constructor(
    private readonly repository: BacktestsRepository,
    private readonly demand: DemandRepository,
    private readonly drafts: DraftsService,
    private readonly programs: ProgramsService,
    private readonly replay: ReplayService,
    private readonly members: MembersService,
    private readonly queues: QueuesService,
    private readonly clock: Clock,
  ) {}

  /** Hands the draft as it is to the workers. Refuses `backtest.running`, `definitions.invalid`, `server.unavailable`. */
  async start(scope: Scope, draftId: string, by: Actor): Promise<Backtest> {
    const { name, edit } = await this.drafts.get(scope, draftId);
    const { definitions } = await this.drafts.definitionsOf(scope, draftId);
    this.programs.refuseInvalid(definitions);
    const now = this.clock.now();
    if (await this.repository.isRunning(scope, draftId, new Date(now - STALE_MS)))
      throw new Refusal('backtest.running');
    const document: BacktestDocument = {
      _id: ulid(now),
      program: scope.program,
      draft: draftId,
      draftName: name,
      edit,
      definitions,
      status: 'waiting',
      startedAt: new Date(now),
      endedAt: null,
      by,
      total: await this.replay.countMembers(scope),
      parts: rangesOf(Math.min(PARTS_MAX, availableParallelism())).map((shards) => ({
        shards,
        members: 0,
        entries: 0,
        memoryMb: 0,
        tally: null,
      })),
      isShared: compileBudgets(definitions).size > 0,
      rounds: [],
      report: null,
    };
    await this.repository.create(document);
    try {
      for (const part of document.parts.keys())
        await this.queues.add(runBacktestPart, { backtest: document._id, part });
    } catch (error) {
      // Without the queue nobody would ever take it up.
      await this.repository.delete(scope, document._id);
      throw error;
    }
    return viewOf(document);
  }

  /** The backtests of a draft that is there, newest first. Refuses `draft.notFound`. */
  async list(scope: Scope, draft: string): Promise<Backtest[]> {
    await this.drafts.definitionsOf(scope, draft);
    return (await this.repository.list(scope, draft, LISTED_MAX)).map(viewOf);
  }

  async get(scope: Scope, id: string): Promise<Backtest> {
    const found = await this.repository.find(scope, id);
    if (found === null) throw new Refusal('backtest.notFound');
    const view = viewOf(found);
    return view.report === null ? view : { ...view, report: await this.withNames(scope, view.report) };
  }

  /** Who is named at either end, as the staff knows it today: reports keep ids only. */
  private async withNames(scope: Scope, report: BacktestReport): Promise<BacktestReport> {
    const named = [...report.topWinners, ...report.topLosers].map(({ member }) => member);
    const called = await this.members.calledOf(scope, named);
    const call = (one: MemberOutcome): MemberOutcome => ({ ...one, called: called.get(one.member) ?? null });
    return { ...report, topWinners: report.topWinners.map(call), topLosers: report.topLosers.map(call) };
  }

  /** Refuses `backtest.ended` where there is nothing to stop any more. */
  async cancel(scope: Scope, id: string): Promise<Backtest> {
    const { _id } = (await this.repository.find(scope, id)) ?? { _id: null };
    if (_id === null) throw new Refusal('backtest.notFound');
    if (!(await this.repository.end(_id, 'cancelled', null, new Date(this.clock.now()))))
      throw new Refusal('backtest.ended');
    await this.demand.delete(_id);
    return this.get(scope, id);
  }

  /** Decides one activity under the draft and under what was, is or will be in force at that moment. */
  async try(scope: Scope, draftId: string, { member: ref, activity, now }: TrialDraft): Promise<Trial> {
    const { definitions } = await this.drafts.definitionsOf(scope, draftId);
    this.programs.refuseInvalid(definitions);
    const { _id: member } = await this.members.find(scope, ref);
    const nowMs = now === undefined ? this.clock.now() : Date.parse(now);
    const [live, draft] = [
      await this.programs.inForce(scope.program, nowMs),
      await this.programs.compileDraft(scope, definitions),
    ];
    const attempt = attemptOf(activity);
    if ('type' in attempt) checkAttempt(attempt, [live, draft]);
    const [liveSide = NOTHING, draftSide = NOTHING] = await this.replay.tryOut(scope, member, attempt, nowMs, [
      live,
      draft,
    ]);
    return { member, now: new Date(nowMs).toISOString(), version: live.version, live: liveSide, draft: draftSide };
  }
}

const NOTHING: Tried = { entries: [], refusal: null };

function attemptOf(activity: TrialDraft['activity']): Attempt {
  if ('seq' in activity) return activity;
  const { type, attributes = {}, occurredAt } = activity;
  return { type, attributes, occurredAt: occurredAt === undefined ? null : new Date(occurredAt).toISOString() };
}

/** What one of the two rules knows must fit it; what neither knows is refused. */
function checkAttempt({ type, attributes }: Exclude<Attempt, { seq: number }>, programs: readonly CompiledProgram[]) {
  const types = programs.flatMap(({ activityTypes }) => activityTypes.get(type) ?? []);
  if (types.length === 0) {
    const choices = [...new Set(programs.flatMap(({ activityTypes }) => [...activityTypes.keys()]))].join(', ');
    const problem = { path: ['activity', 'type'], code: 'choice', params: { choices } };
    throw new Refusal('activity.unknownType', { type }, [problem]);
  }
  const problems = types.map((one) => one.validate(attributes)).find(({ length }) => length > 0);
  if (problems !== undefined)
    throw new Refusal(
      'input.invalid',
      {},
      problems.map((problem) => ({ ...problem, path: ['activity', 'attributes', ...problem.path] })),
    );
}

/** All shards in so many ranges, as even as they go. */
function rangesOf(parts: number): number[][] {
  return Array.from({ length: parts }, (_, part) => {
    const [from, to] = [Math.floor((part * SHARDS) / parts), Math.floor(((part + 1) * SHARDS) / parts)];
    return Array.from({ length: to - from }, (__, place) => from + place);
  });
}

function viewOf(document: BacktestDocument): Backtest {
  const { _id: id, draft, draftName, edit, status, startedAt, endedAt, by, report } = document;
  return {
    id,
    draft,
    draftName,
    edit,
    status,
    startedAt: startedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    by,
    progress: progressOf(document),
    report: report ?? null,
  };
}

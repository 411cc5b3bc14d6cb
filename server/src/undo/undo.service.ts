import { Injectable } from '@nestjs/common';
import type { AuditAction } from '@verbena/shared/audit/audit-actions.js';
import type { UndoPlan, UndoPlanDraft, UndoStatus } from '@verbena/shared/undo/undo-plans.routes.js';
import { ulid } from 'ulid';
import { AuditService } from '#audit/audit.service.js';
import { MembersService } from '#members/members.service.js';
import { Clock } from '#platform/clock/clock.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { Actor } from '#platform/http/principal.js';
import { isDuplicateKey, Mongo, type Session } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import { QueuesService } from '#platform/queues/queues.service.js';
import { ProgramsService, standingVersions } from '#programs/programs.service.js';
import { applyUndo, findUndo } from './undo.jobs.js';
import { UndoRepository } from './undo.repository.js';
import type { UndoPlanDocument } from './undo.schema.js';

const LISTED_MAX = 50;
/** A publication is seen by every node within this time. */
const SEEN_MS_MAX = 10_000;

/** Plans that take back what a version of the rules brought about: prepared by one, read, and carried out. */
@Injectable()
export class UndoService {
  constructor(
    private readonly repository: UndoRepository,
    private readonly programs: ProgramsService,
    private readonly members: MembersService,
    private readonly queues: QueuesService,
    private readonly audit: AuditService,
    private readonly mongo: Mongo,
    private readonly clock: Clock,
  ) {}

  /**
   * Has a plan worked out. Refuses `version.notFound`, `undo.firstVersion`, `undo.inForce`, `undo.noInterval`, `undo.open`,
   * `input.invalid` for a rule that the version does not have or another version that there is not, `server.unavailable`.
   */
  async plan(scope: Scope, draft: UndoPlanDraft, by: Actor): Promise<UndoPlan> {
    const now = this.clock.now();
    const scopeOfPlan = await this.scopeOf(scope, draft, now);
    const plan: UndoPlanDocument = {
      _id: ulid(now),
      program: scope.program,
      ...scopeOfPlan,
      shortage: draft.shortage ?? 'forgive',
      reason: draft.reason,
      message: draft.message ?? null,
      status: 'planning',
      by,
      startedAt: new Date(now),
      touchedAt: new Date(now),
      approvedBy: null,
      approvedAt: null,
      endedAt: null,
      progress: { members: 0, total: 0 },
      applied: { members: 0, forgiven: {} },
      report: null,
    };
    this.queues.refuseUnavailable();
    try {
      await this.mongo.transact(async (session) => {
        await this.repository.create(plan, session);
        await this.note(session, scope, plan, 'undo.planned', by);
      });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      const open = await this.repository.findOpen(scope);
      if (open === null) throw error;
      // A commit whose answer was lost, tried again: it is this plan itself.
      if (open !== plan._id) throw new Refusal('undo.open');
    }
    await this.queues.add(findUndo, { plan: plan._id });
    return viewOf(plan);
  }

  async list(scope: Scope): Promise<UndoPlan[]> {
    return (await this.repository.list(scope, LISTED_MAX)).map((plan) => viewOf({ ...plan, report: null }));
  }

  /** With the names of those whom it names, looked up as it is read. */
  async get(scope: Scope, id: string): Promise<UndoPlan> {
    const plan = viewOf(await this.find(scope, id));
    if (plan.report === null) return plan;
    const named = plan.report.topMembers.map(({ member }) => member);
    const called = await this.members.calledOf(scope, named);
    const topMembers = plan.report.topMembers.map((one) => ({ ...one, called: called.get(one.member) ?? null }));
    return { ...plan, report: { ...plan.report, topMembers } };
  }

  /** Has a plan carried out. Refuses `undo.notPlanned`; `undo.own` where the program asks for the approval of somebody else. */
  async approve(scope: Scope, id: string, by: Actor): Promise<UndoPlan> {
    const plan = await this.find(scope, id);
    const { approval } = await this.programs.get(scope);
    if (approval === true && plan.by.kind === by.kind && plan.by.id === by.id) throw new Refusal('undo.own');
    this.queues.refuseUnavailable();
    const approvedAt = new Date(this.clock.now());
    const progress = { members: 0, total: 0 };
    const change = { status: 'applying', approvedBy: by, approvedAt, touchedAt: approvedAt, progress } as const;
    const after = await this.change(scope, id, ['planned'], change, 'undo.approved', by);
    await this.queues.add(applyUndo, { plan: id });
    return viewOf(after);
  }

  /** Gives a plan up that nobody has carried out. Refuses `undo.notPlanned`. */
  async cancel(scope: Scope, id: string, by: Actor): Promise<UndoPlan> {
    await this.find(scope, id);
    const change = { status: 'cancelled', endedAt: new Date(this.clock.now()) } as const;
    return viewOf(await this.change(scope, id, ['planning', 'planned'], change, 'undo.cancelled', by));
  }

  private async find(scope: Scope, id: string): Promise<UndoPlanDocument> {
    const plan = await this.repository.find(scope, id);
    if (plan === null) throw new Refusal('undo.notFound');
    return plan;
  }

  private async change(
    scope: Scope,
    id: string,
    from: readonly UndoStatus[],
    change: Partial<UndoPlanDocument>,
    action: AuditAction,
    actor: Actor,
  ): Promise<UndoPlanDocument> {
    return this.mongo.transact(async (session) => {
      const after = await this.repository.change(id, from, change, session);
      if (after === null) throw new Refusal('undo.notPlanned');
      await this.note(session, scope, after, action, actor);
      return after;
    });
  }

  private async note(
    session: Session,
    scope: Scope,
    { _id: id, version, instead, rule, from, until, shortage, reason }: UndoPlanDocument,
    action: AuditAction,
    actor: Actor,
  ): Promise<void> {
    const subject = { kind: 'undoPlan', id } as const;
    const after = { version, instead, rule, from, until, shortage, reason };
    await this.audit.record(session, scope, { actor, action, subject, before: null, after });
  }

  /** What a draft is about: a version that is over, what takes its place, and within its time which interval. */
  private async scopeOf(
    scope: Scope,
    { version, rule, instead, from, until }: UndoPlanDraft,
    now: number,
  ): Promise<Pick<UndoPlanDocument, 'version' | 'instead' | 'rule' | 'from' | 'until'>> {
    const standing = standingVersions(await this.programs.listVersions(scope));
    const place = standing.findIndex((one) => one.version === version);
    const found = standing[place];
    if (found === undefined) throw new Refusal('version.notFound', {}, [{ path: ['version'], code: 'invalid' }]);
    const [before, next] = [standing[place - 1], standing[place + 1]];
    if (next === undefined || next.from.getTime() > now) throw new Refusal('undo.inForce');
    if (
      instead !== undefined &&
      (rule !== undefined || instead === version || !standing.some((one) => one.version === instead))
    )
      throw new Refusal('input.invalid', {}, [{ path: ['instead'], code: 'invalid' }]);
    if (rule === undefined && instead === undefined && before === undefined) throw new Refusal('undo.firstVersion');
    const rules = found.definitions.rules.map(({ id }) => id);
    if (rule !== undefined && !rules.includes(rule))
      throw new Refusal('input.invalid', {}, [
        { path: ['rule'], code: 'choice', params: { choices: rules.join(', ') } },
      ]);
    const beginsMs = Math.max(found.from.getTime(), from === undefined ? 0 : Date.parse(from));
    // Other nodes may have gone by it for a moment longer; only what it decided counts anyway.
    const overMs = Math.min(now, next.from.getTime() + SEEN_MS_MAX);
    const endsMs = Math.min(overMs, until === undefined ? overMs : Date.parse(until));
    if (beginsMs >= endsMs) throw new Refusal('undo.noInterval');
    return {
      version,
      instead: rule === undefined ? (instead ?? before?.version ?? version) : version,
      rule: rule ?? null,
      from: new Date(beginsMs).toISOString(),
      until: new Date(endsMs).toISOString(),
    };
  }
}

function viewOf(plan: UndoPlanDocument): UndoPlan {
  const { _id: id, program: _, touchedAt: __, startedAt, approvedAt, endedAt, applied, report, ...rest } = plan;
  return {
    ...rest,
    id,
    startedAt: startedAt.toISOString(),
    approvedAt: approvedAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
    applied: {
      members: applied.members,
      forgiven: Object.entries(applied.forgiven).map(([currency, amount]) => ({ currency, amount })),
    },
    report: report ?? null,
  };
}

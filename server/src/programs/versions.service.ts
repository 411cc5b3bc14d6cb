import { Injectable } from '@nestjs/common';
import { compareDefinitions } from '@verbena/shared/programs/compare-definitions.js';
import type { DefinitionChange } from '@verbena/shared/programs/definition-change.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import type {
  ProgramTerms,
  ProgramVersion,
  Publication,
  PublicationPlan,
  Published,
  RevertPlan,
  VersionStatus,
} from '@verbena/shared/programs/versions.routes.js';
import type { PublishedDefinitions } from '@verbena/shared/programs/programs.routes.js';
import { AuditService } from '#audit/audit.service.js';
import { easesTiers } from '#engine/ease-tiers.js';
import { startOfDate } from '#platform/clock/calendar.js';
import { Clock } from '#platform/clock/clock.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { Actor } from '#platform/http/principal.js';
import { Mongo, type Session } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import { endOfNotice, hasWorse, type PlannedSet, planPublication } from './plan-publication.js';
import { ProgramsRepository } from './programs.repository.js';
import type { ProgramDocument, ProgramVersionDocument } from './programs.schema.js';
import { ProgramsService, standingVersions } from './programs.service.js';
import { reviseDefinitions } from './revise-definitions.js';
import { tellProgram } from './tell-program.js';

const DAY_MS = 86_400_000;
/** Another node may believe what it knows of a program for so long: nearer than this a version is not taken back. */
const WITHDRAW_MS_MIN = 5_000;

/** What somebody wants to publish, and on what it is based. */
export interface Proposal extends Publication {
  readonly definitions: Definitions;
  /** The version that the proposer has seen: refused where a newer one stands. Null: any. */
  readonly basedOn: number | null;
  /** The number that the last version must have, withdrawn ones included; null or absent: any. */
  readonly expected?: number | null;
  readonly revertOf?: number;
  /** What the draft was called. */
  readonly name?: string;
  /** Work to do in the same transaction, such as deleting the draft. */
  readonly alongside?: (session: Session) => Promise<void>;
}

/** Program versions: what each changed, in words, and how a new one comes into force. */
@Injectable()
export class VersionsService {
  constructor(
    private readonly programs: ProgramsService,
    private readonly repository: ProgramsRepository,
    private readonly audit: AuditService,
    private readonly mongo: Mongo,
    private readonly clock: Clock,
  ) {}

  /** All versions, newest first; each with what it changed of the standing one before it. */
  async list(scope: Scope): Promise<ProgramVersion[]> {
    const versions = await this.programs.listVersions(scope);
    const now = this.clock.now();
    const views = versions.map((version, index) => {
      const before = standingVersions(versions.slice(0, index)).at(-1);
      return viewOf(version, statusOf(version, versions, now), before);
    });
    return views.reverse();
  }

  async get(scope: Scope, version: number): Promise<PublishedDefinitions> {
    const found = await this.find(scope, version);
    return { version, publishedAt: publishedAt(found).toISOString(), definitions: found.definitions };
  }

  /** What differs from one version to another, in words. */
  async compare(
    scope: Scope,
    version: number,
    since: number | null,
  ): Promise<{ since: number; version: number; changes: DefinitionChange[] }> {
    const from = since ?? Math.max(1, version - 1);
    const [before, after] = [await this.find(scope, from), await this.find(scope, version)];
    return { since: from, version, changes: compareDefinitions(before.definitions, after.definitions) };
  }

  /** What members read: the terms in force, and the log of changes without what never came into force. */
  async terms(scope: Scope): Promise<ProgramTerms> {
    const [program, { version, publishedAt: from, definitions }, versions] = [
      await this.programs.get(scope),
      await this.programs.definitions(scope),
      await this.list(scope),
    ];
    return {
      version,
      from,
      noticeDays: program.noticeDays ?? 0,
      terms: tellProgram(definitions),
      log: versions.flatMap(({ status, changes, by: _, revertOf: __, name: ___, ...rest }) =>
        // The very first version is what there was at the beginning: nothing changed.
        status === 'withdrawn' || changes.length === 0 ? [] : [{ ...rest, status, changes }],
      ),
    };
  }

  /** The newest version that stands: what a draft is based on. */
  async newest(scope: Scope): Promise<ProgramVersionDocument> {
    const last = standingVersions(await this.programs.listVersions(scope)).at(-1);
    if (last === undefined) throw new Refusal('program.notFound');
    return last;
  }

  /** What publishing this set now would do. */
  async plan(scope: Scope, definitions: Definitions): Promise<PublicationPlan> {
    const newest = await this.newest(scope);
    const steps = this.planSteps(await this.programs.get(scope), newest, definitions);
    const [now, later] = [steps.find(({ fromMs }) => fromMs === null), steps.find(({ fromMs }) => fromMs !== null)];
    return {
      now: [...(now?.changes ?? [])],
      later: [...(later?.changes ?? [])],
      laterFrom: later?.fromMs === undefined || later.fromMs === null ? null : new Date(later.fromMs).toISOString(),
      raises: easesTiers(newest.definitions.tiers, definitions.tiers),
    };
  }

  /**
   * Publishes a whole set of definitions: benefits at once, the rest after the notice, or all of it from a chosen moment.
   * Refuses `version.moved`, `version.waiting`, `version.noticeTooShort`, `version.notCorrection`, `version.inPast`,
   * `definitions.invalid`; `definitions.conflict` where another version came first.
   */
  async publish(scope: Scope, proposal: Proposal, actor: Actor): Promise<Published> {
    const program = await this.programs.get(scope);
    const versions = await this.programs.listVersions(scope);
    const standing = standingVersions(versions);
    const last = standing.at(-1);
    if (last === undefined) throw new Refusal('program.notFound');
    const { basedOn, definitions, expected } = proposal;
    if (expected !== null && expected !== undefined && expected !== versions.at(-1)?.version)
      throw new Refusal('definitions.conflict');
    if (basedOn !== null && basedOn !== last.version)
      throw new Refusal('version.moved', { basedOn, newest: last.version });
    this.programs.refuseInvalid(definitions);
    const now = this.clock.now();
    if (last.from.getTime() > now + 1)
      throw new Refusal('version.waiting', { version: last.version, from: last.from.toISOString() });
    const steps = this.stepsOf(program, standing, proposal, now);
    const written = this.writeVersions(scope, versions, last, steps, proposal, actor, now);
    await this.mongo.transact(async (session) => {
      if (!(await this.repository.publish(scope, written, session))) throw new Refusal('definitions.conflict');
      await proposal.alongside?.(session);
      let before = last;
      for (const version of written) {
        await this.audit.record(session, scope, {
          actor,
          action: 'definitions.published',
          subject: { kind: 'programVersion', id: version._id },
          before: { version: before.version, definitions: before.definitions },
          after: {
            version: version.version,
            from: version.from.toISOString(),
            definitions: version.definitions,
            ...(version.correction === undefined ? {} : { correction: version.correction }),
          },
        });
        before = version;
      }
    });
    this.programs.forget(scope);
    return { versions: written.map(({ version, from }) => ({ version, from: from.toISOString() })) };
  }

  /** Publishes an older set anew, as its own new version. */
  async revert(scope: Scope, version: number, publication: Publication, actor: Actor): Promise<Published> {
    const { definitions } = await this.find(scope, version);
    return this.publish(scope, { ...publication, definitions, basedOn: null, revertOf: version }, actor);
  }

  /** What going back to an older set would do now, and whether it may be done at once as a correction. */
  async planRevert(scope: Scope, version: number): Promise<RevertPlan> {
    const { definitions } = await this.find(scope, version);
    const standing = standingVersions(await this.programs.listVersions(scope));
    const { noticeDays = 0 } = await this.programs.get(scope);
    const canStop = isCorrection(standing, definitions, noticeDays, this.clock.now());
    return { ...(await this.plan(scope, definitions)), canStop };
  }

  /** Takes back a version that waits. Refuses `version.notWaiting` also where it is about to begin. */
  async withdraw(scope: Scope, version: number, actor: Actor): Promise<void> {
    const found = await this.find(scope, version);
    const now = this.clock.now();
    await this.mongo.transact(async (session) => {
      const isTaken = await this.repository.withdraw(
        scope,
        version,
        new Date(now + WITHDRAW_MS_MIN),
        new Date(now),
        session,
      );
      if (!isTaken) throw new Refusal('version.notWaiting');
      await this.audit.record(session, scope, {
        actor,
        action: 'definitions.withdrawn',
        subject: { kind: 'programVersion', id: found._id },
        before: { version, from: found.from.toISOString() },
        after: null,
      });
    });
    this.programs.forget(scope);
  }

  private async find(scope: Scope, version: number): Promise<ProgramVersionDocument> {
    const found = (await this.programs.listVersions(scope)).find((one) => one.version === version);
    if (found === undefined) throw new Refusal('version.notFound');
    return found;
  }

  private planSteps(
    program: ProgramDocument,
    last: ProgramVersionDocument,
    next: Definitions,
    nowMs: number = this.clock.now(),
  ): readonly PlannedSet[] {
    return planPublication({
      last: last.definitions,
      next,
      noticeDays: program.noticeDays ?? 0,
      zone: program.zone,
      nowMs,
      isSound: (definitions) => this.programs.problemsOf(definitions).length === 0,
    });
  }

  /** The steps of a publication: as planned, or all at once where a moment or a correction was asked for. */
  private stepsOf(
    program: ProgramDocument,
    standing: readonly ProgramVersionDocument[],
    { definitions: next, from, day, correction }: Proposal,
    now: number,
  ): readonly PlannedSet[] {
    const last = standing.at(-1);
    if (last === undefined) throw new Refusal('program.notFound');
    const noticeDays = program.noticeDays ?? 0;
    const fromMs = day !== undefined ? startOfDate(day, program.zone) : from === undefined ? null : Date.parse(from);
    if (fromMs !== null && fromMs <= now)
      throw new Refusal('version.inPast', {}, [{ path: [day === undefined ? 'from' : 'day'], code: 'version.inPast' }]);
    const changes = compareDefinitions(last.definitions, next);
    const whole = [{ definitions: next, changes, fromMs }];
    if (noticeDays === 0 || !hasWorse(changes)) return whole;
    if (correction !== undefined) {
      if (!isCorrection(standing, next, noticeDays, now))
        throw new Refusal('version.notCorrection', { days: noticeDays });
      return whole;
    }
    if (fromMs === null) return this.planSteps(program, last, next, now);
    const earliest = endOfNotice(now, noticeDays, program.zone);
    if (fromMs < earliest)
      throw new Refusal('version.noticeTooShort', { days: noticeDays, earliest: new Date(earliest).toISOString() });
    return whole;
  }

  private writeVersions(
    scope: Scope,
    versions: readonly ProgramVersionDocument[],
    last: ProgramVersionDocument,
    steps: readonly PlannedSet[],
    { revertOf, correction, name }: Proposal,
    by: Actor,
    now: number,
  ): ProgramVersionDocument[] {
    const past = versions.map(({ definitions }) => definitions);
    let number = versions.at(-1)?.version ?? 0;
    // Strictly after the last one, so that a moment has one version even when two are published in one millisecond.
    let atMs = Math.max(now, last.from.getTime() + 1);
    return steps.map(({ definitions, fromMs }) => {
      number += 1;
      const revised = reviseDefinitions(definitions, past);
      past.push(revised);
      atMs = Math.max(atMs, fromMs ?? atMs);
      return {
        _id: `${scope.program}:${number}`,
        program: scope.program,
        version: number,
        from: new Date(atMs),
        by,
        definitions: revised,
        publishedAt: new Date(now),
        ...(name === undefined ? {} : { name }),
        ...(revertOf === undefined ? {} : { revertOf }),
        ...(correction === undefined ? {} : { correction }),
      };
    });
  }
}

/** What members had when the notice would have begun is theirs; only what came since may be taken back at once. */
function isCorrection(
  standing: readonly ProgramVersionDocument[],
  next: Definitions,
  noticeDays: number,
  now: number,
): boolean {
  const then = now - noticeDays * DAY_MS;
  const had = standing.findLast((version) => version.from.getTime() <= then) ?? standing[0];
  return had !== undefined && !hasWorse(compareDefinitions(had.definitions, next));
}

function publishedAt({ publishedAt: at, from }: ProgramVersionDocument): Date {
  return at ?? from;
}

function statusOf(
  version: ProgramVersionDocument,
  versions: readonly ProgramVersionDocument[],
  now: number,
): VersionStatus {
  const standing = standingVersions(versions);
  if (!standing.includes(version)) return 'withdrawn';
  const inForce = standing.findLast(({ from }) => from.getTime() <= now) ?? standing[0];
  if (version === inForce) return 'inForce';
  return version.from.getTime() > now ? 'waiting' : 'past';
}

function viewOf(
  version: ProgramVersionDocument,
  status: VersionStatus,
  before: ProgramVersionDocument | undefined,
): ProgramVersion {
  const { version: number, from, by, name, revertOf, correction, definitions } = version;
  return {
    version: number,
    status,
    publishedAt: publishedAt(version).toISOString(),
    from: from.toISOString(),
    by,
    ...(name === undefined ? {} : { name }),
    ...(revertOf === undefined ? {} : { revertOf }),
    ...(correction === undefined ? {} : { correction }),
    changes: before === undefined ? [] : compareDefinitions(before.definitions, definitions),
  };
}

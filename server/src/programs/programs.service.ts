import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { ActivityType } from '@verbena/shared/activities/activity-type.js';
import type { Problem } from '@verbena/shared/platform/problem.js';
import type { LocalDate } from '@verbena/shared/platform/time.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import type { LegalState } from '@verbena/shared/programs/legal.js';
import { isSame } from '@verbena/shared/programs/judge-change.js';
import { RESERVED_SLUGS } from '@verbena/shared/manifests.js';
import { SANDBOX } from '@verbena/shared/platform/ids.js';
import type {
  Program,
  ProgramChange,
  ProgramDraft,
  DefinitionsInForce,
} from '@verbena/shared/programs/programs.routes.js';
import { PRESETS } from '@verbena/seeds/presets/presets.js';
import { ulid } from 'ulid';
import { AuditService } from '#audit/audit.service.js';
import { checkDefinitions, compileProgram, type DefinitionCompilers } from '#engine/compile-program.js';
import type { CompiledProgram } from '#engine/compiled-program.js';
import { IdentityService } from '#identity/identity.service.js';
import { localDateOf } from '#platform/clock/calendar.js';
import { Clock } from '#platform/clock/clock.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { Actor } from '#platform/http/principal.js';
import { isDuplicateKey, Mongo, type Session } from '#platform/mongo/mongo.js';
import { type Scope, scopeOf } from '#platform/mongo/scope.js';
import { collectSources, type DefinitionProvider, ProvidesDefinitions } from './definition-source.port.js';
import { ProgramsRepository } from './programs.repository.js';
import type { ProgramDocument, ProgramVersionDocument } from './programs.schema.js';
import { reviseDefinitions } from './revise-definitions.js';
import { homeOf, sandboxId } from './sandbox.js';
import { withdrawnOf } from './withdrawn-definitions.js';

/** How long a program may be believed without asking; a publication on this node is seen at once. */
const FRESH_MS = 1_000;

/** Where sign-up is open, so that nobody fills an installation with programs; operators may create any number. */
const PROGRAMS_PER_LOGIN_MAX = 5;

interface Known {
  readonly program: ProgramDocument;
  readonly readAtMs: number;
}

interface Compiled {
  readonly program: CompiledProgram;
  readonly fromMs: number;
}

/** Tenants and their published versions. Versions are never changed; what is in force is chosen by a decision's `at`. */
@Injectable()
export class ProgramsService implements OnModuleInit {
  private readonly logger = new Logger('Programs');
  private readonly known = new Map<string, Known>();
  /** Reads under way: when what is known grows old, all that ask at once share one. */
  private readonly asking = new Map<string, Promise<ProgramDocument | null>>();
  private readonly compiled = new Map<string, { readonly key: string; readonly versions: readonly Compiled[] }>();
  private sources: DefinitionCompilers | null = null;

  constructor(
    private readonly repository: ProgramsRepository,
    private readonly discovery: DiscoveryService,
    private readonly audit: AuditService,
    private readonly identity: IdentityService,
    private readonly mongo: Mongo,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    const providers = this.discovery.getProviders({ metadataKey: ProvidesDefinitions.KEY });
    this.sources = collectSources(providers.map((wrapper) => (wrapper.instance as DefinitionProvider).source));
  }

  /**
   * A program by slug or id, at most a second old; null where there is none. With `~test` behind it its sandbox, as it is now; the id of a
   * sandbox leads to that, also of one that was emptied since.
   */
  async find(ref: string): Promise<ProgramDocument | null> {
    const [home = '', generation] = ref.split('~');
    if (generation !== undefined) {
      const program = await this.find(home);
      return program === null ? null : sandboxOf(program, Number(generation) || (program.sandbox ?? 1));
    }
    const known = this.known.get(ref);
    if (known !== undefined && performance.now() - known.readAtMs < FRESH_MS) return known.program;
    const asked = this.asking.get(ref);
    if (asked !== undefined) return asked;
    const asking = this.repository.findByRef(ref).then((program) => {
      // Not what was read before a change of this node, for whoever asks after it.
      if (program !== null && this.asking.get(ref) === asking) this.remember(program);
      return program;
    });
    this.asking.set(ref, asking);
    const end = (): void => void (this.asking.get(ref) === asking && this.asking.delete(ref));
    void asking.then(end, end);
    return asking;
  }

  async get(scope: Scope): Promise<ProgramDocument> {
    const program = await this.find(scope.program);
    if (program === null) throw new Refusal('program.notFound');
    return program;
  }

  /** The legal texts in force, as a transaction sees them; null where there are none. */
  async legalIn(session: Session, scope: Scope): Promise<LegalState | null> {
    return (await this.repository.read(scope, session))?.legal ?? null;
  }

  async onlySlug(): Promise<string | null> {
    return this.repository.findOnlySlug();
  }

  /** Every program, each with all its sandboxes: for what looks after all that was written. */
  async listAll(): Promise<ProgramDocument[]> {
    const programs = await this.repository.listAll();
    return programs.flatMap((program) => [
      program,
      ...Array.from({ length: program.sandbox ?? 0 }, (_, emptied) => sandboxOf(program, emptied + 1)),
    ]);
  }

  /** Where a program's test keys write now. */
  async sandboxScope(scope: Scope): Promise<Scope> {
    return scopeOf((await this.find(`${homeOf(scope.program)}${SANDBOX}`))?._id ?? scope.program);
  }

  async openSandbox(scope: Scope): Promise<void> {
    await this.repository.openSandbox(scope);
    this.forget(scope);
  }

  /** Begins the sandbox anew, audited; answers its number. What comes in meanwhile is whole in the one or the other. */
  async emptySandbox(scope: Scope, actor: Actor): Promise<number> {
    const emptied = await this.mongo.transact(async (session) => {
      const program = await this.repository.read(scope, session);
      if (program === null) throw new Refusal('program.notFound');
      const { sandbox = 1 } = program;
      await this.repository.change(scope, { sandbox: sandbox + 1 }, session);
      await this.audit.record(session, scope, {
        actor,
        action: 'sandbox.emptied',
        subject: { kind: 'sandbox', id: scope.program },
        before: { generation: sandbox },
        after: { generation: sandbox + 1 },
      });
      return sandbox + 1;
    });
    this.forget(scope);
    return emptied;
  }

  /** The version in force at a moment, compiled with the older revisions that members may still hold. */
  async inForce(program: string, atMs: number): Promise<CompiledProgram> {
    const document = await this.get(scopeOf(program));
    let compiled = this.compiled.get(program);
    const key = `${document.version}:${document.withdrawals ?? 0}`;
    if (compiled?.key !== key) {
      compiled = { key, versions: await this.compile(document) };
      this.compiled.set(program, compiled);
    }
    const chosen = compiled.versions.find(({ fromMs }) => fromMs <= atMs) ?? compiled.versions.at(-1);
    if (chosen === undefined) throw new Error(`The program ${program} has no version.`);
    return chosen.program;
  }

  /** One version by its number, compiled; for what decides again, such as verification. */
  async atVersion(program: string, version: number): Promise<CompiledProgram> {
    await this.inForce(program, this.clock.now());
    const found = this.compiled.get(program)?.versions.find((one) => one.program.version === version);
    if (found === undefined) throw new Error(`The program ${program} has no version ${version}.`);
    return found.program;
  }

  /** The activity types in force. */
  async activityTypes(scope: Scope): Promise<readonly ActivityType[]> {
    const program = await this.inForce(scope.program, this.clock.now());
    return [...program.activityTypes.values()].map(({ definition }) => definition);
  }

  /** A moment of the past that somebody wrote, in milliseconds. Refuses `asOf.inFuture`, `asOf.beforeProgram`. */
  async momentOf(scope: Scope, asOf: string): Promise<number> {
    const atMs = Date.parse(asOf);
    if (atMs > this.clock.now()) throw new Refusal('asOf.inFuture');
    const { createdAt } = await this.get(scope);
    if (atMs < createdAt.getTime()) throw new Refusal('asOf.beforeProgram', { since: createdAt.toISOString() });
    return atMs;
  }

  /** The definitions in force, now or at a moment of the past, and what versions before had besides. */
  async definitions(scope: Scope, asOf?: string): Promise<DefinitionsInForce> {
    const versions = standingVersions(await this.repository.listVersions(scope));
    const now = asOf === undefined ? this.clock.now() : await this.momentOf(scope, asOf);
    const current = versions.findLast(({ from }) => from.getTime() <= now) ?? versions.at(0);
    if (current === undefined) throw new Refusal('program.notFound');
    const { version, from, definitions } = current;
    const older = versions.slice(0, versions.indexOf(current)).reverse();
    const withdrawn = withdrawnOf(
      definitions,
      older.map((one) => one.definitions),
    );
    return {
      version,
      publishedAt: from.toISOString(),
      definitions,
      ...(Object.keys(withdrawn).length === 0 ? {} : { withdrawn }),
    };
  }

  /** Every version ever published, by its number. */
  async listVersions(scope: Scope): Promise<ProgramVersionDocument[]> {
    return this.repository.listVersions(scope);
  }

  /** What keeps a set of definitions from being published, with the place of each. */
  problemsOf(definitions: Definitions): Problem[] {
    if (this.sources === null) throw new Error('Definitions were checked before boot.');
    return checkDefinitions(definitions, this.sources);
  }

  /** Compiles a set that is no version yet, as the one that would come after all there are; for what only tries it. */
  async compileDraft(scope: Scope, definitions: Definitions): Promise<CompiledProgram> {
    if (this.sources === null) throw new Error('Definitions were asked for before boot.');
    const document = await this.get(scope);
    const older = standingVersions(await this.repository.listVersions(scope)).reverse();
    const revised = reviseDefinitions(
      definitions,
      older.toReversed().map((version) => version.definitions),
    );
    return compileProgram(
      { zone: document.zone, time: document.time },
      { version: document.version + 1, definitions: revised },
      dated(older, document),
      this.sources,
    );
  }

  /** A version as it would have been without one of its rules. */
  async withoutRule(scope: Scope, version: number, rule: string): Promise<CompiledProgram> {
    if (this.sources === null) throw new Error('Definitions were asked for before boot.');
    const document = await this.get(scope);
    const { zone, time } = document;
    const versions = dated(standingVersions(await this.repository.listVersions(scope)), document);
    const place = versions.findIndex((one) => one.version === version);
    const found = versions[place];
    if (found === undefined) throw new Refusal('version.notFound');
    const { definitions, on } = found;
    const rules = definitions.rules.filter(({ id }) => id !== rule);
    // With its own number and revisions, and only what came before it: members hold those, not a draft's.
    const older = versions.slice(0, place).reverse();
    return compileProgram({ zone, time }, { version, definitions: { ...definitions, rules }, on }, older, this.sources);
  }

  /** Drops what is remembered of a program, so that what was just written is seen at once on this node. */
  forget(scope: Scope): void {
    const known = this.known.get(scope.program);
    this.asking.clear();
    this.known.delete(scope.program);
    if (known !== undefined) this.known.delete(known.program.slug);
  }

  /**
   * Creates a program with its first version. Refuses `program.slugTaken`, `program.slugReserved`, `definitions.invalid`, and as
   * `IdentityService.refuseFurtherProgram` a login that may own no more.
   */
  async create(draft: ProgramDraft, actor: Actor): Promise<ProgramDocument> {
    if (RESERVED_SLUGS.has(draft.slug)) throw new Refusal('program.slugReserved', { slug: draft.slug });
    const preset = draft.preset === undefined ? null : PRESETS[draft.preset];
    const definitions = draft.definitions ?? preset?.definitions;
    if (definitions === undefined) throw new Refusal('input.invalid', {}, [{ path: ['preset'], code: 'required' }]);
    this.refuseInvalid(definitions);
    const now = new Date(this.clock.now());
    const id = ulid(now.getTime());
    const program: ProgramDocument = {
      _id: id,
      slug: draft.slug,
      name: draft.name,
      language: draft.language ?? preset?.language ?? 'es',
      zone: draft.zone ?? preset?.zone ?? 'Europe/Madrid',
      currency: draft.currency ?? preset?.currency ?? 'EUR',
      time: draft.time ?? 'wall',
      shiftWeeks: draft.shiftWeeks ?? null,
      enrolment: draft.enrolment ?? 'automatic',
      joining: draft.joining ?? 'open',
      version: 1,
      createdAt: now,
    };
    const version = newVersion(id, 1, now, actor, definitions);
    try {
      await this.mongo.transact(async (session) => {
        await this.repository.create(program, version, session);
        // Whoever creates a program owns it, in the same transaction: there is never a program without somebody in charge.
        if (actor.kind === 'user') {
          await this.identity.refuseFurtherProgram(actor.id, PROGRAMS_PER_LOGIN_MAX, session);
          await this.identity.enrol(actor.id, id, 'owner', null, session);
        }
        await this.audit.record(session, scopeOf(id), {
          actor,
          action: 'program.created',
          subject: { kind: 'program', id },
          before: null,
          after: viewOfProgram(program),
        });
      });
    } catch (error) {
      if (isDuplicateKey(error)) throw new Refusal('program.slugTaken', { slug: draft.slug });
      throw error;
    }
    this.remember(program);
    return program;
  }

  /** Changes how people come in and how rules change, audited with before and after; the same again changes and records nothing. Refuses `program.noApprover`. */
  async change(scope: Scope, change: ProgramChange, actor: Actor): Promise<ProgramDocument> {
    // The commands of this machine set a program up before its staff comes.
    const mayAsk = change.approval !== true || actor.kind !== 'user' || (await this.hasOtherApprover(scope, actor.id));
    const wanted = {
      ...(change.enrolment === undefined ? {} : { enrolment: change.enrolment }),
      ...(change.joining === undefined ? {} : { joining: change.joining }),
      ...(change.noticeDays === undefined ? {} : { noticeDays: change.noticeDays }),
      ...(change.approval === undefined ? {} : { approval: change.approval }),
    };
    const changed = await this.mongo.transact(async (session) => {
      // Read within the transaction: what the audit calls "before" is what this change really replaced.
      const before = await this.repository.read(scope, session);
      if (before === null) throw new Refusal('program.notFound');
      const was = settingsOf(before);
      if (isSame(was, { ...was, ...wanted })) return before;
      // Where it is on already and the other one has left, whatever else changes may still change.
      if (!mayAsk && before.approval !== true)
        throw new Refusal('program.noApprover', {}, [{ path: ['approval'], code: 'invalid' }]);
      const after = await this.repository.change(scope, wanted, session);
      if (after === null) throw new Refusal('program.notFound');
      await this.audit.record(session, scope, {
        actor,
        action: 'program.changed',
        subject: { kind: 'program', id: scope.program },
        before: was,
        after: settingsOf(after),
      });
      return after;
    });
    this.forget(scope);
    return changed;
  }

  /** Whether somebody else than this login could approve what it changes. */
  async hasOtherApprover({ program }: Scope, user: string | null): Promise<boolean> {
    return this.identity.hasOtherWith('drafts.write', program, user);
  }

  private async compile(document: ProgramDocument): Promise<Compiled[]> {
    const sources = this.sources;
    if (sources === null) throw new Error('Definitions were asked for before boot.');
    const versions = standingVersions(await this.repository.listVersions(scopeOf(document._id))).reverse();
    this.logger.debug(`Compiling ${document.slug}, version ${document.version}`);
    const numbered = dated(versions, document);
    return numbered.map((version, index) => ({
      program: compileProgram(
        { zone: document.zone, time: document.time },
        version,
        numbered.slice(index + 1),
        sources,
      ),
      fromMs: version.from.getTime(),
    }));
  }

  /** Refuses `definitions.invalid` with the places. */
  refuseInvalid(definitions: Definitions): void {
    const problems = this.problemsOf(definitions);
    if (problems.length > 0)
      throw new Refusal(
        'definitions.invalid',
        {},
        problems.map((problem) => ({ ...problem, path: ['definitions', ...problem.path] })),
      );
  }

  private remember(program: ProgramDocument): void {
    const known = { program, readAtMs: performance.now() };
    this.known.set(program._id, known);
    this.known.set(program.slug, known);
  }
}

/** Nobody joins a sandbox, so there its members come with what a test key sends, whatever the program asks for. */
function sandboxOf({ enrolment: _, ...program }: ProgramDocument, generation: number): ProgramDocument {
  return { ...program, _id: sandboxId(program._id, generation), slug: `${program.slug}${SANDBOX}` };
}

/** Versions with the day from which each is in force. */
function dated(
  versions: readonly ProgramVersionDocument[],
  { zone }: Pick<ProgramDocument, 'zone'>,
): (ProgramVersionDocument & { readonly on: LocalDate })[] {
  return versions.map((version) => ({ ...version, on: localDateOf(version.from.getTime(), zone) }));
}

/** The versions that are or will be in force, by their number. */
export function standingVersions(versions: readonly ProgramVersionDocument[]): ProgramVersionDocument[] {
  return versions.filter(({ withdrawnAt }) => withdrawnAt === undefined || withdrawnAt === null);
}

function newVersion(
  program: string,
  version: number,
  from: Date,
  by: Actor,
  definitions: Definitions,
): ProgramVersionDocument {
  return { _id: `${program}:${version}`, program, version, from, by, definitions, publishedAt: from };
}

type Settings = Pick<Program, 'enrolment' | 'joining' | 'noticeDays' | 'approval'>;

/** What may be changed of a program; of before it could be chosen: everybody by every way, no notice, no approval. */
function settingsOf(program: ProgramDocument): Settings {
  return {
    enrolment: program.enrolment ?? 'automatic',
    joining: program.joining ?? 'open',
    noticeDays: program.noticeDays ?? 0,
    approval: program.approval ?? false,
  };
}

/** A program as anybody may see it. */
export function viewOfProgram(program: ProgramDocument): Program {
  return {
    id: homeOf(program._id),
    slug: program.slug,
    name: program.name,
    language: program.language,
    zone: program.zone,
    currency: program.currency,
    time: program.time,
    version: program.version,
    ...settingsOf(program),
    legal: program.legal ?? null,
    createdAt: program.createdAt.toISOString(),
  };
}

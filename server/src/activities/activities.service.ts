import { Injectable } from '@nestjs/common';
import {
  type ActivityDraft,
  ActivityDraft as ActivityDraftSchema,
  type BatchResult,
  type Channel,
  type HandDraft,
  type SendableType,
  type tryByHand,
} from '@verbena/shared/activities/activities.routes.js';
import type { RouteBody } from '@verbena/shared/platform/route.js';
import { isSystemType, reversedTypeOf } from '@verbena/shared/activities/activity-type.js';
import { explainError, explainFields } from '@verbena/shared/errors/explain-problem.js';
import type { Language } from '@verbena/shared/platform/localized-text.js';
import type { Adjustment } from '@verbena/shared/points/points.routes.js';
import * as z from 'zod/mini';
import type { CompiledActivityType, CompiledProgram } from '#engine/compiled-program.js';
import { HandLog } from '#ledger/hand-log.service.js';
import { HandsService, type Person } from '#ledger/hands.service.js';
import {
  type JournalEntry,
  keySpaceOf,
  LedgerService,
  type Outcome,
  type RecordedActivity,
  resultOf,
  type Source,
  type Submission,
} from '#ledger/ledger.service.js';
import { MemberNaming } from '#members/member-naming.service.js';
import { MembersService } from '#members/members.service.js';
import { Clock } from '#platform/clock/clock.js';
import { entryIdOf, hashOf, shardOf } from '#platform/crypto/hash.js';
import type { SourceActivity } from '#platform/outbox/activity-intake.port.js';
import { problemsOf } from '#platform/errors/problems-of-issues.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { Scope } from '#platform/mongo/scope.js';
import { AdjustmentsService } from '#points/adjustments.service.js';
import { ProgramsService } from '#programs/programs.service.js';
import { splitPersonal } from './split-personal.js';

/** Who sends activities, and what they may send. */
export interface Sender {
  readonly source: Source;
  /** The activity types allowed; null: all that do not come from the program itself. */
  readonly types: ReadonlySet<string> | null;
  /** What the channel is when the draft does not say. */
  readonly channel: Channel;
  /** May see members, and so name one by its e-mail address. */
  readonly seesMembers: boolean;
  /** The brand whose own ids of members it names; absent or null: those of the program. */
  readonly namespace?: string | null;
  /** The person of the staff who sends, for whom it counts. */
  readonly person?: Person | undefined;
}

export const FUTURE_MS_MAX = 5 * 60_000;
/** A person on the staff, who may send every type that does not come from the program. */
export const STAFF: Sender = { source: 'staff', types: null, channel: 'staff', seesMembers: true };

/** The house itself, for what its modules vouch for. */
export const HOUSE: Sender = { source: 'house', types: null, channel: 'system', seesMembers: false };

/** An entry, and whether it was there before. */
export interface Recorded {
  readonly entry: JournalEntry;
  readonly isReplay: boolean;
}

/** A draft that passed every check that needs no member and no decision. */
interface Checked {
  readonly draft: ActivityDraft;
  readonly occurredAtMs: number;
  readonly program: CompiledProgram;
}

/** The front door of everything that counts: checks a draft, names its member, and hands it to the ledger. */
@Injectable()
export class ActivitiesService {
  constructor(
    private readonly ledger: LedgerService,
    private readonly members: MembersService,
    private readonly naming: MemberNaming,
    private readonly programs: ProgramsService,
    private readonly clock: Clock,
    private readonly hands: HandsService,
    private readonly log: HandLog,
    private readonly adjustments: AdjustmentsService,
  ) {}

  /**
   * Records one activity; resolves after its commit. Refuses with the contract's errors of `recordActivity`. The same key
   * again gives the first entry (`replayed`); with another body it is refused.
   */
  async record(scope: Scope, sender: Sender, draft: ActivityDraft): Promise<Recorded> {
    const program = await this.programs.inForce(scope.program, this.clock.now());
    const checked = this.check(program, sender, draft);
    const memberOf = await this.naming.read(scope, sender, [draft.member]);
    const submission = this.submissionOf(scope, sender, checked, orThrow(memberOf(draft.member)));
    this.ledger.refuseWhenBusy([submission.shard]);
    return recordedOf(await this.take(sender, submission));
  }

  /**
   * Records what staff write down for a member, with the reason that the member reads; what gives more than one person may in a day
   * waits for another one. Types that come from the program are refused, as from everybody.
   */
  async recordByHand(
    scope: Scope,
    by: string | null,
    ref: string,
    draft: HandDraft,
  ): Promise<Recorded | { waiting: Adjustment }> {
    const { reason, ...rest } = draft;
    const submission = await this.handOf(scope, ref, rest);
    const activity = { ...submission.activity, note: by === null ? { reason } : { reason, by } };
    this.ledger.refuseWhenBusy([submission.shard]);
    const fingerprint = hashOf(submission.fingerprint, reason);
    const outcome = await this.adjustments.book(scope, by, { ...submission, activity, fingerprint });
    if ('waiting' in outcome) return outcome;
    const recorded = recordedOf(outcome);
    if (!recorded.isReplay && recorded.entry.outcome === 'accepted')
      await this.log.tell(scope, by, 'activity.recorded', recorded.entry);
    return recorded;
  }

  /** The entry that this would become now; nothing is recorded. Refuses as `recordByHand` does. */
  async tryByHand(scope: Scope, ref: string, draft: RouteBody<typeof tryByHand>): Promise<JournalEntry> {
    return this.ledger.tryOut(await this.handOf(scope, ref, { ...draft, key: 'trial' }));
  }

  private async handOf(scope: Scope, ref: string, draft: Omit<HandDraft, 'reason'>): Promise<Submission> {
    // As it was named: sent again after the account was joined to another, it is the same.
    const member = await this.members.findNamed(scope, ref);
    const program = await this.programs.inForce(scope.program, this.clock.now());
    await this.refuseNotJoined(scope, member._id);
    const checked = this.check(program, STAFF, { ...draft, member: { id: member._id } });
    return this.submissionOf(scope, STAFF, checked, member._id);
  }

  /**
   * Records what a module of ours vouches for: a type of the house, or one that the program defines for itself. Resolves
   * after the commit; refuses like `record`.
   */
  async recordOwn({ scope, member, ...given }: SourceActivity): Promise<JournalEntry> {
    const program = await this.programs.inForce(scope.program, this.clock.now());
    const { key, type, occurredAt, attributes } = given;
    const draft: ActivityDraft = { key, type, member: { id: member }, occurredAt, attributes: { ...attributes } };
    if (!isSystemType(type)) checkAttributes(typeOf(program, type, HOUSE), draft);
    const occurredAtMs = await this.momentOf(scope, member, program, Date.parse(occurredAt));
    const submission = this.submissionOf(scope, HOUSE, { draft, occurredAtMs, program }, member);
    const { note } = given;
    const { entry } = await this.submit(
      note === undefined ? submission : { ...submission, activity: { ...submission.activity, note } },
    );
    return entry;
  }

  private async submit(submission: Submission): Promise<Recorded> {
    this.ledger.refuseWhenBusy([submission.shard]);
    return recordedOf(await this.ledger.submit(submission));
  }

  private take({ person }: Sender, submission: Submission): Promise<Outcome> {
    return person === undefined ? this.ledger.submit(submission) : this.hands.submit(person, submission);
  }

  /**
   * Where a member's time is that of its activities, what it chooses on its screen today does not move it: its own newest
   * moment dates it, so that older history may still follow.
   */
  private async momentOf(
    scope: Scope,
    member: string,
    program: CompiledProgram,
    occurredAtMs: number,
  ): Promise<number> {
    if (program.time === 'wall') return occurredAtMs;
    const newest = (await this.ledger.stateOf(scope, member))?.state.newestOccurredAt ?? null;
    return newest === null ? occurredAtMs : Date.parse(newest);
  }

  /**
   * Records many; each place answers for itself, in the order of the batch and the language asked for, and order holds within a member.
   * Throws, before any work, only for the whole: `lane.busy`, `lane.moved`.
   */
  async recordBatch(
    scope: Scope,
    sender: Sender,
    drafts: readonly unknown[],
    language: Language,
  ): Promise<BatchResult[]> {
    const program = await this.programs.inForce(scope.program, this.clock.now());
    const checked = drafts.map((draft) => this.tryCheck(program, sender, draft));
    const names = checked.flatMap((one) => (one instanceof Refusal ? [] : [one.draft.member]));
    const memberOf = await this.naming.read(scope, sender, names);
    const submissions = checked.map((one) => {
      if (one instanceof Refusal) return one;
      const member = memberOf(one.draft.member);
      if (member instanceof Refusal) return member;
      return this.submissionOf(scope, sender, one, member);
    });
    this.ledger.refuseWhenBusy(
      submissions.filter((one): one is Submission => !(one instanceof Refusal)).map(({ shard }) => shard),
    );
    const outcomes: (Outcome | Promise<Outcome>)[] = [];
    for (const one of submissions) {
      const outcome = one instanceof Refusal ? { kind: 'refused' as const, refusal: one } : this.take(sender, one);
      // What somebody sends by hand is counted first, so it goes one after another: order holds within a member.
      outcomes.push(sender.person === undefined ? outcome : await outcome);
    }
    return (await Promise.all(outcomes)).map((outcome, index) => batchResultOf(outcome, drafts[index], language));
  }

  /** The types of the version in force that somebody may send. */
  async typesFor(scope: Scope, sender: Sender): Promise<SendableType[]> {
    const { activityTypes } = await this.programs.inForce(scope.program, this.clock.now());
    return [...activityTypes.values()]
      .filter((type) => maySend(sender, type))
      .map(({ definition: { id, name, limit, attributes } }) => ({
        ...{ id, name, attributes },
        ...(limit === undefined ? {} : { limit }),
      }));
  }

  /**
   * What became of a key that this source sent; refuses with `activity.notFound`. Who sends some types reads those alone, and their
   * returns; who sends none, and may read all the same, reads all.
   */
  async find(scope: Scope, { source, types }: Sender, key: string): Promise<JournalEntry> {
    const entry = await this.ledger.findEntry(scope, entryIdOf(scope.program, source, key));
    if (entry === null) throw new Refusal('activity.notFound');
    const { type } = entry.activity;
    if (types !== null && types.size > 0 && !types.has(reversedTypeOf(type) ?? type))
      throw new Refusal('activity.notFound');
    return entry;
  }

  private tryCheck(program: CompiledProgram, sender: Sender, draft: unknown): Checked | Refusal {
    const parsed = z.safeParse(ActivityDraftSchema, draft, { reportInput: true });
    if (!parsed.success) return new Refusal('input.invalid', {}, problemsOf(parsed.error.issues));
    try {
      return this.check(program, sender, parsed.data);
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    }
  }

  private check(program: CompiledProgram, sender: Sender, draft: ActivityDraft): Checked {
    const type = typeOf(program, draft.type, sender);
    if (!maySend(sender, type))
      throw new Refusal('auth.activityTypeForbidden', { type: draft.type, has: sendable(program, sender) });
    checkAttributes(type, draft);
    const now = this.clock.now();
    const occurredAtMs = draft.occurredAt === undefined ? now : Date.parse(draft.occurredAt);
    if (occurredAtMs > now + FUTURE_MS_MAX)
      throw new Refusal('activity.inFuture', {}, [{ path: ['occurredAt'], code: 'inFuture' }]);
    return { draft, occurredAtMs, program };
  }

  private async refuseNotJoined(scope: Scope, member: string): Promise<void> {
    const { enrolment } = await this.programs.get(scope);
    if (enrolment === 'optIn' && !(await this.members.everEnrolled(scope, [member])).has(member))
      throw new Refusal('member.notEnrolled');
  }

  private submissionOf(
    scope: Scope,
    sender: Sender,
    { draft, occurredAtMs, program }: Checked,
    member: string,
  ): Submission {
    const type = program.activityTypes.get(draft.type);
    const { attributes, personal } = splitPersonal(type?.definition.attributes, draft.attributes ?? {});
    const activity: RecordedActivity = {
      type: draft.type,
      key: draft.key,
      source: sender.source,
      occurredAt: new Date(occurredAtMs).toISOString(),
      receivedAt: new Date(this.clock.now()).toISOString(),
      channel: draft.channel ?? sender.channel,
      attributes,
      ...(personal === null ? {} : { personal }),
      depth: 0,
    };
    // The key stays out, and so does what was only a default: a retry without `occurredAt` must read the same.
    const { key, ...body } = draft;
    return {
      scope,
      member,
      shard: shardOf(scope.program, member),
      entryId: entryIdOf(scope.program, keySpaceOf(activity), key),
      fingerprint: hashOf(body),
      activity,
    };
  }
}

function maySend({ types }: Pick<Sender, 'types'>, { definition }: CompiledActivityType): boolean {
  return definition.from !== 'program' && (types === null || types.has(definition.id));
}

/** Which types a sender may send, for a sentence. */
function sendable({ activityTypes }: CompiledProgram, sender: Pick<Sender, 'types'>): string {
  return [...activityTypes.values()].flatMap((one) => (maySend(sender, one) ? [one.definition.id] : [])).join(', ');
}

/** The type of that name; else the refusal says which ones this sender may send. */
function typeOf(program: CompiledProgram, id: string, sender: Pick<Sender, 'types'>): CompiledActivityType {
  const type = program.activityTypes.get(id);
  if (type !== undefined) return type;
  const problem = { path: ['type'], code: 'choice', params: { choices: sendable(program, sender) } };
  throw new Refusal('activity.unknownType', { type: id }, [problem]);
}

function checkAttributes(type: CompiledActivityType, draft: ActivityDraft): void {
  const problems = type.validate(draft.attributes ?? {});
  if (problems.length > 0)
    throw new Refusal(
      'input.invalid',
      {},
      problems.map((problem) => ({ ...problem, path: ['attributes', ...problem.path] })),
    );
}

function orThrow(member: string | Refusal): string {
  if (member instanceof Refusal) throw member;
  return member;
}

export function recordedOf(outcome: Outcome): Recorded {
  if (outcome.kind === 'accepted' || outcome.kind === 'replayed')
    return { entry: outcome.entry, isReplay: outcome.kind === 'replayed' };
  throw outcome.kind === 'refused' ? outcome.refusal : new Error('An activity came back as the clock’s.');
}

function batchResultOf(outcome: Outcome, draft: unknown, language: Language): BatchResult {
  if (outcome.kind === 'accepted' || outcome.kind === 'replayed')
    return { status: outcome.kind, result: resultOf(outcome.entry) };
  const refusal = outcome.kind === 'refused' ? outcome.refusal : new Refusal('server.failed');
  return {
    status: 'refused',
    key: keyOf(draft),
    code: refusal.code,
    ...(Object.keys(refusal.params).length > 0 ? { params: refusal.params } : {}),
    ...(refusal.fields.length > 0 ? { fields: explainFields(refusal.fields, language) } : {}),
    detail: explainError(refusal.code, refusal.params, language),
  };
}

function keyOf(draft: unknown): string {
  return typeof draft === 'object' && draft !== null && 'key' in draft && typeof draft.key === 'string'
    ? draft.key.slice(0, 200)
    : '';
}

import { Injectable } from '@nestjs/common';
import { isMove } from '#engine/past-entry.js';
import { HandLog } from '#ledger/hand-log.service.js';
import { COMMANDS, HandsService } from '#ledger/hands.service.js';
import {
  isByHand,
  type JournalEntry,
  LedgerService,
  type Outcome,
  type ReversalRequest,
  UNDO_MS_MAX,
} from '#ledger/ledger.service.js';
import { MembersService } from '#members/members.service.js';
import { Clock } from '#platform/clock/clock.js';
import { entryIdOf, hashOf } from '#platform/crypto/hash.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { SourceActivity } from '#platform/outbox/activity-intake.port.js';
import type { Scope } from '#platform/mongo/scope.js';
import { ProgramsService } from '#programs/programs.service.js';
import { FUTURE_MS_MAX, HOUSE, type Recorded, recordedOf, type Sender, STAFF } from './activities.service.js';
import { splitPersonal } from './split-personal.js';

/** Nothing of it counts: it was refused, or taken back before. */
const DONE: ReadonlySet<string> = new Set(['activity.alreadyReversed', 'activity.notReversible']);

/** What somebody asks for who takes an activity back. */
export interface ReversalBody {
  readonly key: string;
  readonly reason?: string | undefined;
  readonly occurredAt?: string | undefined;
  /** In part: the attributes that changed, as they then are. */
  readonly remaining?: Readonly<Record<string, unknown>> | undefined;
}

/** Takes activities back: what a source sent, and what staff recorded by hand. */
@Injectable()
export class ReversalsService {
  constructor(
    private readonly ledger: LedgerService,
    private readonly members: MembersService,
    private readonly programs: ProgramsService,
    private readonly clock: Clock,
    private readonly hands: HandsService,
    private readonly log: HandLog,
  ) {}

  /** Takes back an activity of this source by its key. Refuses with the contract's errors of `reverseActivity`. */
  async reverseByKey(
    scope: Scope,
    sender: Sender,
    by: string | null,
    key: string,
    body: ReversalBody,
  ): Promise<Recorded> {
    const entry = await this.ledger.findEntry(scope, entryIdOf(scope.program, sender.source, key));
    if (entry === null) throw new Refusal('activity.notFound');
    const { type } = entry.activity;
    if (isMove(type)) throw new Refusal('activity.notReversible');
    if (sender.types !== null && !sender.types.has(type)) throw new Refusal('auth.activityTypeForbidden', { type });
    return this.reverse(scope, entry, sender, by, body);
  }

  /**
   * Takes back what a module of ours vouched for, by its key, whatever its age. What never counted, or does not any more, is done already;
   * refuses like `record` otherwise.
   */
  async reverseOwn({ scope, key, takesBack, occurredAt, note }: SourceActivity & { readonly takesBack: string }) {
    const entry = await this.ledger.findEntry(scope, entryIdOf(scope.program, HOUSE.source, takesBack));
    if (entry === null) return;
    const { time } = await this.programs.inForce(scope.program, this.clock.now());
    const body = { key, reason: note?.reason, ...(time === 'activities' ? {} : { occurredAt }) };
    await this.reverse(scope, entry, HOUSE, note?.by ?? null, body).catch((error: unknown) => {
      if (!(error instanceof Refusal) || !DONE.has(error.code)) throw error;
    });
  }

  /** Takes back what staff recorded for a member. Refuses with the contract's errors of `undoByHand`. */
  async undoByHand(scope: Scope, by: string | null, ref: string, seq: string, body: ReversalBody): Promise<Recorded> {
    const entry = await this.entryOf(scope, ref, seq);
    // What was captured is cancelled where it was captured.
    if (!isByHand(entry) || entry.activity.type === 'points.captured') throw new Refusal('activity.notReversible');
    return this.reverse(scope, entry, STAFF, by, body);
  }

  /** What taking an entry back would take. Nothing is written. Refuses with the contract's errors of `previewUndo`. */
  async tryUndo(scope: Scope, ref: string, seq: string): Promise<JournalEntry> {
    const entry = await this.entryOf(scope, ref, seq);
    const receivedAt = new Date(this.clock.now()).toISOString();
    const occurredAt = await this.momentFor(scope, entry);
    return this.ledger.tryReversal(entry, { fingerprint: '', channel: 'staff', occurredAt, receivedAt });
  }

  private async entryOf(scope: Scope, ref: string, seq: string): Promise<JournalEntry> {
    const member = await this.members.findJournal(scope, ref);
    const entry = /^\d{1,15}$/.test(seq) ? await this.ledger.findEntryBySeq(scope, member._id, Number(seq)) : null;
    if (entry === null) throw new Refusal('entry.notFound');
    return entry;
  }

  /** Takes back, for whoever stands at the counter, what a member bought. Refuses with the contract's errors of `returnByHand`. */
  async returnByHand(scope: Scope, by: string | null, ref: string, seq: string, body: ReversalBody): Promise<Recorded> {
    const entry = await this.entryOf(scope, ref, seq);
    if (isMove(entry.activity.type)) throw new Refusal('activity.notReversible');
    return this.reverse(scope, entry, { source: 'staff', channel: 'staff', isReturn: true }, by, body);
  }

  private async reverse(
    scope: Scope,
    entry: JournalEntry,
    { source, channel, isReturn = false }: Pick<Sender, 'source' | 'channel'> & { readonly isReturn?: boolean },
    by: string | null,
    { key, reason, occurredAt, remaining }: ReversalBody,
  ): Promise<Recorded> {
    const now = this.clock.now();
    if (occurredAt !== undefined && Date.parse(occurredAt) > now + FUTURE_MS_MAX)
      throw new Refusal('activity.inFuture', {}, [{ path: ['occurredAt'], code: 'inFuture' }]);
    // What was taken back already is answered the same for ever, also when its day is over.
    const isDone = (await this.ledger.findReversals(scope, [entry])).has(entry._id);
    if (!isDone && source === 'staff' && !isReturn && now - Date.parse(entry.at) > UNDO_MS_MAX)
      throw new Refusal('activity.undoTooLate');
    this.ledger.refuseWhenBusy([entry.shard]);
    const request: ReversalRequest = {
      fingerprint: hashOf(
        source,
        remaining === undefined ? { key, reason, occurredAt } : { reason, occurredAt, remaining },
      ),
      channel,
      occurredAt: occurredAt === undefined ? await this.momentFor(scope, entry) : new Date(occurredAt).toISOString(),
      receivedAt: new Date(now).toISOString(),
      ...(reason === undefined ? {} : { note: by === null ? { reason } : { reason, by } }),
      ...(remaining === undefined ? {} : { part: { key, ...(await this.remainderOf(scope, entry, remaining)) } }),
    };
    const isMoved = isMove(entry.activity.type);
    const recorded = recordedOf(
      await (isMoved ? this.undoMove(scope, entry, by, request) : this.ledger.reverse(entry, request)),
    );
    if (remaining === undefined) await this.hands.undone(scope, entry, recorded.entry);
    if (channel === 'staff' && !recorded.isReplay) {
      const action = isMoved ? 'points.undone' : isReturn ? 'activity.returned' : 'activity.undone';
      await this.log.tell(scope, by, action, recorded.entry);
    }
    return recorded;
  }

  /**
   * Takes back what staff gave or took. Nobody does it for the member that it is itself. What gives back counts like any gift of the hand that
   * does it, but for one's own taking, which counted as much already.
   */
  private async undoMove(
    scope: Scope,
    entry: JournalEntry,
    by: string | null,
    request: ReversalRequest,
  ): Promise<Outcome> {
    const person = by ?? COMMANDS;
    await this.hands.refuseOwn(scope, person, entry.member);
    const { source, note, attributes } = entry.activity;
    const isOwn = source === 'staff' && (note?.by ?? COMMANDS) === person;
    return Number(attributes['amount']) > 0 || isOwn
      ? this.ledger.reverse(entry, request)
      : this.ledger.reverse(entry, request, (submission) => this.hands.submit(person, submission));
  }

  /** What remains of an activity, whole and checked like a new one, its personal fields apart. */
  private async remainderOf(
    scope: Scope,
    entry: JournalEntry,
    changed: Readonly<Record<string, unknown>>,
  ): Promise<{
    remaining: JournalEntry['activity']['attributes'];
    personal: JournalEntry['activity']['attributes'] | null;
  }> {
    const program = await this.programs.inForce(scope.program, this.clock.now());
    const type = program.activityTypes.get(entry.activity.type);
    if (type === undefined) throw new Refusal('activity.notReversible');
    const { attributes: standing } = await this.ledger.standingOf(scope, entry);
    const attributes = { ...standing, ...changed };
    const problems = type.validate(attributes);
    if (problems.length > 0)
      throw new Refusal(
        'input.invalid',
        {},
        problems.map((problem) => ({ ...problem, path: ['remaining', ...problem.path] })),
      );
    const { attributes: remaining, personal } = splitPersonal(type.definition.attributes, attributes);
    return { remaining, personal };
  }

  /** Now; under program time `activities`, where now would expire the past, the moment of what is taken back. */
  private async momentFor(scope: Scope, entry: JournalEntry): Promise<string> {
    const now = this.clock.now();
    const program = await this.programs.inForce(scope.program, now);
    return program.time === 'activities' ? entry.activity.occurredAt : new Date(now).toISOString();
  }
}

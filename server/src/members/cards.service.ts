import { Injectable } from '@nestjs/common';
import { Refusal } from '#platform/errors/refusal.js';
import type { Actor } from '#platform/http/principal.js';
import { isDuplicateKey, Mongo, type Session } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import { MemberRecord } from './member-record.js';
import { MembersRepository } from './members.repository.js';
import type { ExternalIdDocument, MemberDocument } from './members.schema.js';
import { hashExternalId, MembersService } from './members.service.js';

const SHOWN_IN_LOG = 4;

/** Which card, and why: the reason is for the log of changes. */
export interface CardDraft {
  readonly externalId: string;
  readonly reason: string;
}

/**
 * Cards that staff give to a member or take away. One that is given is an external id of the program; one that is taken goes in
 * whatever numbering the member has it, since staff see the number alone. What it brought stays where it is.
 */
@Injectable()
export class CardsService {
  constructor(
    private readonly members: MembersService,
    private readonly repository: MembersRepository,
    private readonly record: MemberRecord,
    private readonly mongo: Mongo,
  ) {}

  /**
   * Gives a member a card; one that it has already changes nothing. Whoever writes a card first has it, be it staff or an activity
   * that names it. Refuses `member.notFound`, `member.closed`, and `card.taken` with whose it is.
   */
  async add(scope: Scope, ref: string, { externalId, reason }: CardDraft, actor: Actor): Promise<MemberDocument> {
    const { _id } = await this.members.find(scope, ref);
    if (await this.isHers(scope, _id, externalId)) return this.members.find(scope, _id);
    const hash = hashExternalId(scope, null, externalId);
    const card = { _id: hash, program: scope.program, brand: null, externalId, member: _id };
    try {
      await this.mongo.transact(async (session) => {
        await this.touch(session, scope, _id);
        await this.repository.insertExternalId(card, session);
        const after = { card: inLog(externalId), reason };
        await this.record.audit(session, scope, actor, 'member.cardAdded', _id, after);
      });
    } catch (error) {
      if (!isDuplicateKey(error) || !(await this.isHers(scope, _id, externalId))) throw error;
    }
    this.members.forgetCards();
    return this.members.find(scope, _id);
  }

  /** Takes a card from a member, also its last one. Refuses `member.notFound`, `member.closed`, `card.notFound`. */
  async remove(scope: Scope, ref: string, { externalId, reason }: CardDraft, actor: Actor): Promise<MemberDocument> {
    const { _id } = await this.members.find(scope, ref);
    const cards = await this.members.findOwnCards(scope, _id, externalId);
    await this.mongo.transact(async (session) => {
      await this.touch(session, scope, _id);
      let removed = 0;
      for (const card of cards) if (await this.repository.deleteExternalId(card, session)) removed += 1;
      if (removed === 0) throw new Refusal('card.notFound', {}, [{ path: ['externalId'], code: 'invalid' }]);
      const after = { card: inLog(externalId), reason };
      await this.record.audit(session, scope, actor, 'member.cardRemoved', _id, after);
    });
    this.members.forgetCards();
    return this.members.find(scope, _id);
  }

  /** Writes the member, so that it is not joined to another one in this moment. */
  private async touch(session: Session, scope: Scope, id: string): Promise<void> {
    const member = await this.repository.findById(scope, id, session);
    if (member === null) throw new Refusal('member.notFound');
    if (member.closedInto !== null) throw new Refusal('member.closed');
    await this.repository.update(scope, member, { changes: member.changes + 1 }, session);
  }

  /** Whether a card is this member's; refuses where it is another's. */
  private async isHers(scope: Scope, id: string, externalId: string): Promise<boolean> {
    const card = await this.members.findCard(scope, null, externalId);
    if (card === null) return false;
    if (card.member === id) return true;
    throw await this.taken(scope, card);
  }

  private async taken(scope: Scope, { member }: ExternalIdDocument): Promise<Refusal> {
    // Whom an activity makes in this moment is not there yet.
    const owner = await this.repository.findById(scope, member);
    const called = owner?.name ?? owner?.alias ?? null;
    return new Refusal('card.taken', { member, ...(called === null ? {} : { called }) }, [
      { path: ['externalId'], code: 'taken' },
    ]);
  }
}

/** Enough to know which it was; the whole number is personal, and the log outlives whoever is erased. */
function inLog(externalId: string): string {
  const signs = [...externalId];
  return signs.length > SHOWN_IN_LOG ? `…${signs.slice(-SHOWN_IN_LOG).join('')}` : externalId;
}

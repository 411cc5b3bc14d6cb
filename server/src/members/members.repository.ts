import { Injectable } from '@nestjs/common';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { Mongo, type Session } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import { Turns } from '#platform/mongo/turns.js';
import { walkDown, walkUp } from '#platform/mongo/windows.js';
import { MemberIndexRepository } from './member-index.repository.js';
import { aliasKeyOf, aliasKeyToTheLetter, searchWordsOf } from './member-names.js';
import { foldAliases, numberMembers } from './members.migrations.js';
import {
  completeMember,
  UNSAID,
  type ExternalIdDocument,
  type MemberDocument,
  type StoredMember,
} from './members.schema.js';

const UPSERT_TRIES = 3;
/** Each of a member's own is nobody else's in the program. */
const UNIQUE = ['user', 'aliasKey', 'inviteCode', 'memberCode'] as const;

/** What may be changed of a member; the program and the id stay. */
export type MemberChange = Partial<Omit<MemberDocument, '_id' | 'program' | 'shard'>>;

/** A shorter one begins too many cards to mean one of them. */
const CARD_LENGTH_MIN = 2;
/** More of one beginning name nobody in particular either. */
const CARDS_MAX = 1_000;

/** What staff look for: beginnings of words that all have to be there, one of these members, or the beginning of a card. */
export interface MemberSearch {
  readonly words: readonly string[];
  readonly ids: readonly string[];
  readonly card: string;
}

/** The door to `members` and `externalIds`. */
@Injectable()
@Repository()
export class MembersRepository implements OwnsCollections {
  readonly collections = ['members', 'externalIds'];
  readonly migrations = {
    '2026-11-27-fold-aliases': () => foldAliases(this.members),
    '2026-11-30-number-members': () => numberMembers(this.mongo, this.members, this.index),
  };
  /** By program the last members that are being made here: one after another, for they all count up one number. */
  private readonly turns: Turns;

  constructor(
    private readonly mongo: Mongo,
    private readonly index: MemberIndexRepository,
  ) {
    this.turns = new Turns(mongo);
  }

  private get members() {
    return this.mongo.collection<StoredMember>('members');
  }

  private get externalIds() {
    return this.mongo.collection<ExternalIdDocument>('externalIds');
  }

  async ensureIndexes(): Promise<void> {
    // The embedded database reads all where a condition is of a field that the index has not.
    await this.members.createIndex({ program: 1, _id: 1 });
    await this.members.createIndex({ program: 1, number: 1 });
    for (const field of UNIQUE) await this.indexThoseWith(field, { unique: true });
    await this.indexThoseWith('endedUser', {});
    await this.members.createIndex({ program: 1, closedInto: 1 });
    await this.members.createIndex({ program: 1, 'invitedBy.advocate': 1, 'invitedBy.joinedAt': -1 });
    await this.externalIds.createIndex({ program: 1, member: 1 });
    await this.externalIds.createIndex({ program: 1, externalId: 1 });
  }

  /**
   * An index of those members alone who have such a text. As `$type` the condition served no read, neither here nor in MongoDB, whose
   * planners do not see that a text is one; the index of that form is dropped.
   */
  private async indexThoseWith(field: string, options: { readonly unique?: true }): Promise<void> {
    await this.members.createIndex(
      { program: 1, [field]: 1 },
      { ...options, name: `those_with_${field}`, partialFilterExpression: { [field]: { $gt: '' } } },
    );
    await this.members.dropIndex(`program_1_${field}_1`).catch(() => undefined);
  }

  async findById(scope: Scope, id: string, session?: Session): Promise<MemberDocument | null> {
    return this.findOne({ _id: id, program: scope.program }, session);
  }

  /** The member that a login is here. */
  async findByUser(scope: Scope, user: string, session?: Session): Promise<MemberDocument | null> {
    return this.findOne({ program: scope.program, user }, session);
  }

  /** Whether an account of this login was joined to another one's. */
  async hasEnded(scope: Scope, user: string, session?: Session): Promise<boolean> {
    return (await this.findOne({ program: scope.program, endedUser: user }, session)) !== null;
  }

  /** Whoever has this alias to the letter, or else one that reads the same. */
  async findByAlias(scope: Scope, alias: string, session?: Session): Promise<MemberDocument | null> {
    const exact = aliasKeyToTheLetter(alias);
    return (
      (await this.findOne({ program: scope.program, aliasKey: exact }, session)) ??
      (await this.findOne({ program: scope.program, aliasKey: aliasKeyOf(alias) }, session))
    );
  }

  /** Those whose alias, as it is compared, begins as this one. */
  async listByAlias(
    { program }: Scope,
    beginning: string,
    limit: number,
  ): Promise<Pick<StoredMember, '_id' | 'alias' | 'enrolment'>[]> {
    const key = aliasKeyOf(beginning);
    return this.members
      .find({ program, aliasKey: { $gte: key, $lt: `${key}\u{10FFFF}` } }, { projection: { alias: 1, enrolment: 1 } })
      .sort({ aliasKey: 1 })
      .limit(limit)
      .toArray();
  }

  /** Of these member codes those that are somebody's, each with whose: also where that was joined to another member. */
  async findByCodes(scope: Scope, codes: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (codes.length === 0) return new Map();
    const found = await this.members
      .find({ program: scope.program, memberCode: { $in: [...codes] } }, { projection: { memberCode: 1 } })
      .toArray();
    return new Map(found.flatMap(({ _id, memberCode }) => (typeof memberCode === 'string' ? [[memberCode, _id]] : [])));
  }

  async findByInviteCode(scope: Scope, code: string): Promise<MemberDocument | null> {
    return this.findOne({ program: scope.program, inviteCode: code });
  }

  /** Those whom a member invited, the latest first. */
  async listInvited(scope: Scope, advocate: string, limit: number): Promise<MemberDocument[]> {
    const found = await this.members
      .find({ program: scope.program, 'invitedBy.advocate': advocate })
      .sort({ 'invitedBy.joinedAt': -1 })
      .limit(limit)
      .toArray();
    return found.map(completeMember);
  }

  /** Of these ids those that are members, with how they are enrolled; one that was joined to another, as that one is. */
  async existing(scope: Scope, ids: readonly string[]): Promise<ReadonlyMap<string, MemberDocument['enrolment']>> {
    const found = await this.members
      .find({ _id: { $in: [...ids] }, program: scope.program }, { projection: { enrolment: 1, closedInto: 1 } })
      .toArray();
    const into = found.flatMap(({ closedInto }) => closedInto ?? []);
    const there = into.length === 0 ? new Map<string, MemberDocument['enrolment']>() : await this.existing(scope, into);
    return new Map(
      found.map(({ _id, enrolment, closedInto }) => [_id, there.get(closedInto ?? '') ?? enrolment ?? 'enrolled']),
    );
  }

  /** Of these members those whom the others see: neither off the boards nor gone; each with its alias, if it has one. */
  async listShownAliases(scope: Scope, ids: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
    const found = await this.members
      .find(
        { _id: { $in: [...ids] }, program: scope.program, boards: { $ne: 'hidden' }, enrolment: { $ne: 'left' } },
        { projection: { alias: 1 } },
      )
      .toArray();
    return new Map(found.map(({ _id, alias }) => [_id, alias]));
  }

  /** Of these ids those that are members, each with the one to which it was joined, or null. */
  async listClosedInto(scope: Scope, ids: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
    const found = await this.members
      .find({ _id: { $in: [...ids] }, program: scope.program }, { projection: { closedInto: 1 } })
      .toArray();
    return new Map(found.map(({ _id, closedInto = null }) => [_id, closedInto]));
  }

  async listNames(scope: Scope, ids: readonly string[]): Promise<Pick<MemberDocument, '_id' | 'name' | 'alias'>[]> {
    return this.members
      .find({ _id: { $in: [...ids] }, program: scope.program }, { projection: { name: 1, alias: 1 } })
      .toArray();
  }

  async listFaces(scope: Scope, ids: readonly string[]): Promise<Pick<MemberDocument, '_id' | 'alias' | 'shows'>[]> {
    const found = await this.members
      .find({ _id: { $in: [...ids] }, program: scope.program }, { projection: { alias: 1, shows: 1 } })
      .toArray();
    return found.map(({ _id, alias, shows = UNSAID.shows }) => ({ _id, alias, shows }));
  }

  /**
   * How these sign what they write: the alias, what they show beside it, and the member that they were joined to. Who left signs
   * with nothing.
   */
  async listSignatures(
    scope: Scope,
    ids: readonly string[],
  ): Promise<Pick<MemberDocument, '_id' | 'alias' | 'shows' | 'chosenBadges' | 'closedInto'>[]> {
    const found = await this.members
      .find(
        { _id: { $in: [...ids] }, program: scope.program },
        { projection: { alias: 1, shows: 1, chosenBadges: 1, closedInto: 1, enrolment: 1 } },
      )
      .toArray();
    return found.map(({ _id, alias, closedInto = null, enrolment, ...shown }) => {
      const { shows = UNSAID.shows, chosenBadges = UNSAID.chosenBadges } = shown;
      return { _id, alias: enrolment === 'left' ? null : alias, shows, chosenBadges, closedInto };
    });
  }

  async listEndedIn(scope: Scope, member: string): Promise<string[]> {
    const found = await this.members
      .find({ program: scope.program, closedInto: member }, { projection: { _id: 1 } })
      .sort({ _id: 1 })
      .toArray();
    return found.map(({ _id }) => _id);
  }

  async findExternalId(scope: Scope, hash: string): Promise<ExternalIdDocument | null> {
    return this.externalIds.findOne({ _id: hash, program: scope.program });
  }

  async findExternalIds(scope: Scope, hashes: readonly string[]): Promise<ExternalIdDocument[]> {
    return this.externalIds.find({ _id: { $in: [...hashes] }, program: scope.program }).toArray();
  }

  async listExternalIds(scope: Scope, members: readonly string[]): Promise<ExternalIdDocument[]> {
    return this.externalIds
      .find({ program: scope.program, member: { $in: [...members] } })
      .sort({ _id: 1 })
      .toArray();
  }

  /** Members in the order in which they were made, after one; fewer than `limit` where there are no more. */
  async list(scope: Scope, after: string | null, limit: number): Promise<MemberDocument[]> {
    const { program } = scope;
    const from = after === null || after === '' ? 0 : await this.numberOf(scope, after);
    if (from === null) return [];
    const { number: newest } = await this.index.headOf(scope);
    const found = await walkUp(from + 1, newest, limit, (number) =>
      this.members.find({ program, number }).sort({ number: 1 }).toArray(),
    );
    return found.map(completeMember);
  }

  /** The ids of everybody, page by page, whatever number they have: for verification, which must not stumble. */
  async *walkIds({ program }: Scope, size: number): AsyncGenerator<string[]> {
    let page: string[] = [];
    for await (const { _id } of this.members.find({ program }, { projection: { _id: 1 }, batchSize: size })) {
      page.push(_id);
      if (page.length < size) continue;
      yield page;
      page = [];
    }
    if (page.length > 0) yield page;
  }

  /** Members before one, the newest first; those that were joined to others are left out. */
  async newest(scope: Scope, before: string | null, limit: number): Promise<MemberDocument[]> {
    const { program } = scope;
    const below = before === null ? (await this.index.headOf(scope)).number + 1 : await this.numberOf(scope, before);
    const found = await walkDown((below ?? 1) - 1, limit, async (number) => {
      const members = await this.members.find({ program, number }).sort({ number: -1 }).toArray();
      // With this among the conditions the embedded database would read all.
      return members.filter(({ closedInto }) => closedInto == null);
    });
    return found.map(completeMember);
  }

  /** How many members there are; those that were joined to others are left out. */
  async count(scope: Scope): Promise<number> {
    const { number, ended } = await this.index.headOf(scope);
    return number - ended;
  }

  /** Whom staff look for, the newest first, before one, and how many they are. */
  async search(
    scope: Scope,
    { words, ids, card }: MemberSearch,
    before: string | null,
    limit: number,
  ): Promise<{ items: MemberDocument[]; total: number }> {
    const { program } = scope;
    const named = await this.members.find({ _id: { $in: [...ids] }, program }).toArray();
    const found = await this.index.findByWords(scope, words);
    for (const { _id, closedInto } of named) if (closedInto == null) found.add(_id);
    // Cards are always those of somebody who is there.
    for (const member of await this.findByCard(scope, card)) found.add(member);
    const page = [...found]
      .toSorted((a, b) => (a < b ? 1 : -1))
      .filter((id) => before === null || id < before)
      .slice(0, limit);
    const items = await this.members.find({ _id: { $in: page }, program }).toArray();
    return { items: items.map(completeMember).toSorted((a, b) => (a._id < b._id ? 1 : -1)), total: found.size };
  }

  /** Whose card begins so. */
  private async findByCard({ program }: Scope, card: string): Promise<string[]> {
    if (card.length < CARD_LENGTH_MIN) return [];
    const found = await this.externalIds
      .find({ program, externalId: { $gte: card, $lt: `${card}\u{10FFFF}` } }, { projection: { member: 1 } })
      .limit(CARDS_MAX)
      .toArray();
    return found.map(({ member }) => member);
  }

  private async numberOf({ program }: Scope, id: string): Promise<number | null> {
    return (await this.members.findOne({ _id: id, program }, { projection: { number: 1 } }))?.number ?? null;
  }

  /** With what is made of name and alias. Throws a duplicate-key error when login, alias or code are another member's. */
  async insert(member: MemberDocument, session: Session): Promise<void> {
    await this.add([member], session);
  }

  /**
   * Changes a member; says whether it exists. Name and alias take along what is made of them. Throws a duplicate-key error
   * when login, alias or code are another member's.
   */
  async update(scope: Scope, member: MemberDocument, change: MemberChange, session?: Session): Promise<boolean> {
    const [filter, $set] = [{ _id: member._id, program: scope.program }, withAliasKey(member, change)];
    const isNamed = change.name !== undefined || change.alias !== undefined || change.closedInto !== undefined;
    if (!isNamed)
      return (
        (await this.members.updateOne(filter, { $set }, session === undefined ? {} : { session })).matchedCount === 1
      );
    if (session === undefined) return this.mongo.transact((own) => this.update(scope, member, change, own));
    const stored = await this.members.findOneAndUpdate(filter, { $set }, { session, returnDocument: 'after' });
    if (stored === null) return false;
    // As it stands now: who asked may have read it before somebody else gave it another name.
    await this.index.setWords(scope.program, member._id, wordsOf(completeMember(stored)), session);
    if (member.closedInto === null && change.closedInto != null) await this.index.countEnded(scope, session);
    return true;
  }

  /** What named one member names another one: external ids, and those whom it invited. */
  async moveTies(scope: Scope, from: string, to: string, session: Session): Promise<void> {
    const { program } = scope;
    const cards = await this.externalIds.find({ program, member: from }, { session }).toArray();
    for (const { _id, was = from } of cards)
      // Whoever is named through one of these is still known to have been the other.
      await this.externalIds.updateOne({ _id, program }, { $set: { member: to, was } }, { session });
    const friends = await this.members
      .find({ program, 'invitedBy.advocate': from }, { session, projection: { _id: 1 } })
      .toArray();
    await this.members.updateMany(
      { _id: { $in: friends.map(({ _id }) => _id).filter((id) => id !== to) }, program },
      { $set: { 'invitedBy.advocate': to } },
      { session },
    );
  }

  /** Gives a member a code unless it has one; answers the one that it has then. Throws a duplicate-key error for another's. */
  async ensureCode(scope: Scope, id: string, field: 'inviteCode' | 'memberCode', code: string): Promise<string | null> {
    await this.members.updateOne({ _id: id, program: scope.program, [field]: null }, { $set: { [field]: code } });
    return (await this.findById(scope, id))?.[field] ?? null;
  }

  /** Makes an external id a member's. Throws a duplicate-key error where it is somebody's. */
  async insertExternalId(one: ExternalIdDocument, session: Session): Promise<void> {
    await this.externalIds.insertOne(one, { session });
  }

  /** Takes an external id from a member; says whether it had it. */
  async deleteExternalId({ _id, program, member }: ExternalIdDocument, session: Session): Promise<boolean> {
    return (await this.externalIds.deleteOne({ _id, program, member }, { session })).deletedCount === 1;
  }

  /** Members who waited for their first points have them; nothing happens to any other. */
  async enrolPending(scope: Scope, enrolled: ReadonlyMap<string, Date>): Promise<void> {
    if (enrolled.size === 0) return;
    await this.members.bulkWrite(
      [...enrolled].map(([_id, joinedAt]) => ({
        updateOne: {
          filter: { _id, program: scope.program, enrolment: 'pending' as const },
          update: { $set: { enrolment: 'enrolled' as const, joinedAt } },
        },
      })),
      { ordered: false },
    );
  }

  /**
   * Claims external ids: whoever writes an id first decides which member it is, on whatever node. Returns all that were
   * asked for, as they now stand.
   */
  async claimExternalIds(scope: Scope, wanted: readonly ExternalIdDocument[]): Promise<ExternalIdDocument[]> {
    const ids = wanted.map((one) => one._id);
    for (let attempt = 1; ; attempt += 1) {
      const found = await this.findExternalIds(scope, ids);
      const known = new Set(found.map((one) => one._id));
      const missing = wanted.filter((one) => !known.has(one._id));
      if (missing.length === 0) return found;
      // Unordered, duplicates ignored: a rival's claim is found by the read of the next round.
      await this.externalIds.insertMany(missing, { ordered: false }).catch((error: unknown) => {
        if (attempt >= UPSERT_TRIES) throw error;
      });
    }
  }

  /** Makes the member documents of a program that do not exist yet; harmless for those that do. */
  async ensure(scope: Scope, members: readonly MemberDocument[]): Promise<void> {
    const missing = await this.missing(scope, members);
    if (missing.length === 0) return;
    await this.inTurn(scope, (session) => this.ensureIn(scope, missing, session));
  }

  /**
   * A transaction that makes members. Those of a program follow one another on this node: they count up one number, and whoever
   * reads much before it does so would lose to the others each time.
   */
  async inTurn<T>({ program }: Scope, work: (session: Session) => Promise<T>): Promise<T> {
    return this.turns.transact(program, work);
  }

  private async ensureIn(scope: Scope, members: readonly MemberDocument[], session: Session): Promise<void> {
    const missing = await this.missing(scope, members, session);
    if (missing.length > 0) await this.add(missing, session);
  }

  private async missing(
    scope: Scope,
    members: readonly MemberDocument[],
    session?: Session,
  ): Promise<MemberDocument[]> {
    const there = await this.members
      .find(
        { _id: { $in: members.map(({ _id }) => _id) }, program: scope.program },
        { projection: { _id: 1 }, ...(session === undefined ? {} : { session }) },
      )
      .toArray();
    const known = new Set(there.map(({ _id }) => _id));
    return members.filter(({ _id }) => !known.has(_id));
  }

  /** Adds members of one program, each with the number that follows. */
  private async add(members: readonly MemberDocument[], session: Session): Promise<void> {
    const program = members[0]?.program ?? '';
    const first = await this.index.number(program, members.length, session);
    await this.members.insertMany(
      members.map((one, place) => ({ ...one, ...withAliasKey({ ...one, alias: null }, one), number: first + place })),
      { session },
    );
    await this.index.addWords(
      program,
      members.map((one) => ({ member: one._id, words: wordsOf(one) })),
      session,
    );
  }

  private async findOne(filter: Partial<StoredMember>, session?: Session): Promise<MemberDocument | null> {
    const found = await this.members.findOne(filter, session === undefined ? {} : { session });
    return found === null ? null : completeMember(found);
  }
}

/** Whoever keeps its alias keeps its key: it may be one of two of before that read the same. */
function withAliasKey(member: MemberDocument, change: MemberChange): MemberChange {
  const { alias } = change;
  if (alias === undefined || alias === member.alias) return change;
  return { ...change, aliasKey: alias === null ? null : aliasKeyOf(alias) };
}

/** Who was joined to another is found as that one. */
function wordsOf({ name, alias, closedInto }: MemberDocument): string[] {
  return closedInto === null ? searchWordsOf(name, alias) : [];
}

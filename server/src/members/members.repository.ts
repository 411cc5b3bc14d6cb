import { Injectable } from '@nestjs/common';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { isDuplicateKey, Mongo, type Session } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import { aliasKeyOf, aliasKeyToTheLetter, OLD_ALIAS_KEY, searchWordsOf } from './member-names.js';
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
const FILL_BATCH = 1_000;

/** What may be changed of a member; the program and the id stay. */
export type MemberChange = Partial<Omit<MemberDocument, '_id' | 'program' | 'shard'>>;

/** What staff look for: beginnings of words that all have to be there, or one of these members. */
export interface MemberSearch {
  readonly words: readonly string[];
  readonly ids: readonly string[];
}

/** The door to `members` and `externalIds`. */
@Injectable()
@Repository()
export class MembersRepository implements OwnsCollections {
  readonly collections = ['members', 'externalIds'];

  constructor(private readonly mongo: Mongo) {}

  private get members() {
    return this.mongo.collection<StoredMember>('members');
  }

  private get externalIds() {
    return this.mongo.collection<ExternalIdDocument>('externalIds');
  }

  async ensureIndexes(): Promise<void> {
    await this.members.createIndex({ program: 1, _id: 1 });
    for (const field of UNIQUE) await this.indexThoseWith(field, { unique: true });
    await this.indexThoseWith('endedUser', {});
    await this.members.createIndex({ program: 1, searchWords: 1 });
    await this.members.createIndex({ program: 1, 'invitedBy.advocate': 1, 'invitedBy.joinedAt': -1 });
    await this.externalIds.createIndex({ program: 1, member: 1 });
    await this.fillWords();
    await this.foldAliases();
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

  /** Members in order of id, after one. */
  async list(scope: Scope, after: string | null, limit: number): Promise<MemberDocument[]> {
    const found = await this.members
      .find({ program: scope.program, ...(after === null ? {} : { _id: { $gt: after } }) })
      .sort({ _id: 1 })
      .limit(limit)
      .toArray();
    return found.map(completeMember);
  }

  /** Members as staff look for them, the newest first, before one; null looks for nobody in particular. */
  async search(
    scope: Scope,
    search: MemberSearch | null,
    before: string | null,
    limit: number,
  ): Promise<{ items: MemberDocument[]; total: number }> {
    const wanted = { program: scope.program, closedInto: null, ...(search === null ? {} : filterOf(search)) };
    const page = before === null ? wanted : { $and: [wanted, { _id: { $lt: before } }] };
    const items = await this.members.find(page).sort({ _id: -1 }).limit(limit).toArray();
    return { items: items.map(completeMember), total: await this.members.countDocuments(wanted) };
  }

  /** With what is made of name and alias. Throws a duplicate-key error when login, alias or code are another member's. */
  async insert(member: MemberDocument, session?: Session): Promise<void> {
    const whole = { ...member, ...withDerived({ ...member, alias: null }, member) };
    await this.members.insertOne(whole, session === undefined ? {} : { session });
  }

  /**
   * Changes a member; says whether it exists. Name and alias take along what is made of them. Throws a duplicate-key error
   * when login, alias or code are another member's.
   */
  async update(scope: Scope, member: MemberDocument, change: MemberChange, session?: Session): Promise<boolean> {
    const result = await this.members.updateOne(
      { _id: member._id, program: scope.program },
      { $set: withDerived(member, change) },
      session === undefined ? {} : { session },
    );
    return result.matchedCount === 1;
  }

  /** What named one member names another one: external ids, and those whom it invited. */
  async moveTies(scope: Scope, from: string, to: string, session: Session): Promise<void> {
    const { program } = scope;
    // Whoever is named through one of these is still known to have been the other.
    await this.externalIds.updateMany(
      { program, member: from, was: { $exists: false } },
      { $set: { was: from } },
      { session },
    );
    await this.externalIds.updateMany({ program, member: from }, { $set: { member: to } }, { session });
    await this.members.updateMany(
      { program, 'invitedBy.advocate': from, _id: { $ne: to } },
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

  /** Makes the member documents that do not exist yet; harmless for those that do. */
  async ensure(members: readonly MemberDocument[]): Promise<void> {
    if (members.length === 0) return;
    await this.members.bulkWrite(
      members.map((member) => {
        const { _id, ...rest } = member;
        return { updateOne: { filter: { _id }, update: { $setOnInsert: rest }, upsert: true } };
      }),
      { ordered: false },
    );
  }

  private async findOne(filter: Partial<StoredMember>, session?: Session): Promise<MemberDocument | null> {
    const found = await this.members.findOne(filter, session === undefined ? {} : { session });
    return found === null ? null : completeMember(found);
  }

  /** Gives members of before there was a search the words that find them; once, and nothing is left to do afterwards. */
  private async fillWords(): Promise<void> {
    for (const program of await this.members.distinct('program')) {
      for (;;) {
        const bare = await this.members
          .find({ program, searchWords: { $exists: false } })
          .limit(FILL_BATCH)
          .toArray();
        if (bare.length === 0) break;
        await this.members.bulkWrite(
          bare.map(({ _id, name, alias }) => ({
            updateOne: { filter: { _id }, update: { $set: { searchWords: searchWordsOf(name, alias) } } },
          })),
          { ordered: false },
        );
        for (const { _id, alias } of bare) if (alias !== null) await this.keepAlias(_id, alias);
      }
    }
  }

  /** Aliases of before were compared with their accents and blanks; once, the oldest member first. */
  private async foldAliases(): Promise<void> {
    for (const program of await this.members.distinct('program')) {
      for (let after = ''; ;) {
        // As a value it would find nothing on a field with an index in the embedded database.
        const old = await this.members
          .find({
            ...{ program, _id: { $gt: after }, alias: { $type: 'string' } },
            $and: [{ aliasKey: { $regex: OLD_ALIAS_KEY } }],
          })
          .sort({ _id: 1 })
          .limit(FILL_BATCH)
          .toArray();
        for (const { _id, alias } of old) await this.keepAlias(_id, alias ?? '');
        if (old.length < FILL_BATCH) break;
        after = old.at(-1)?._id ?? after;
      }
    }
  }

  /** Of members whose aliases of before read the same each keeps its own, and the first is known by how it reads. */
  private async keepAlias(_id: string, alias: string): Promise<void> {
    for (const aliasKey of [aliasKeyOf(alias), aliasKeyToTheLetter(alias), null]) {
      try {
        await this.members.updateOne({ _id, alias }, { $set: { aliasKey } });
        return;
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
    }
  }
}

function withDerived(member: MemberDocument, change: MemberChange): MemberChange {
  if (change.name === undefined && change.alias === undefined) return change;
  const { name, alias } = { ...member, ...change };
  return {
    ...change,
    // Whoever keeps its alias keeps its key: it may be one of two of before that read the same.
    ...(change.alias === undefined || alias === member.alias
      ? {}
      : { aliasKey: alias === null ? null : aliasKeyOf(alias) }),
    searchWords: searchWordsOf(name, alias),
  };
}

function filterOf({ words, ids }: MemberSearch) {
  const byWords = words.map((word) => ({ searchWords: { $regex: `^${escaped(word)}` } }));
  const alternatives = [
    ...(byWords.length === 0 ? [] : [{ $and: byWords }]),
    ...(ids.length === 0 ? [] : [{ _id: { $in: [...ids] } }]),
  ];
  // No alternative at all finds nobody.
  if (alternatives.length === 0) return { _id: { $in: [] } };
  const [only] = alternatives;
  return alternatives.length === 1 && only !== undefined ? only : { $or: alternatives };
}

function escaped(word: string): string {
  return word.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}

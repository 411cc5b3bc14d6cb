import { Injectable } from '@nestjs/common';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { Mongo, type Session } from '#platform/mongo/mongo.js';
import { nextNumber } from '#platform/mongo/numbers.js';
import type { Scope } from '#platform/mongo/scope.js';
import type { MemberHeadDocument, MemberWordDocument } from './members.schema.js';

/** Follows every character that a word may have. */
const AFTER_ALL = '\u{10FFFF}';

/**
 * The door to `memberHeads`, which number a program's members, and to `memberWords`, which find them. Both are there because no
 * store may be asked for "the newest of all": the embedded one reads all for that, so whoever asks says from where to where.
 */
@Injectable()
@Repository()
export class MemberIndexRepository implements OwnsCollections {
  readonly collections = ['memberHeads', 'memberWords'];

  constructor(private readonly mongo: Mongo) {}

  private get heads() {
    return this.mongo.collection<MemberHeadDocument>('memberHeads');
  }

  private get words() {
    return this.mongo.collection<MemberWordDocument>('memberWords');
  }

  async ensureIndexes(): Promise<void> {
    // A collection must stand before a transaction writes to it; any index makes it.
    await this.heads.createIndex({ number: 1 });
    await this.words.createIndex({ program: 1, word: 1 });
    await this.words.createIndex({ program: 1, member: 1 });
  }

  /**
   * Takes the next numbers for so many new members, and answers the first. In the transaction that makes them, so that no number is
   * without a member, and whoever has a lower one was there before.
   */
  async number(program: string, count: number, session: Session): Promise<number> {
    return nextNumber(this.heads, program, session, count);
  }

  /** One member less: it was joined to another. */
  async countEnded(scope: Scope, session: Session): Promise<void> {
    await this.heads.updateOne({ _id: scope.program }, { $inc: { ended: 1 } }, { session });
  }

  /** The number of the newest member, and how many were joined to others. */
  async headOf(scope: Scope): Promise<{ readonly number: number; readonly ended: number }> {
    const { number = 0, ended = 0 } = (await this.heads.findOne({ _id: scope.program })) ?? {};
    return { number, ended };
  }

  /** What a member is found by, in place of what it was. */
  async setWords(program: string, member: string, words: readonly string[], session: Session): Promise<void> {
    await this.words.deleteMany({ program, member }, { session });
    await this.addWords(program, [{ member, words }], session);
  }

  /** What new members are found by. */
  async addWords(
    program: string,
    given: readonly Pick<MemberWordDocument, 'member' | 'words'>[],
    session: Session,
  ): Promise<void> {
    const added = given.flatMap(({ member, words }) => words.map((word) => ({ program, word, member, words })));
    if (added.length > 0) await this.words.insertMany(added, { session });
  }

  /** Whoever has, for each of these, a word that begins with it. */
  async findByWords(scope: Scope, beginnings: readonly string[]): Promise<Set<string>> {
    // The longest is had by the fewest; what else a member has stands beside each of its words.
    const longest = beginnings.reduce((one, other) => (other.length > one.length ? other : one), '');
    if (longest === '') return new Set();
    const found = await this.words
      .find(
        { program: scope.program, word: { $gte: longest, $lt: longest + AFTER_ALL } },
        { projection: { _id: 0, member: 1, words: 1 } },
      )
      .toArray();
    const others = beginnings.filter((beginning) => beginning !== longest);
    const hasAll = (words: readonly string[]) =>
      others.every((beginning) => words.some((word) => word.startsWith(beginning)));
    return new Set(found.filter(({ words }) => hasAll(words)).map(({ member }) => member));
  }
}

import { type Collection, isDuplicateKey, type Mongo } from '#platform/mongo/mongo.js';
import { scopeOf } from '#platform/mongo/scope.js';
import type { MemberIndexRepository } from './member-index.repository.js';
import { aliasKeyOf, aliasKeyToTheLetter, OLD_ALIAS_KEY, searchWordsOf } from './member-names.js';
import type { StoredMember } from './members.schema.js';

type Members = Collection<StoredMember>;

const BATCH = 500;

/** Aliases of before were compared with their accents and blanks; the oldest member first. */
export async function foldAliases(members: Members): Promise<void> {
  for await (const { _id, alias, aliasKey } of members.find({ alias: { $type: 'string' } }).sort({ _id: 1 }))
    if (alias !== null && (aliasKey == null || OLD_ALIAS_KEY.test(aliasKey))) await keepAlias(members, _id, alias);
}

/** Of members whose aliases of before read the same each keeps its own, and the first is known by how it reads. */
async function keepAlias(members: Members, _id: string, alias: string): Promise<void> {
  for (const aliasKey of [aliasKeyOf(alias), aliasKeyToTheLetter(alias), null]) {
    try {
      await members.updateOne({ _id, alias }, { $set: { aliasKey } });
      return;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }
}

/** Gives members of before their numbers, the oldest the first, and the words that find them. */
export async function numberMembers(mongo: Mongo, members: Members, index: MemberIndexRepository): Promise<void> {
  for (const program of await members.distinct('program'))
    for (let isLeft = true; isLeft;)
      isLeft = await mongo.transact(async (session) => {
        const bare = { program, number: { $exists: false } };
        const batch = await members.find(bare, { session }).sort({ _id: 1 }).limit(BATCH).toArray();
        if (batch.length === 0) return false;
        const first = await index.number(program, batch.length, session);
        for (const [place, { _id, name, alias, closedInto }] of batch.entries()) {
          const change = { $set: { number: first + place }, $unset: { searchWords: '' as const } };
          await members.updateOne({ _id }, change, { session });
          if (closedInto == null) await index.setWords(program, _id, searchWordsOf(name, alias), session);
          else await index.countEnded(scopeOf(program), session);
        }
        return true;
      });
  await members.dropIndex('program_1_searchWords_1').catch(() => undefined);
}

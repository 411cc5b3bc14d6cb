import type mongoose from 'mongoose';
import type { Session } from './mongo.js';

/** The last number given out in a list, which is its `_id`: a program's audit log, its mails. */
export interface HeadDocument {
  readonly _id: string;
  readonly number: number;
}

type Heads = mongoose.mongo.Collection<HeadDocument>;
type Numbered = mongoose.mongo.Collection<{ _id: string; program: string | null; number?: number }>;

const BATCH = 1_000;

/**
 * The next number of a list, 1 for its first; for so many at once, the first of theirs. The head is counted up in the caller's transaction, so what is rolled back leaves no
 * gap, and of two at once one waits for the other by running again.
 */
export async function nextNumber(heads: Heads, list: string, session: Session, count = 1): Promise<number> {
  const options = { session, upsert: true, returnDocument: 'after' } as const;
  const head = await heads.findOneAndUpdate({ _id: list }, { $inc: { number: count } }, options);
  if (head === null) throw new Error('The head was not counted up.');
  return head.number - count + 1;
}

/** The last number of a list, below one if that is given; 0 where it has none. */
export async function lastNumber(heads: Heads, list: string, below: number | null = null): Promise<number> {
  const last = (await heads.findOne({ _id: list }))?.number ?? 0;
  return below === null ? last : Math.min(last, below - 1);
}

/**
 * Migration: numbers the documents of programs that came before there were numbers, in the order of their ids, and brings every
 * program's head up to its last number. Harmless where there is nothing to do, and where it was ended half-way.
 */
export async function numberThoseOfBefore(documents: Numbered, heads: Heads): Promise<void> {
  const programs = await documents
    .aggregate<{ _id: string; last: number | null }>([
      { $match: { program: { $gt: '' } } },
      { $group: { _id: '$program', last: { $max: '$number' } } },
    ])
    .toArray();
  for (const { _id: program, last } of programs) {
    let number = Math.max(last ?? 0, await lastNumber(heads, program));
    const bare = await documents
      .find({ program, number: { $exists: false } }, { projection: { _id: 1 }, sort: { _id: 1 } })
      .toArray();
    for (let from = 0; from < bare.length; from += BATCH) {
      const batch = bare.slice(from, from + BATCH).map(({ _id }) => {
        number += 1;
        return { updateOne: { filter: { _id, number: { $exists: false } }, update: { $set: { number } } } };
      });
      await documents.bulkWrite(batch, { ordered: false });
    }
    await heads.updateOne({ _id: program }, { $max: { number } }, { upsert: true });
  }
}

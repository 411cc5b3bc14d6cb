import { RandomPool } from '@verbena/server/ledger/random-pool.js';
import { decideInto } from '@verbena/server/ledger/decide-group.js';
import type { GroupDraft } from '@verbena/server/ledger/group-draft.js';
import { toDocument } from '@verbena/server/ledger/ledger.schema.js';
import type { MemberLedger } from '@verbena/server/ledger/journal-entry.js';
import type { Submission } from '@verbena/server/ledger/submission.js';
import type { Mongo } from '@verbena/server/platform/mongo/mongo.js';
import { program } from './ledger-under-test.js';

const random = new RandomPool();

/**
 * The usual way, for comparison: each award in a transaction of its own, with the same decision, journal document, state and
 * outbox row, on collections of its own.
 */
export class OneByOne {
  private q = 0;
  private readonly journal;
  private readonly states;
  private readonly outbox;

  constructor(private readonly mongo: Mongo) {
    this.journal = mongo.collection<{ _id: string }>('oneJournal');
    this.states = mongo.collection<MemberLedger>('oneStates');
    this.outbox = mongo.collection<{ _id: string }>('oneOutbox');
  }

  async start(): Promise<void> {
    await this.journal.createIndexes([{ key: { member: 1, seq: 1 }, unique: true }, { key: { lane: 1, q: 1 } }]);
    await this.states.createIndexes([{ key: { shard: 1, dueAt: 1 } }]);
  }

  async award(submission: Submission): Promise<void> {
    this.q += 1;
    const q = this.q;
    await this.mongo.transact(async (session) => {
      const found = await this.states.findOne({ _id: submission.member }, { session });
      const ledgers = new Map(found === null ? [] : [[found._id, found]]);
      const draft: GroupDraft = { lane: 'one', q, atMs: Date.now(), entries: [], ledgers, caused: [] };
      const entry = decideInto(draft, submission, program, random);
      const ledger = draft.ledgers.get(submission.member);
      if (entry === null || ledger === undefined) throw new Error('nothing was decided');
      await this.journal.insertOne(toDocument(entry), { session });
      const { _id, ...state } = ledger;
      await this.states.replaceOne({ _id }, state, { session, upsert: found === null });
      await this.outbox.insertOne({ _id: `one:${q}` }, { session });
    });
  }
}

/** The floor: the same journal documents, inserted in groups without a decision, a state or a transaction. */
export class BareInsert {
  private readonly collection;
  private documents: { _id: string }[] = [];

  constructor(mongo: Mongo) {
    this.collection = mongo.collection<{ _id: string }>('bareJournal');
  }

  /** Prepares so many documents beforehand, as the ledger would write them. */
  prepare(submissions: readonly Submission[]): void {
    const draft: GroupDraft = { lane: 'bare', q: 1, atMs: Date.now(), entries: [], ledgers: new Map(), caused: [] };
    for (const submission of submissions) decideInto(draft, submission, program, random);
    this.documents = draft.entries.map(toDocument);
  }

  async insert(first: number, count: number): Promise<void> {
    await this.collection.insertMany(this.documents.slice(first, first + count), { ordered: true });
  }
}

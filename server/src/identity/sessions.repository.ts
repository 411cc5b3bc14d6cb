import { Injectable } from '@nestjs/common';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { Mongo } from '#platform/mongo/mongo.js';
import type { SessionDocument, SupersededSecret } from './identity.schema.js';

const SUPERSEDED_MAX = 8;

/** The door to `sessions`. A session belongs to a login, not to a program, so these queries have no scope. */
@Injectable()
@Repository()
export class SessionsRepository implements OwnsCollections {
  readonly collections = ['sessions'];

  constructor(private readonly mongo: Mongo) {}

  private get sessions() {
    return this.mongo.collection<SessionDocument>('sessions');
  }

  async ensureIndexes(): Promise<void> {
    await this.sessions.createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 });
  }

  async insert(session: SessionDocument): Promise<void> {
    await this.sessions.insertOne(session);
  }

  /**
   * Replaces the secret if `superseded.hash` is the one in force and the session lives: of any number of askers with
   * one secret exactly one succeeds. Returns the session as it was, or null.
   */
  async rotate(
    id: string,
    superseded: SupersededSecret,
    next: { readonly current: string; readonly expiresAt: Date },
  ): Promise<SessionDocument | null> {
    return this.sessions.findOneAndUpdate(
      { _id: id, current: superseded.hash, endedAt: null, expiresAt: { $gt: superseded.at } },
      { $set: next, $push: { superseded: { $each: [superseded], $slice: -SUPERSEDED_MAX } } },
      { returnDocument: 'before' },
    );
  }

  /** The session as the last write left it, without waiting for a majority: a lost race must see who won it. */
  async findNewest(id: string): Promise<SessionDocument | null> {
    return this.sessions.findOne({ _id: id }, { readConcern: { level: 'local' } });
  }

  /** Says whether it lived until now. */
  async end(id: string, endedAt: Date, endedBy: 'logout' | 'replay'): Promise<boolean> {
    const result = await this.sessions.updateOne({ _id: id, endedAt: null }, { $set: { endedAt, endedBy } });
    return result.modifiedCount === 1;
  }

  /** Of these sessions, those that live at a moment, with their logins. */
  async findLive(ids: readonly string[], at: Date): Promise<Pick<SessionDocument, '_id' | 'user'>[]> {
    return this.sessions
      .find({ _id: { $in: [...ids] }, endedAt: null, expiresAt: { $gt: at } }, { projection: { user: 1 } })
      .toArray();
  }
}

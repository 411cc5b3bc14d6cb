import { Injectable } from '@nestjs/common';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { Mongo, type Session } from '#platform/mongo/mongo.js';
import type { SessionDocument, SessionEnd, SupersededSecret } from './identity.schema.js';

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
    await this.sessions.createIndex({ user: 1, _id: -1 });
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
    next: { readonly current: string; readonly expiresAt: Date; readonly lastUsedAt: Date },
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
  async end(id: string, endedAt: Date, endedBy: SessionEnd): Promise<boolean> {
    const result = await this.sessions.updateOne({ _id: id, endedAt: null }, { $set: { endedAt, endedBy } });
    return result.modifiedCount === 1;
  }

  /** Ends a session of a login; says whether it lived until now. */
  async endOf(user: string, id: string, at: Date, endedBy: SessionEnd): Promise<boolean> {
    const result = await this.sessions.updateOne(
      { _id: id, user, endedAt: null, expiresAt: { $gt: at } },
      { $set: { endedAt: at, endedBy } },
    );
    return result.modifiedCount === 1;
  }

  /** Ends all sessions of a login but one; their ids. */
  async endAllOf(
    user: string,
    except: string | null,
    at: Date,
    endedBy: SessionEnd,
    session?: Session,
  ): Promise<string[]> {
    const options = session === undefined ? {} : { session };
    const live = await this.sessions
      .find({ user, endedAt: null, expiresAt: { $gt: at } }, { projection: { _id: 1 }, ...options })
      .toArray();
    const ids = live.map(({ _id }) => _id).filter((id) => id !== except);
    if (ids.length > 0)
      await this.sessions.updateMany({ _id: { $in: ids }, endedAt: null }, { $set: { endedAt: at, endedBy } }, options);
    return ids;
  }

  /** A login's sessions that live at a moment. */
  async listOf(user: string, at: Date): Promise<SessionDocument[]> {
    return this.sessions
      .find({ user, endedAt: null, expiresAt: { $gt: at } })
      .sort({ _id: -1 })
      .toArray();
  }

  /** Until when a session has shown the second factor. */
  async elevate(id: string, secondFactorUntil: Date, session?: Session): Promise<void> {
    const options = session === undefined ? {} : { session };
    await this.sessions.updateOne({ _id: id, endedAt: null }, { $set: { secondFactorUntil } }, options);
  }

  /** No session of a login has shown it any more; the ids of those that had. */
  async lowerAllOf(user: string, session: Session): Promise<string[]> {
    const raised = await this.sessions
      .find({ user, endedAt: null, secondFactorUntil: { $ne: null } }, { projection: { _id: 1 }, session })
      .toArray();
    const ids = raised.map(({ _id }) => _id);
    await this.sessions.updateMany({ _id: { $in: ids } }, { $set: { secondFactorUntil: null } }, { session });
    return ids;
  }

  /** Of these sessions, those that live at a moment, with their logins. */
  async findLive(
    ids: readonly string[],
    at: Date,
  ): Promise<Pick<SessionDocument, '_id' | 'user' | 'secondFactorUntil'>[]> {
    return this.sessions
      .find(
        { _id: { $in: [...ids] }, endedAt: null, expiresAt: { $gt: at } },
        { projection: { user: 1, secondFactorUntil: 1 } },
      )
      .toArray();
  }
}

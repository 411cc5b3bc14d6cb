import { Injectable } from '@nestjs/common';
import { type OwnsCollections, Repository } from '#platform/mongo/collections.port.js';
import { Mongo, type Session } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import type { ApiKeyDocument } from './identity.schema.js';

/** The door to `apiKeys`. */
@Injectable()
@Repository()
export class ApiKeysRepository implements OwnsCollections {
  readonly collections = ['apiKeys'];

  constructor(private readonly mongo: Mongo) {}

  private get keys() {
    return this.mongo.collection<ApiKeyDocument>('apiKeys');
  }

  async ensureIndexes(): Promise<void> {
    await this.keys.createIndex({ program: 1, _id: 1 });
  }

  async insert(scope: Scope, key: Omit<ApiKeyDocument, 'program'>, session: Session): Promise<void> {
    await this.keys.insertOne({ ...key, program: scope.program }, { session });
  }

  /** All keys of a program, newest first, revoked ones too. */
  async list(scope: Scope): Promise<ApiKeyDocument[]> {
    return this.keys.find({ program: scope.program }).sort({ _id: -1 }).toArray();
  }

  async find(scope: Scope, id: string, session: Session): Promise<ApiKeyDocument | null> {
    return this.keys.findOne({ _id: id, program: scope.program }, { session });
  }

  async revoke(scope: Scope, id: string, revokedAt: Date, session: Session): Promise<void> {
    await this.keys.updateOne({ _id: id, program: scope.program }, { $set: { revokedAt } }, { session });
  }

  /** Notes which key took a key's place and until when the old one is good; says whether none had, and nobody withdrew it. */
  async noteRenewal(scope: Scope, id: string, renewedBy: string, expiresAt: Date, session: Session): Promise<boolean> {
    const noted = await this.keys.updateOne(
      { _id: id, program: scope.program, revokedAt: null, renewedBy: { $exists: false } },
      { $set: { renewedBy, expiresAt } },
      { session },
    );
    return noted.matchedCount === 1;
  }

  /** The key that a credential names, in whatever program: this is the lookup that finds the caller's program. */
  async findForAuthentication(id: string): Promise<ApiKeyDocument | null> {
    return this.keys.findOne({ _id: id, revokedAt: null });
  }

  /** Notes that a key was used, unless that was noted after `notSince` already. Nobody waits for it. */
  async noteUse(id: string, at: Date, notSince: Date): Promise<void> {
    await this.keys.updateOne(
      { _id: id, $or: [{ lastUsedAt: null }, { lastUsedAt: { $lt: notSince } }] },
      { $set: { lastUsedAt: at } },
      { writeConcern: { w: 1 } },
    );
  }
}

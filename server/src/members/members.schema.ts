import mongoose from 'mongoose';
import type { Language } from '@verbena/shared/platform/localized-text.js';

/** An enrolment. Points are not here: the member knows none. */
export interface MemberDocument {
  _id: string;
  program: string;
  shard: number;
  user: string | null;
  name: string | null;
  alias: string | null;
  language: Language;
  zone: string;
  joinedAt: Date;
}

export const MemberSchema = new mongoose.Schema<MemberDocument>(
  {
    _id: { type: String, required: true },
    program: { type: String, required: true },
    shard: { type: Number, required: true },
    user: { type: String, default: null },
    name: { type: String, default: null },
    alias: { type: String, default: null },
    language: { type: String, required: true },
    zone: { type: String, required: true },
    joinedAt: { type: Date, required: true },
  },
  { collection: 'members', versionKey: false, _id: false },
);
MemberSchema.index({ program: 1, _id: 1 });
MemberSchema.index({ program: 1, user: 1 }, { unique: true, partialFilterExpression: { user: { $type: 'string' } } });

/** A brand's own id of a member. `_id` is the hash of (program, brand, externalId), so one id is one member for ever. */
export interface ExternalIdDocument {
  _id: string;
  program: string;
  brand: string | null;
  externalId: string;
  member: string;
}

export const ExternalIdSchema = new mongoose.Schema<ExternalIdDocument>(
  {
    _id: { type: String, required: true },
    program: { type: String, required: true },
    brand: { type: String, default: null },
    externalId: { type: String, required: true },
    member: { type: String, required: true },
  },
  { collection: 'externalIds', versionKey: false, _id: false },
);
ExternalIdSchema.index({ program: 1, member: 1 });

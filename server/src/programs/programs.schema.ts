import mongoose from 'mongoose';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import type { ExternalIds } from '@verbena/shared/programs/brands.routes.js';
import type { LegalState } from '@verbena/shared/programs/legal.js';
import type { LegalMarkdown } from '@verbena/shared/programs/legal.routes.js';
import type { EnrolmentPolicy, Joining, ProgramTime } from '@verbena/shared/programs/programs.routes.js';
import type { Actor } from '#platform/http/principal.js';
import type { Language } from '@verbena/shared/platform/localized-text.js';

/** A tenant. `version` is the number last published; its definitions stand in `programVersions`. */
export interface ProgramDocument {
  _id: string;
  slug: string;
  name: string;
  language: Language;
  zone: string;
  currency: string;
  time: ProgramTime;
  shiftWeeks: number | null;
  /** Absent from programs of before it could be chosen: `automatic`. */
  enrolment?: EnrolmentPolicy;
  /** Absent likewise: `open`. */
  joining?: Joining;
  /** Absent: 0. */
  noticeDays?: number;
  /** Absent: false. */
  approval?: boolean;
  /** What is in force of its legal texts; absent: it has none. */
  legal?: LegalState;
  version: number;
  /** The generation of its sandbox; absent until it has a test key. */
  sandbox?: number;
  /** How many versions were taken back before they came into force; absent: none. */
  withdrawals?: number;
  createdAt: Date;
}

export const ProgramSchema = new mongoose.Schema<ProgramDocument>(
  {
    _id: { type: String, required: true },
    slug: { type: String, required: true },
    name: { type: String, required: true },
    language: { type: String, required: true },
    zone: { type: String, required: true },
    currency: { type: String, required: true },
    time: { type: String, enum: ['wall', 'activities'], required: true },
    shiftWeeks: { type: Number, default: null },
    enrolment: { type: String, enum: ['automatic', 'optIn', 'firstPoints'] },
    joining: { type: String, enum: ['open', 'invitation', 'closed'] },
    noticeDays: { type: Number },
    approval: { type: Boolean },
    legal: { type: mongoose.Schema.Types.Mixed },
    version: { type: Number, required: true },
    withdrawals: { type: Number },
    sandbox: { type: Number },
    createdAt: { type: Date, required: true },
  },
  { collection: 'programs', versionKey: false, _id: false },
);
ProgramSchema.index({ slug: 1 }, { unique: true });

/**
 * One published set of definitions, never changed but for `withdrawnAt`, which only a version that waits may get. `_id` is
 * `program:version`.
 */
export interface ProgramVersionDocument {
  _id: string;
  program: string;
  version: number;
  /** In force for decisions whose `at` is not before this. */
  from: Date;
  by: Actor;
  definitions: Definitions;
  /** Absent from versions of before there was a notice: `from`. */
  publishedAt?: Date;
  /** What its draft was called. */
  name?: string;
  revertOf?: number;
  /** Why a change for the worse did not wait; members read it. */
  correction?: string;
  withdrawnAt?: Date;
}

export const ProgramVersionSchema = new mongoose.Schema<ProgramVersionDocument>(
  {
    _id: { type: String, required: true },
    program: { type: String, required: true },
    version: { type: Number, required: true },
    from: { type: Date, required: true },
    by: { type: mongoose.Schema.Types.Mixed, required: true },
    definitions: { type: mongoose.Schema.Types.Mixed, required: true },
    publishedAt: { type: Date },
    name: { type: String },
    revertOf: { type: Number },
    correction: { type: String },
    withdrawnAt: { type: Date },
  },
  { collection: 'programVersions', versionKey: false, _id: false, minimize: false },
);
ProgramVersionSchema.index({ program: 1, version: 1 }, { unique: true });

/** A set that is being worked on. `edit` rises with each change, so that nobody writes over somebody else. */
export interface DraftDocument {
  _id: string;
  program: string;
  name: string;
  basedOn: number;
  edit: number;
  definitions: Definitions;
  createdAt: Date;
  changedAt: Date;
  changedBy: Actor;
  review: { state: 'none' | 'requested' | 'approved' | 'changesAsked'; by?: Actor; at?: Date; note?: string };
}

/** What keys may speak for beside the program; both kinds alike but for what only one has. */
export type OutletKind = 'brand' | 'shop';

/** A brand (`externalIds`) or a shop (`brand`, null: of the program itself). Never deleted, since entries name it as their source. */
export interface OutletDocument {
  _id: string;
  program: string;
  slug: string;
  name: string;
  createdAt: Date;
  archivedAt: Date | null;
  externalIds?: ExternalIds;
  brand?: string | null;
}

/** One published version of a program's legal texts, never changed. `_id` is `program:version`. */
export interface LegalTextsDocument extends LegalState {
  _id: string;
  program: string;
  by: Actor;
  mustAccept: boolean;
  source: LegalMarkdown;
  /** Rendered once, when it was published. */
  terms: LegalMarkdown['terms'];
  privacy: LegalMarkdown['privacy'];
}

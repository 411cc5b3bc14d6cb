import * as z from 'zod/mini';
import { Actor } from '#audit/audit.routes.js';
import { Ulid } from '#platform/ids.js';
import { Problem } from '#platform/problem.js';
import { LocalizedText } from '#platform/localized-text.js';
import { queryInteger } from '#platform/page.js';
import { route } from '#platform/route.js';
import { InstantInput, LocalDateInput } from '#platform/given-time.js';
import { Instant } from '#platform/time.js';
import { typedLine, typedText } from '#platform/typed-text.js';
import { DefinitionChange } from './definition-change.js';
import { CHANGE_KINDS, DEFINITION_KINDS, Definitions } from './definitions.js';
import { PublishedDefinitions } from './programs.routes.js';

/** Where a version stands at the moment of asking. `withdrawn`: it waited, and was taken back before it came into force. */
export const VersionStatus = z.enum(['past', 'inForce', 'waiting', 'withdrawn']);
export type VersionStatus = z.infer<typeof VersionStatus>;

/** Why a change for the worse does not wait for the notice period; members read it. */
export const CorrectionReason = typedText(10, 500);

/** A version of the program, without its definitions. `changes` compares with the version before it. */
export const ProgramVersion = z.object({
  version: z.int(),
  status: VersionStatus,
  publishedAt: Instant,
  /** In force from this moment on. */
  from: Instant,
  by: Actor,
  /** What its draft was called; staff only. */
  name: z.optional(z.string()),
  /** Which earlier version this one brought back. */
  revertOf: z.optional(z.int()),
  /** Why it did not wait. */
  correction: z.optional(z.string()),
  changes: z.array(DefinitionChange),
});
export type ProgramVersion = z.infer<typeof ProgramVersion>;

const VERSION_ERRORS = ['program.notFound', 'version.notFound'] as const;

export const listVersions = route({
  method: 'GET',
  path: '/programs/:program/versions',
  summary: 'All versions of a program, newest first, each with what it changed',
  access: 'drafts.read',
  response: z.object({ items: z.array(ProgramVersion) }),
  errors: ['program.notFound'],
});

export const getVersion = route({
  method: 'GET',
  path: '/programs/:program/versions/:version',
  summary: 'The definitions of one version',
  access: 'drafts.read',
  response: PublishedDefinitions,
  errors: VERSION_ERRORS,
});

export const compareVersions = route({
  method: 'GET',
  path: '/programs/:program/versions/:version/changes',
  summary: 'What differs in words between any two versions: from `since` (the one before, unless given) to this one',
  access: 'drafts.read',
  query: z.strictObject({ since: z.optional(queryInteger(1, 1_000_000)) }),
  response: z.object({ since: z.int(), version: z.int(), changes: z.array(DefinitionChange) }),
  errors: VERSION_ERRORS,
});

/** How a set goes public. Without `from`: what is to the members' benefit at once, the rest when the notice is over. */
export const Publication = z.strictObject({
  /** Everything from this moment on; not before the notice is over where something is for the worse. */
  from: z.optional(InstantInput),
  /** The same as `from`, as the start of this day in the program's zone. */
  day: z.optional(LocalDateInput),
  /** Takes back at once what has been in force for less than the notice. */
  correction: z.optional(CorrectionReason),
});
export type Publication = z.infer<typeof Publication>;

/** What was published: one version, or two where part of it waits for the notice. */
export const Published = z.object({
  versions: z.array(z.object({ version: z.int(), from: Instant })),
});
export type Published = z.infer<typeof Published>;

const PUBLISH_ERRORS = [
  'definitions.invalid',
  'version.moved',
  'version.waiting',
  'version.noticeTooShort',
  'version.notCorrection',
  'version.inPast',
] as const;

/** What would happen if a set were published now: which changes at once, and which when. */
export const PublicationPlan = z.object({
  now: z.array(DefinitionChange),
  later: z.array(DefinitionChange),
  laterFrom: z.nullable(Instant),
  /** It makes a tier easier to reach: members who stand there already rise when that comes into force, and wait for nothing. */
  raises: z.boolean(),
});
export type PublicationPlan = z.infer<typeof PublicationPlan>;

/** The same of an older version; `canStop`: what is in force came so lately that it may be taken back at once. */
export const RevertPlan = z.extend(PublicationPlan, { canStop: z.boolean() });
export type RevertPlan = z.infer<typeof RevertPlan>;

export const revertToVersion = route({
  method: 'POST',
  path: '/programs/:program/versions/:version/revert',
  summary: 'Publish the definitions of an older version as a new one; nothing of what was decided changes',
  access: 'definitions.write',
  body: Publication,
  response: Published,
  status: 201,
  errors: [...VERSION_ERRORS, ...PUBLISH_ERRORS],
});

export const planRevert = route({
  method: 'GET',
  path: '/programs/:program/versions/:version/revert',
  summary: 'What going back to an older version would do: which changes at once, and which when',
  access: 'definitions.write',
  response: RevertPlan,
  errors: VERSION_ERRORS,
});

export const withdrawVersion = route({
  method: 'POST',
  path: '/programs/:program/versions/:version/withdrawal',
  summary: 'Take back a version that waits for its day; it never comes into force',
  access: 'definitions.write',
  response: z.object({ version: z.int() }),
  errors: [...VERSION_ERRORS, 'version.notWaiting'],
});

/** What members read of the program's rules: the terms in force, and what has changed and will change. */
export const ProgramTerms = z.object({
  version: z.int(),
  from: Instant,
  noticeDays: z.int(),
  terms: z.array(
    z.object({
      kind: z.enum(DEFINITION_KINDS),
      id: z.string(),
      name: z.object({ es: z.string(), en: z.string() }),
      sentences: z.array(z.object({ es: z.string(), en: z.string() })),
    }),
  ),
  log: z.array(
    z.object({
      version: z.int(),
      status: z.enum(['past', 'inForce', 'waiting']),
      publishedAt: Instant,
      from: Instant,
      correction: z.optional(z.string()),
      changes: z.array(DefinitionChange),
    }),
  ),
});
export type ProgramTerms = z.infer<typeof ProgramTerms>;

export const getTerms = route({
  method: 'GET',
  path: '/programs/:program/terms',
  summary: 'The rules in force in plain language, and the public log of their changes, newest first',
  access: 'definitions.read',
  response: ProgramTerms,
  errors: ['program.notFound'],
});

export const DraftName = typedLine(1, 80);

/** Whether somebody else has looked at a draft (K5). Any change of it begins anew. */
export const DraftReview = z.object({
  state: z.enum(['none', 'requested', 'approved', 'changesAsked']),
  by: z.optional(Actor),
  at: z.optional(Instant),
  note: z.optional(z.string()),
});
export type DraftReview = z.infer<typeof DraftReview>;

/** A set of definitions that is being worked on, under a name. `edit` rises with each change. */
export const Draft = z.object({
  id: Ulid,
  name: z.string(),
  basedOn: z.int(),
  edit: z.int(),
  createdAt: Instant,
  changedAt: Instant,
  changedBy: Actor,
  review: DraftReview,
});
export type Draft = z.infer<typeof Draft>;

/** A draft with everything that its page shows. */
export const DraftPreview = z.extend(Draft, {
  definitions: Definitions,
  /** What keeps it from being published, with the place of each. */
  problems: z.array(Problem),
  /** What it changes of the version on which it is based. */
  changes: z.array(DefinitionChange),
  plan: PublicationPlan,
  /** Of which what counts changes while the description that members read stays as it was. */
  sameWords: z.array(z.object({ kind: z.enum(DEFINITION_KINDS), id: z.string(), description: LocalizedText })),
  /** A newer version has been published: rebase first. */
  isBehind: z.boolean(),
  newestVersion: z.int(),
});
export type DraftPreview = z.infer<typeof DraftPreview>;

const DRAFT_ERRORS = ['program.notFound', 'draft.notFound'] as const;

export const listDrafts = route({
  method: 'GET',
  path: '/programs/:program/drafts',
  summary: 'The drafts of a program, the last changed first',
  access: 'drafts.read',
  response: z.object({ items: z.array(Draft) }),
  errors: ['program.notFound'],
});

/** A program has at most so many drafts at a time: they are listed whole. */
export const DRAFTS_MAX = 50;

export const createDraft = route({
  method: 'POST',
  path: '/programs/:program/drafts',
  summary: 'Begin a draft from the newest version, or from an older one',
  access: 'drafts.write',
  body: z.strictObject({ name: DraftName, version: z.optional(z.int().check(z.gte(1))) }),
  response: DraftPreview,
  status: 201,
  errors: ['program.notFound', 'version.notFound', 'draft.nameTaken', 'draft.tooMany'],
});

export const getDraft = route({
  method: 'GET',
  path: '/programs/:program/drafts/:draft',
  summary: 'A draft with its definitions, its problems, what it changes, and what publishing it would do',
  access: 'drafts.read',
  response: DraftPreview,
  errors: DRAFT_ERRORS,
});

export const changeDraft = route({
  method: 'PUT',
  path: '/programs/:program/drafts/:draft',
  summary: 'Change the name or the definitions of a draft; they need not fit together yet',
  access: 'drafts.write',
  body: z.strictObject({
    edit: z.int().check(z.gte(1)),
    name: z.optional(DraftName),
    definitions: z.optional(Definitions),
  }),
  response: DraftPreview,
  errors: [...DRAFT_ERRORS, 'draft.changed', 'draft.nameTaken'],
});

export const deleteDraft = route({
  method: 'DELETE',
  path: '/programs/:program/drafts/:draft',
  summary: 'Throw a draft away',
  access: 'drafts.write',
  response: z.object({ deleted: z.boolean() }),
  errors: DRAFT_ERRORS,
});

/** A definition that both the draft and a newer version changed, each in its own way; the draft's was kept. */
export const MergeConflict = z.object({ kind: z.enum(CHANGE_KINDS), id: z.string() });
export type MergeConflict = z.infer<typeof MergeConflict>;

export const rebaseDraft = route({
  method: 'POST',
  path: '/programs/:program/drafts/:draft/rebase',
  summary: 'Bring a draft onto the newest version: what only one side changed is taken from that side',
  access: 'drafts.write',
  body: z.strictObject({ edit: z.int().check(z.gte(1)) }),
  response: z.object({ draft: DraftPreview, conflicts: z.array(MergeConflict) }),
  errors: [...DRAFT_ERRORS, 'draft.changed'],
});

export const reviewDraft = route({
  method: 'POST',
  path: '/programs/:program/drafts/:draft/review',
  summary: 'Ask for approval, approve (somebody else than who changed it last), or ask for changes',
  access: 'drafts.write',
  body: z.strictObject({
    edit: z.int().check(z.gte(1)),
    decision: z.enum(['request', 'approve', 'askChanges']),
    note: z.optional(typedText(0, 500)),
  }),
  response: DraftPreview,
  errors: [...DRAFT_ERRORS, 'draft.changed', 'draft.ownApproval'],
});

export const publishDraft = route({
  method: 'POST',
  path: '/programs/:program/drafts/:draft/publish',
  summary: 'Publish a draft: benefits at once, the rest when the notice is over. The draft is gone then',
  access: 'definitions.write',
  body: z.extend(Publication, { edit: z.int().check(z.gte(1)) }),
  response: Published,
  status: 201,
  errors: [...DRAFT_ERRORS, 'draft.changed', 'draft.notApproved', ...PUBLISH_ERRORS],
});

import * as z from 'zod/mini';
import { expects } from '#platform/expected-form.js';
import { AS_OF_ERRORS, AsOf } from '#platform/as-of.js';
import { Slug, Ulid } from '#platform/ids.js';
import { Language, LocalizedText } from '#platform/localized-text.js';
import { route } from '#platform/route.js';
import { Instant, Zone } from '#platform/time.js';
import { typedName } from '#platform/typed-text.js';
import { Definitions } from './definitions.js';
import { LegalState } from './legal.js';

/**
 * How time passes for a program's members: by the clock (`wall`), or, for imported history, by each member's own
 * activities (`activities`), where nothing falls due by itself.
 */
export const ProgramTime = z.enum(['wall', 'activities']);
export type ProgramTime = z.infer<typeof ProgramTime>;

/**
 * How people who buy become members (A5). `automatic`: with their first activity. `optIn`: only by joining themselves; an
 * activity of somebody unknown is refused and nothing is stored. `firstPoints`: with the first points that they earn.
 */
export const EnrolmentPolicy = z.enum(['automatic', 'optIn', 'firstPoints']);
export type EnrolmentPolicy = z.infer<typeof EnrolmentPolicy>;

/** Who may join by themselves: `open` everybody, `invitation` with a member's code or a claim code, `closed` claim codes only. */
export const Joining = z.enum(['open', 'invitation', 'closed']);
export type Joining = z.infer<typeof Joining>;

/** So many days pass before what is not purely to the members' benefit comes into force. */
export const NoticeDays = z.int().check(z.gte(0), z.lte(365));

/** The tenant, as anybody may see it. */
export const Program = z.object({
  id: Ulid,
  /** With `~test` behind it that of its sandbox. */
  slug: z.string(),
  name: z.string(),
  language: Language,
  zone: Zone,
  currency: z.string(),
  time: ProgramTime,
  version: z.number(),
  enrolment: EnrolmentPolicy,
  joining: Joining,
  noticeDays: NoticeDays,
  /** Whether a draft needs the approval of somebody else. */
  approval: z.boolean(),
  /** Its terms and privacy notice; null where it has none yet. */
  legal: z.nullable(LegalState),
  createdAt: Instant,
});
export type Program = z.infer<typeof Program>;

export const PresetId = z.enum(['shopping-centre']);
export type PresetId = z.infer<typeof PresetId>;

/**
 * A new program: from a preset, or with definitions of its own. `shiftWeeks` is remembered for imports: the same
 * program never takes two different shifts.
 */
export const ProgramDraft = z.strictObject({
  slug: Slug,
  name: typedName(120),
  preset: z.optional(PresetId),
  definitions: z.optional(Definitions),
  language: z.optional(Language),
  zone: z.optional(Zone),
  currency: z.optional(z.string().check(z.regex(/^[A-Z]{3}$/, expects('currency')))),
  time: z.optional(ProgramTime),
  enrolment: z.optional(EnrolmentPolicy),
  joining: z.optional(Joining),
  shiftWeeks: z.optional(z.int().check(z.gte(-2_000), z.lte(2_000))),
});
export type ProgramDraft = z.infer<typeof ProgramDraft>;

export const createProgram = route({
  method: 'POST',
  path: '/programs',
  summary: 'Create a program from a preset or from definitions; the caller becomes its owner',
  access: 'programs.create',
  body: ProgramDraft,
  response: Program,
  status: 201,
  errors: [
    'program.slugTaken',
    'program.slugReserved',
    'program.ownerUnverified',
    'program.tooMany',
    'definitions.invalid',
  ],
});

export const getProgram = route({
  method: 'GET',
  path: '/programs/:program',
  summary: 'A program by slug or id',
  access: 'public',
  response: Program,
  errors: ['program.notFound'],
});

/** What changes of how people come into a program and how its rules change; what is left out stays as it is. */
export const ProgramChange = z.strictObject({
  enrolment: z.optional(EnrolmentPolicy),
  joining: z.optional(Joining),
  noticeDays: z.optional(NoticeDays),
  approval: z.optional(z.boolean()),
});
export type ProgramChange = z.infer<typeof ProgramChange>;

export const changeProgram = route({
  method: 'PATCH',
  path: '/programs/:program',
  summary: 'Change how people come into a program, and with how much notice its rules change',
  access: 'programs.write',
  body: ProgramChange,
  response: Program,
  errors: ['program.notFound', 'program.noApprover'],
});

export const getApproval = route({
  method: 'GET',
  path: '/programs/:program/approval',
  summary:
    'Whether what changes the rules needs the approval of somebody else, and whether there is anybody else on the staff who could give it',
  access: 'drafts.read',
  response: z.object({ isNeeded: z.boolean(), hasOthers: z.boolean() }),
  errors: ['program.notFound'],
});

/** A program's public page: what it is and how to earn, in the words of its definitions. */
export const Showcase = z.object({
  currencies: z.array(z.object({ id: z.string(), name: LocalizedText, one: LocalizedText, other: LocalizedText })),
  rules: z.array(z.object({ id: z.string(), name: LocalizedText, description: z.nullable(LocalizedText) })),
  missions: z.array(
    z.object({
      id: z.string(),
      name: LocalizedText,
      description: LocalizedText,
      points: z.array(z.object({ currency: z.string(), amount: z.number() })),
    }),
  ),
  tiers: z.array(
    z.object({ id: z.string(), name: LocalizedText, threshold: z.number(), benefits: z.array(LocalizedText) }),
  ),
});
export type Showcase = z.infer<typeof Showcase>;

export const getShowcase = route({
  method: 'GET',
  path: '/programs/:program/showcase',
  summary: 'What a visitor may read of a program: how to earn, missions, tiers',
  access: 'public',
  response: Showcase,
  errors: ['program.notFound'],
});

/** Where the root address of an installation leads that has exactly one program; null where there are more, or none. */
export const getOnlyProgram = route({
  method: 'GET',
  path: '/only-program',
  summary: 'The slug of the only program, or null: other tenants are not listed to anybody',
  access: 'public',
  response: z.object({ slug: z.nullable(Slug) }),
});

/** The version in force: its number and the definitions as published. */
export const PublishedDefinitions = z.object({ version: z.number(), publishedAt: Instant, definitions: Definitions });
export type PublishedDefinitions = z.infer<typeof PublishedDefinitions>;

/**
 * With what was withdrawn before, each as it last stood, so that the past keeps its names; of each kind the newest 200.
 */
export const DefinitionsInForce = z.extend(PublishedDefinitions, {
  withdrawn: z.optional(z.partial(z.object(Definitions.shape))),
});
export type DefinitionsInForce = z.infer<typeof DefinitionsInForce>;

export const getDefinitions = route({
  method: 'GET',
  path: '/programs/:program/definitions',
  summary:
    'The definitions in force, or with `asOf` then in force: what earns, which missions, badges and tiers there are; and what was withdrawn before',
  access: 'definitions.read',
  query: z.strictObject({ asOf: AsOf }),
  response: DefinitionsInForce,
  errors: ['program.notFound', ...AS_OF_ERRORS],
});

export const putDefinitions = route({
  method: 'PUT',
  path: '/programs/:program/definitions',
  summary: 'Publish a whole set of definitions; checked, then in force at once, but for what needs notice',
  access: 'definitions.write',
  body: z.strictObject({ definitions: Definitions, expectedVersion: z.optional(z.int().check(z.gte(1))) }),
  response: PublishedDefinitions,
  errors: ['program.notFound', 'definitions.invalid', 'definitions.conflict', 'version.waiting', 'draft.notApproved'],
});

export const getImportShift = route({
  method: 'GET',
  path: '/programs/:program/import-shift',
  summary: 'The shift in weeks with which this program takes imported history',
  access: 'local',
  response: z.object({ shiftWeeks: z.nullable(z.number()) }),
  errors: ['program.notFound'],
});

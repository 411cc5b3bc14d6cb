import * as z from 'zod/mini';
import { Slug, Ulid } from '#platform/ids.js';
import { Language } from '#platform/localized-text.js';
import { route } from '#platform/route.js';
import { Instant, Zone } from '#platform/time.js';
import { Definitions } from './definitions.js';

/**
 * How time passes for a program's members: by the clock (`wall`), or, for imported history, by each member's own
 * activities (`activities`), where nothing falls due by itself.
 */
export const ProgramTime = z.enum(['wall', 'activities']);
export type ProgramTime = z.infer<typeof ProgramTime>;

/** The tenant, as anybody may see it. */
export const Program = z.object({
  id: Ulid,
  slug: Slug,
  name: z.string(),
  language: Language,
  zone: Zone,
  currency: z.string(),
  time: ProgramTime,
  version: z.number(),
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
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(120)),
  preset: z.optional(PresetId),
  definitions: z.optional(Definitions),
  language: z.optional(Language),
  zone: z.optional(Zone),
  currency: z.optional(z.string().check(z.regex(/^[A-Z]{3}$/))),
  time: z.optional(ProgramTime),
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
  errors: ['program.slugTaken', 'program.slugReserved', 'definitions.invalid'],
});

export const getProgram = route({
  method: 'GET',
  path: '/programs/:program',
  summary: 'A program by slug or id',
  access: 'public',
  response: Program,
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

export const getDefinitions = route({
  method: 'GET',
  path: '/programs/:program/definitions',
  summary: 'The definitions in force: what earns, which missions, badges and tiers there are',
  access: 'definitions.read',
  response: PublishedDefinitions,
  errors: ['program.notFound'],
});

export const putDefinitions = route({
  method: 'PUT',
  path: '/programs/:program/definitions',
  summary: 'Publish a whole set of definitions; checked, then in force at once',
  access: 'definitions.write',
  body: z.strictObject({ definitions: Definitions, expectedVersion: z.optional(z.int().check(z.gte(1))) }),
  response: PublishedDefinitions,
  errors: ['program.notFound', 'definitions.invalid', 'definitions.conflict'],
});

export const getImportShift = route({
  method: 'GET',
  path: '/programs/:program/import-shift',
  summary: 'The shift in weeks with which this program takes imported history',
  access: 'local',
  response: z.object({ shiftWeeks: z.nullable(z.number()) }),
  errors: ['program.notFound'],
});

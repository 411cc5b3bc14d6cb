import * as z from 'zod/mini';
import { AS_OF_ERRORS, AS_OF_MEMBER_ERRORS, AsOf } from '#platform/as-of.js';
import { Slug } from '#platform/ids.js';
import { LocalizedText } from '#platform/localized-text.js';
import { queryInteger } from '#platform/page.js';
import { route } from '#platform/route.js';
import { Instant, LastDay, LocalDate } from '#platform/time.js';
import { Period } from '#programs/definition.js';
import { RunId, RunIdInput, TiePolicy } from './board.js';

export const BOARD_ROWS_MAX = 100;

/**
 * One place of a board as anybody in the program may see it. `place` counts from 1 without a gap and names the row; `rank` is
 * what the tie policy makes of it. `alias` is null where the member chose none; `label` then tells such rows apart.
 * `movement` is places won (above 0) or lost since the last local midnight; null where the member was not there then.
 */
export const BoardRow = z.object({
  place: z.number(),
  rank: z.number(),
  alias: z.nullable(z.string()),
  label: z.string(),
  score: z.number(),
  tier: z.nullable(z.string()),
  movement: z.nullable(z.number()),
});
export type BoardRow = z.infer<typeof BoardRow>;

/** A run on the calendar. `endsOn` null: it never ends. `closedAt`: its standings are frozen since then. */
export const BoardRun = z.object({
  id: RunId,
  startsOn: z.nullable(LocalDate),
  endsOn: z.nullable(LastDay),
  closedAt: z.nullable(Instant),
});
export type BoardRun = z.infer<typeof BoardRun>;

/** Where the asking member stands. `hidden`: it chose not to appear; then it has a score and no place. */
export const OwnPlace = z.object({
  score: z.number(),
  hidden: z.boolean(),
  place: z.nullable(z.number()),
  rank: z.nullable(z.number()),
  movement: z.nullable(z.number()),
  /** How many points are missing to stand above the next one up; null at the top, or without a place. */
  toNext: z.nullable(z.object({ points: z.number(), alias: z.nullable(z.string()), label: z.string() })),
});
export type OwnPlace = z.infer<typeof OwnPlace>;

export const BoardSummary = z.object({
  id: Slug,
  name: LocalizedText,
  description: z.optional(LocalizedText),
  currency: Slug,
  period: Period,
  ties: TiePolicy,
  run: BoardRun,
  total: z.number(),
  /** The first three. */
  top: z.array(BoardRow),
  /** Null for staff, who stand on no board. */
  me: z.nullable(OwnPlace),
});
export type BoardSummary = z.infer<typeof BoardSummary>;

export const listBoards = route({
  method: 'GET',
  path: '/programs/:program/boards',
  summary: 'The boards of a program with their present runs and the asking member’s place',
  access: 'definitions.read',
  response: z.object({ items: z.array(BoardSummary) }),
  errors: ['program.notFound'],
});

/** Top, around me and my own place, all of one moment (H4). `q` is the board stream's number at that moment. */
export const BoardPage = z.object({
  id: Slug,
  name: LocalizedText,
  description: z.optional(LocalizedText),
  currency: Slug,
  period: Period,
  ties: TiePolicy,
  run: BoardRun,
  /** Neighbouring runs that have standings, for leafing through the archive. */
  previous: z.nullable(RunId),
  next: z.nullable(RunId),
  total: z.number(),
  rows: z.array(BoardRow),
  /** Three above, the member, three below; empty without a place, or where `rows` holds them all. */
  around: z.array(BoardRow),
  me: z.nullable(OwnPlace),
  at: Instant,
});
export type BoardPage = z.infer<typeof BoardPage>;

/** Where a member stood on one board at a moment, in the run of that day. */
export const PlaceThen = z.object({
  board: Slug,
  name: LocalizedText,
  currency: Slug,
  period: Period,
  ties: TiePolicy,
  run: BoardRun,
  total: z.number(),
  score: z.number(),
  hidden: z.boolean(),
  place: z.nullable(z.number()),
  rank: z.nullable(z.number()),
});
export type PlaceThen = z.infer<typeof PlaceThen>;

export const listPlaces = route({
  method: 'GET',
  path: '/programs/:program/members/:member/places',
  summary: 'Where a member stands on every board; with `asOf` where it stood, on the boards that there were then',
  access: { ownOr: 'members.read' },
  query: z.strictObject({ asOf: AsOf }),
  response: z.object({ asOf: Instant, items: z.array(PlaceThen) }),
  errors: ['program.notFound', 'member.notFound', ...AS_OF_MEMBER_ERRORS],
});

export const getBoard = route({
  method: 'GET',
  path: '/programs/:program/boards/:board',
  summary:
    'One run of a board: the top, what is around the asking member, and its place; without `run` the present one. With `asOf` as it stood then: without movement, under the names and without the tiers of today',
  access: 'definitions.read',
  query: z.strictObject({
    run: z.optional(RunIdInput),
    limit: z.optional(queryInteger(1, BOARD_ROWS_MAX)),
    asOf: AsOf,
  }),
  response: BoardPage,
  errors: ['program.notFound', 'board.notFound', ...AS_OF_ERRORS],
});

export const ArchivedRun = z.extend(BoardRun, { total: z.number(), top: z.array(BoardRow), sha256: z.string() });
export type ArchivedRun = z.infer<typeof ArchivedRun>;

export const listBoardRuns = route({
  method: 'GET',
  path: '/programs/:program/boards/:board/runs',
  summary: 'The closed runs of a board, newest first, with their frozen podium',
  access: 'definitions.read',
  query: z.strictObject({ limit: z.optional(queryInteger(1, 60)) }),
  response: z.object({ items: z.array(ArchivedRun) }),
  errors: ['program.notFound', 'board.notFound'],
});

/** What a visitor sees of a program's first board: three rows by alias, nothing that leads to a person. */
export const Podium = z.object({
  board: z.nullable(z.object({ id: Slug, name: LocalizedText, currency: Slug, run: BoardRun })),
  rows: z.array(z.object({ rank: z.number(), alias: z.nullable(z.string()), label: z.string(), score: z.number() })),
  at: Instant,
});
export type Podium = z.infer<typeof Podium>;

export const getPodium = route({
  method: 'GET',
  path: '/programs/:program/podium',
  summary: 'The first three of a program’s first board, for its public page',
  access: 'public',
  response: Podium,
  errors: ['program.notFound'],
});

export const rebuildBoards = route({
  method: 'POST',
  path: '/programs/:program/boards/rebuild',
  summary: 'Throw the open standings of a program away and count them anew from the journal; awards go on meanwhile',
  access: 'local',
  response: z.object({ started: z.boolean() }),
  errors: ['program.notFound'],
});

import * as z from 'zod/mini';
import type { ErrorSpec } from '#platform/manifest.js';
import { StandingsMoved } from './standings-moved.js';

export const errors = {
  'board.notFound': {
    status: 404,
    title: { es: 'No hay tal clasificación o edición', en: 'There is no such board or run' },
  },
} as const satisfies Record<string, ErrorSpec>;

export const reservedSlugs = ['embed', 'oembed', 'w'] as const;

/**
 * `board:<board>:<run>` is one run of a board; its `q` counts a node's pushes, so a reader that comes back, or misses a number, reads
 * the board anew.
 */
export const streams = {
  board: z.templateLiteral(['board:', z.string().check(z.regex(/^[a-z0-9-]{2,48}:(?:ever|\d{4}(?:-[W0-9-]{2,6})?)$/))]),
};

export const pushes = { 'standings.moved': StandingsMoved };

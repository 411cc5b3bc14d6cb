import type { ParamMatcher } from '@sveltejs/kit';
import { RESERVED_SLUGS, Slug } from '@verbena/shared/platform/ids.js';

/** A program's slug: the names of our own routes are none. */
export const match: ParamMatcher = (text) => !RESERVED_SLUGS.has(text) && Slug.safeParse(text).success;

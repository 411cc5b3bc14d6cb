import type { ParamMatcher } from '@sveltejs/kit';
import { RESERVED_SLUGS } from '@verbena/shared/manifests.js';
import { SANDBOX, Slug } from '@verbena/shared/platform/ids.js';

/** A program's slug, or its sandbox's, which the console alone shows: the names of our own routes are none. */
export const match: ParamMatcher = (text) =>
  !RESERVED_SLUGS.has(text) && Slug.safeParse(text.replace(SANDBOX, '')).success;

import type { ParamMatcher } from '@sveltejs/kit';
import { Slug } from '@verbena/shared/platform/ids.js';

/** The id of something that the program defines: a mission, for instance. */
export const match: ParamMatcher = (text) => Slug.safeParse(text).success;

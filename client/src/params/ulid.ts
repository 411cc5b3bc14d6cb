import type { ParamMatcher } from '@sveltejs/kit';
import { Ulid } from '@verbena/shared/platform/ids.js';

/** An id that we mint: of a member, for instance. */
export const match: ParamMatcher = (text) => Ulid.safeParse(text).success;

import type { ParamMatcher } from '@sveltejs/kit';

/** The number of an entry in its member's journal, from 1. */
export const match: ParamMatcher = (text) => /^[1-9]\d{0,15}$/.test(text);

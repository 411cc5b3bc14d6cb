import * as z from 'zod/mini';
import type { ErrorCode } from '#errors/catalogue.js';
import { InstantInput } from './given-time.js';

/**
 * `?asOf=`: what was known at that moment, by when the ledger decided it. What arrived later with an older date is not in it.
 * Left out: now.
 */
export const AsOf = z.optional(InstantInput);

/** Why a moment of the past is refused, for what concerns a program and for what concerns a member. */
export const AS_OF_ERRORS = ['asOf.beforeProgram', 'asOf.inFuture'] as const satisfies ErrorCode[];
export const AS_OF_MEMBER_ERRORS = [...AS_OF_ERRORS, 'asOf.beforeMember'] as const satisfies ErrorCode[];

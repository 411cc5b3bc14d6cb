import { getInvitation } from '@verbena/shared/referrals/referrals.routes.js';
import type { Invitation } from '@verbena/shared/referrals/referrals.routes.js';
import { ApiError } from '#lib/api/api-error.js';
import { call } from '#lib/api/call.js';

/**
 * What an invitation is; null where there is none of this code, also where the code cannot be one.
 * @throws ApiError for everything else that goes wrong
 */
export async function readInvitation(program: string, code: string): Promise<Invitation | null> {
  try {
    return await call(getInvitation, { params: { program, code: code.toUpperCase() } });
  } catch (failure) {
    const isGone = failure instanceof ApiError && (failure.status === 404 || failure.status === 400);
    if (!isGone || failure.code === 'program.notFound') throw failure;
    return null;
  }
}

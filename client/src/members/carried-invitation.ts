import { InvitationCode } from '@verbena/shared/referrals/referrals.routes.js';

const keyOf = (program: string) => `verbena:invitation:${program}`;

/** The invitation that somebody came with, kept for this tab, so that a detour over the log-in does not lose it. */
export const carriedInvitation = {
  read(program: string): string | undefined {
    try {
      return InvitationCode.safeParse(sessionStorage.getItem(keyOf(program))).data;
    } catch {
      return undefined;
    }
  },
  keep(program: string, code: string): void {
    try {
      sessionStorage.setItem(keyOf(program), code);
    } catch {
      // Storage may be refused; then the code travels in the address alone.
    }
  },
  forget(program: string): void {
    try {
      sessionStorage.removeItem(keyOf(program));
    } catch {
      // Nothing was kept either.
    }
  },
};

import { MailedCode } from '@verbena/shared/identity/accounts.routes.js';

/**
 * The code of a mail's link. It stands behind `#`, so that no server and no log between us and the reader ever sees it.
 * @returns undefined without one, null where it is incomplete
 */
export function mailedCode(hash: string): string | null | undefined {
  const code = new URLSearchParams(hash.replace(/^#/, '')).get('code');
  if (code === null) return undefined;
  return MailedCode.safeParse(code).data ?? null;
}

import type { PastEntry } from './past-entry.js';

/** Which account each was joined to, as far as a journal was read. Where none was, all entries are of one account. */
export class JoinedAccounts {
  private readonly joined = new Map<string, string>();

  /** From here on, what is of one account is of another. */
  join(from: string, to: string): void {
    this.joined.set(from, to);
  }

  /** The account that an entry is of by now. */
  accountOf({ member = '' }: PastEntry): string {
    let account = member;
    for (let next = this.joined.get(account); next !== undefined; next = this.joined.get(account)) account = next;
    return account;
  }
}

/** An account and those that were joined to it before a place of the journal. */
export function partsOf(entries: readonly PastEntry[], account: string, before: number): Set<string> {
  const parts = new Set([account]);
  for (const [place, { member = '', effects }] of entries.entries()) {
    if (place >= before) break;
    if (member !== account) continue;
    for (const effect of effects)
      if (effect.type === 'member.absorbed') for (const part of partsOf(entries, effect.from, place)) parts.add(part);
  }
  return parts;
}

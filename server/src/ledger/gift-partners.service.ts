import { Injectable } from '@nestjs/common';
import type { Effect } from '@verbena/shared/ledger/effect.js';
import type { EntryRecorded } from '@verbena/shared/ledger/entry-recorded.js';
import { MembersService } from '#members/members.service.js';
import type { Scope } from '#platform/mongo/scope.js';

/** The other member of a gift; null of an entry that is none. */
export function partnerOf({ effects }: { readonly effects: readonly Effect[] }): string | null {
  for (const effect of effects) {
    if (effect.type === 'transfer.received') return effect.from;
    if (effect.type === 'transfer.sent') return effect.to;
  }
  return null;
}

/** Says of whom a gift came, and to whom it went, by what that member shows of itself when it is read (C7, A3). */
@Injectable()
export class GiftPartners {
  constructor(private readonly members: MembersService) {}

  /** The entries with the aliases of their gifts; all others as they are. */
  async name<E extends Pick<EntryRecorded, 'cause' | 'effects'>>(scope: Scope, entries: readonly E[]): Promise<E[]> {
    const partners = new Set(entries.flatMap((entry) => partnerOf(entry) ?? []));
    if (partners.size === 0) return [...entries];
    const aliases = await this.members.shownAliases(scope, [...partners]);
    return entries.map((entry) => {
      const partner = partnerOf(entry);
      return partner === null ? entry : { ...entry, cause: { ...entry.cause, partner: aliases.get(partner) ?? null } };
    });
  }
}

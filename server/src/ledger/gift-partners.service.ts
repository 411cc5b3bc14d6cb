import { Injectable } from '@nestjs/common';
import type { Cause } from '@verbena/shared/ledger/entry-recorded.js';
import { MembersService } from '#members/members.service.js';
import type { Scope } from '#platform/mongo/scope.js';
import type { JournalEntry } from './journal-entry.js';

/** The other member of a gift, also of one that was refused, or of an invitation; null of an entry that is neither. */
export function partnerOf({ activity: { type, source, attributes } }: JournalEntry): string | null {
  const partner =
    type === 'transfer.received'
      ? attributes['from']
      : type === 'transfer.sent'
        ? attributes['to']
        : source === 'cause' && 'role' in attributes
          ? attributes['other']
          : null;
  return typeof partner === 'string' ? partner : null;
}

/** Says of whom a gift or an invitation came, and to whom it went, by what that member shows of itself when it is read (C7, A3). */
@Injectable()
export class GiftPartners {
  constructor(private readonly members: MembersService) {}

  /** The entries as they are shown, with the aliases of their partners. */
  async name<E extends { readonly cause: Cause }>(
    scope: Scope,
    entries: readonly JournalEntry[],
    show: (entry: JournalEntry) => E,
  ): Promise<E[]> {
    const partners = new Set(entries.flatMap((entry) => partnerOf(entry) ?? []));
    if (partners.size === 0) return entries.map(show);
    const aliases = await this.members.shownAliases(scope, [...partners]);
    return entries.map((entry) => {
      const [shown, partner] = [show(entry), partnerOf(entry)];
      return partner === null ? shown : { ...shown, cause: { ...shown.cause, partner: aliases.get(partner) ?? null } };
    });
  }
}

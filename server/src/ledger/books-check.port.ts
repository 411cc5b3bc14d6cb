import { DiscoveryService } from '@nestjs/core';
import type { Scope } from '#platform/mongo/scope.js';
import type { JournalEntry } from './journal-entry.js';
import type { Finding } from './verify-member.js';

export type { JournalEntry } from './journal-entry.js';
export type { Finding } from './verify-member.js';

/** Reads along while a member's journal is verified, entry after entry. */
export interface JournalReader {
  take(entry: JournalEntry): void;
}

/** One view, for some members of a program: hears their whole journals, then says what of the view is not what they give. */
export interface PageCheck {
  of(member: string, shard: number): JournalReader;
  finish(): Promise<readonly Finding[]>;
}

/** A view of the ledger that the nightly verification compares with the journal. */
export interface BooksCheck {
  readonly name: string;
  begin(scope: Scope): Promise<PageCheck>;
  /** What belongs to no member: frozen archives and the like; once a program. */
  finishProgram(scope: Scope): Promise<readonly Finding[]>;
}

/** Marks a check; it is found at boot. */
export const ChecksBooks = DiscoveryService.createDecorator();

import { Injectable } from '@nestjs/common';
import { MembersService } from '#members/members.service.js';
import { ExpiringCache } from '#platform/cache/expiring-cache.js';
import type { ForumReader } from './forum-access.service.js';
import { type Signature, Signatures } from './signatures.js';

/** An alias that was changed is the new one everywhere within this time. */
const BELIEVED_MS = 5_000;
const REMEMBERED_MAX = 50_000;

/** How those who write sign: remembered for a moment, since the same people stand on every page. */
@Injectable()
export class Authors {
  private readonly known = new ExpiringCache<Signature | undefined>(BELIEVED_MS, REMEMBERED_MAX);

  constructor(private readonly members: MembersService) {}

  /** All that are not remembered are read at once. */
  async signaturesFor({ scope, member }: ForumReader, authors: readonly string[]): Promise<Signatures> {
    const wanted: string[] = [];
    let read: Promise<ReadonlyMap<string, Signature>> | null = null;
    // Asked only after the loop has collected who is wanted.
    const readAll = () => (read ??= Promise.resolve().then(() => this.members.signaturesOf(scope, wanted)));
    const found = [...new Set(authors)].map(async (author) => {
      const signature = await this.known.get(`${scope.program}|${author}`, async () => {
        wanted.push(author);
        return (await readAll()).get(author);
      });
      return signature === undefined ? [] : [[author, signature] as const];
    });
    return new Signatures(new Map((await Promise.all(found)).flat()), member);
  }
}

import { Inject, Injectable } from '@nestjs/common';
import type { EntryProof, Root } from '@verbena/shared/ledger/roots.routes.js';
import { MembersService } from '#members/members.service.js';
import { Clock } from '#platform/clock/clock.js';
import { Config } from '#platform/config/config.js';
import { loadFormerRootKeys, loadSecrets } from '#platform/config/secrets.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { Scope } from '#platform/mongo/scope.js';
import type { JournalEntry } from './journal-entry.js';
import { LedgerRepository } from './ledger.repository.js';
import { type RootKey, rootHash, rootKeyOf, signRoot } from './root.js';
import { RootsRepository } from './roots.repository.js';
import { groupDigest } from './seal-group.js';
import type { Link } from './verify-lane.js';
import { namesOthers } from './without-others.js';

export { checkProof, type ProofFlaw } from './check-proof.js';

const GROUPS_PER_READ = 256;
const ROOTS_PER_READ = 64;

/** Signs where the lanes' chains stand, once a day (UTC), and proves entries by it. */
@Injectable()
export class RootsService {
  private readonly key: RootKey;
  /** The public keys that signatures may come from: the present one and those before it. */
  readonly trusted: ReadonlySet<string>;

  constructor(
    private readonly roots: RootsRepository,
    private readonly journal: LedgerRepository,
    private readonly members: MembersService,
    private readonly clock: Clock,
    @Inject(Config) private readonly config: Config,
  ) {
    this.key = rootKeyOf(loadSecrets(config.dataDir).rootKey);
    this.trusted = new Set([this.key.public, ...loadFormerRootKeys(config.dataDir)]);
  }

  /** The public half of the key that signs now. */
  get publicKey(): string {
    return this.key.public;
  }

  async list(before: number | null, limit: number): Promise<{ items: Root[]; next?: number; key: string }> {
    const found = await this.roots.list(before, limit + 1);
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return {
      items,
      key: this.key.public,
      ...(found.length > limit && last !== undefined ? { next: last.number } : {}),
    };
  }

  /**
   * Signs the root of today where there is none yet and anything was ever committed; days on which nobody did stay without,
   * and what happened on them is in the next. Twice at once makes one. Answers the newest, null before the first.
   */
  async make(): Promise<Root | null> {
    const at = new Date(this.clock.now()).toISOString();
    const day = at.slice(0, 10);
    const last = await this.roots.findLast();
    if (last !== null && last.day >= day) return last;
    const lanes = (await this.journal.listLanes()).map(({ _id: lane, q, head }) => ({ lane, q, head }));
    if (lanes.every(({ q }) => q === 0)) return last;
    const previous = last === null ? '' : rootHash(last);
    const number = (last?.number ?? 0) + 1;
    await this.roots.add(signRoot({ day, number, at, previous, laneCount: this.config.lanes, lanes }, this.key));
    return this.roots.findLast();
  }

  /**
   * Refuses with `entry.notFound`, `proof.namesOthers` for whoever is not staff, `proof.tooOld` for entries without a seal,
   * `proof.notYet` before the next root.
   */
  async prove(scope: Scope, ref: string, seq: string, isStaff: (member: string) => boolean): Promise<EntryProof> {
    const member = await this.members.findJournal(scope, ref);
    const wanted = /^\d{1,15}$/.test(seq) ? Number(seq) : 0;
    const entry = await this.journal.findEntryBySeq(scope, member._id, wanted);
    if (entry === null) throw new Refusal('entry.notFound');
    // As it is stored, so nothing can be left out of it.
    if (!isStaff(member._id) && namesOthers(entry)) throw new Refusal('proof.namesOthers');
    if (entry.seal === undefined) throw new Refusal('proof.tooOld');
    const before = wanted === 1 ? null : await this.journal.findEntryBySeq(scope, member._id, wanted - 1);
    const root = await this.rootOver(entry);
    const through = root.lanes.find(({ lane }) => lane === entry.lane)?.q ?? entry.q;
    const own = await this.sealsOf(entry.lane, entry.q);
    const way: string[] = [];
    for (let q = entry.q; q < through; q += GROUPS_PER_READ)
      way.push(...digestsOf(await this.journal.readLinks(entry.lane, q, Math.min(q + GROUPS_PER_READ, through))));
    return {
      format: 'verbena.proof/1',
      entry: { ...entry },
      previous: before?.hash ?? '',
      group: { link: own[0]?.link ?? '', seals: own.map(({ seal }) => seal ?? '') },
      way,
      root,
    };
  }

  private async sealsOf(lane: string, q: number): Promise<Link[]> {
    return inOrder(await this.journal.readLinks(lane, q - 1, q));
  }

  private async rootOver({ lane, q, at }: JournalEntry): Promise<Root> {
    // The day's own root may be from before the entry; clocks of nodes differ by less than a day.
    for (let day = new Date(Date.parse(at) - 86_400_000).toISOString().slice(0, 10); ;) {
      const page = await this.roots.listFrom(day, ROOTS_PER_READ);
      const found = page.find((root) => root.lanes.some((one) => one.lane === lane && one.q >= q));
      if (found !== undefined) return found;
      const last = page.at(-1);
      if (page.length < ROOTS_PER_READ || last === undefined) throw new Refusal('proof.notYet');
      day = last.day;
    }
  }
}

function inOrder(links: readonly Link[]): Link[] {
  return links.toSorted((a, b) => (a.place ?? 0) - (b.place ?? 0));
}

/** One digest for each group of these links, in order of `q`. */
function digestsOf(links: readonly Link[]): string[] {
  const groups = new Map<number, Link[]>();
  for (const link of links) groups.set(link.q, [...(groups.get(link.q) ?? []), link]);
  return [...groups].map(([, group]) => groupDigest(inOrder(group).map(({ seal }) => seal ?? '')));
}

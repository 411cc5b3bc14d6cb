import { Injectable } from '@nestjs/common';
import { type CategoryNeeds, type CategoryTile, COUNTED_MAX } from '@verbena/shared/forums/categories.routes.js';
import { RIGHTS } from '@verbena/shared/forums/category.js';
import { testsOf } from '@verbena/shared/segments/audience.js';
import { AudiencesService } from '#segments/audiences.service.js';
import { Authors } from './authors.service.js';
import { ForumAccess, type ForumReader, type OpenCategory } from './forum-access.service.js';
import { ForumMarksRepository, markId } from './forum-marks.repository.js';
import type { ThreadDocument } from './forums.schema.js';
import { ReadsService } from './reads.service.js';
import type { Signatures } from './signatures.js';
import { slugOfTitle } from './slug-of-title.js';
import { ThreadPages } from './thread-pages.service.js';

/** What a reader finds in one category itself. */
interface Contents {
  readonly count: number;
  /** Where somebody wrote last, the latest first. */
  readonly latest: readonly ThreadDocument[];
}

const NOTHING: Contents = { count: 0, latest: [] };
/** So many of the latest threads say whether there is something unread. */
const LATEST = 20;

/** Categories as tiles: what stands on them is counted over what this reader may read, never over what is there. */
@Injectable()
export class ForumTiles {
  constructor(
    private readonly access: ForumAccess,
    private readonly pages: ThreadPages,
    private readonly reads: ReadsService,
    private readonly authors: Authors,
    private readonly audiences: AudiencesService,
    private readonly marks: ForumMarksRepository,
  ) {}

  /** A tile for each category that the reader sees, in their order. */
  async tilesOf(reader: ForumReader): Promise<CategoryTile[]> {
    return this.build(reader, await this.access.seenBy(reader));
  }

  /** The tile of one category; its counts go over those below it, too. */
  async tileOf(reader: ForumReader, open: OpenCategory): Promise<CategoryTile> {
    const below = (await this.access.seenBy(reader)).filter(({ category }) => category.parent === open.category._id);
    const [tile] = await this.build(reader, [open, ...below]);
    if (tile === undefined) throw new Error('A category has no tile.');
    return tile;
  }

  private async build(reader: ForumReader, seen: readonly OpenCategory[]): Promise<CategoryTile[]> {
    const found = await Promise.all(seen.map((open) => this.contentsOf(reader, open)));
    const unread = await this.reads.anyUnread(
      reader,
      found.map(({ latest }) => latest),
    );
    const contents = new Map(
      seen.map(({ category }, at) => [category._id, { ...(found[at] ?? NOTHING), hasUnread: unread[at] === true }]),
    );
    const united = seen.map(({ category: { _id } }) =>
      seen.filter(({ category }) => category._id === _id || category.parent === _id),
    );
    const lasts = united.map((group) =>
      group
        .map(({ category }) => contents.get(category._id)?.latest[0] ?? null)
        .reduce((latest, one) => ((one?.last.atMs ?? 0) > (latest?.last.atMs ?? 0) ? one : latest), null),
    );
    const authors = lasts.flatMap((thread) => (thread === null ? [] : [thread.last.author]));
    const signatures = await this.authors.signaturesFor(reader, authors);
    const ids = seen.map(({ category }) => category._id);
    const { member } = reader;
    const chosen = member === null ? null : await this.marks.chosen(reader.scope, [member], ids);
    return seen.map((open, at) => {
      const group = (united[at] ?? []).flatMap(({ category }) => contents.get(category._id) ?? []);
      const count = group.reduce((sum, one) => sum + one.count, 0);
      const hasUnread = group.some((one) => one.hasUnread);
      const follow = chosen?.get(markId(member ?? '', open.category._id)) ?? 'normal';
      return { ...this.tile(reader, open, count, lasts[at] ?? null, signatures), hasUnread, follow };
    });
  }

  private tile(
    reader: ForumReader,
    { category, rights }: OpenCategory,
    count: number,
    last: ThreadDocument | null,
    signatures: Signatures,
  ): Omit<CategoryTile, 'hasUnread' | 'follow'> {
    const { _id: id, slug, name, description, icon, color, parent, order, ownThreadsOnly } = category;
    return {
      ...{ id, slug, name, description, icon, color, parent, order, ownThreadsOnly },
      can: RIGHTS.filter((right) => rights.has(right)),
      ...(rights.has('read') ? {} : { needs: this.needsOf(reader, category.rights.read) }),
      threads: { count: Math.min(count, COUNTED_MAX), more: count > COUNTED_MAX },
      last:
        last === null
          ? null
          : {
              thread: last._id,
              title: last.title,
              slug: slugOfTitle(last.title),
              author: signatures.of(last.last.author),
              at: new Date(last.last.atMs).toISOString(),
            },
    };
  }

  private async contentsOf(reader: ForumReader, open: OpenCategory): Promise<Contents> {
    if (!open.rights.has('read')) return NOTHING;
    const count = await this.pages.count(reader, open, COUNTED_MAX + 1);
    // Not for more than there are: a walk back in time would go on to the oldest.
    const { items } = await this.pages.page(reader, open, { order: 'active', limit: Math.min(LATEST, count) });
    return { count, latest: items.slice(0, LATEST) };
  }

  /** What would open a category to whoever sees it: of its tests those that are asked for and not met, where a member can do something for it. */
  private needsOf({ subject }: ForumReader, audience: OpenCategory['category']['rights']['read']): CategoryNeeds {
    if (audience === null) return {};
    const unmet = testsOf(audience).filter(({ test, path }) => {
      return !path.includes('not') && !this.audiences.isIn(test, subject);
    });
    const tiers = unmet.flatMap(({ test }) => {
      if (!('tier' in test)) return [];
      const id = 'is' in test.tier ? test.tier.is : test.tier.atLeast;
      const missing = this.audiences.pointsTo(subject, id);
      return missing === null ? [] : [{ id, missing }];
    });
    const badges = unmet.flatMap(({ test }) => ('badge' in test ? [test.badge] : []));
    const [tier] = tiers.toSorted((one, other) => one.missing - other.missing);
    return { ...(tier === undefined ? {} : { tier }), ...(badges.length === 0 ? {} : { badges }) };
  }
}

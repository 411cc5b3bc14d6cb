import { Injectable } from '@nestjs/common';
import type { Right } from '@verbena/shared/forums/category.js';
import type { Role } from '@verbena/shared/identity/role.js';
import { ExpiringCache } from '#platform/cache/expiring-cache.js';
import { Refusal } from '#platform/errors/refusal.js';
import { type Scope, scopeOf } from '#platform/mongo/scope.js';
import type { StreamSubject } from '#realtime/stream-source.port.js';
import { AudiencesService, type KnownSubject } from '#segments/audiences.service.js';
import { CategoriesRepository } from './categories.repository.js';
import { isReadByAll, rightsIn } from './category-rights.js';
import type { CategoryDocument } from './forums.schema.js';

/** Who stands before the forum. */
export interface ForumReader {
  readonly scope: Scope;
  /** The member that the login is; null for staff who are none. */
  readonly member: string | null;
  readonly role: Role;
  readonly subject: KnownSubject;
}

/** A category with what a reader may do there. */
export interface OpenCategory {
  readonly category: CategoryDocument;
  readonly rights: ReadonlySet<Right>;
}

/** What another node changed counts here within this time. */
const BELIEVED_MS = 1_000;
const PROGRAMS_MAX = 2_000;

/**
 * The one place that says who may do what in the forum. Everything that shows or changes something of it asks here first, and whatever a
 * reader may not see is answered as if it were not there.
 */
@Injectable()
export class ForumAccess {
  private readonly known = new ExpiringCache<readonly CategoryDocument[]>(BELIEVED_MS, PROGRAMS_MAX);

  constructor(
    private readonly repository: CategoriesRepository,
    private readonly audiences: AudiencesService,
  ) {}

  /** @param role null: a command of this machine, which may what an owner may */
  async readerOf(scope: Scope, member: string | null, role: Role | null): Promise<ForumReader> {
    const subject = await this.audiences.subjectOf(scope, member, role ?? 'owner');
    return { scope, member, role: role ?? 'owner', subject };
  }

  /** The categories that a reader sees, in their order. */
  async seenBy(reader: ForumReader): Promise<OpenCategory[]> {
    const all = await this.categoriesOf(reader.scope);
    return all.flatMap((category) => {
      const rights = this.rightsOf(reader, category, all);
      return rights.has('see') ? [{ category, rights }] : [];
    });
  }

  /** A category that a reader has a right in, by its id; refuses with `refused` as if it were not there, so that nobody learns that it is. */
  async require(
    reader: ForumReader,
    id: string,
    right: 'see' | 'read',
    refused: 'forumCategory.notFound' | 'thread.notFound' | 'post.notFound',
  ): Promise<OpenCategory> {
    const open = await this.find(reader, id, right);
    if (open === null) throw new Refusal(refused);
    return open;
  }

  /** The same; null where the reader has not that right. */
  async find(reader: ForumReader, id: string, right: 'see' | 'read'): Promise<OpenCategory | null> {
    const all = await this.categoriesOf(reader.scope);
    const category = all.find(({ _id, slug }) => _id === id || (right === 'see' && slug === id));
    if (category === undefined) return null;
    const rights = this.rightsOf(reader, category, all);
    return rights.has(right) ? { category, rights } : null;
  }

  /**
   * What somebody with a socket may do in a category, by its id; null where it is not there. Asked every other second of everybody who
   * follows something, so of what everybody may read nothing is read about them.
   *
   * @param isCloser whether more than reading has to be known
   */
  async openTo({ program, member, role }: StreamSubject, id: string, isCloser: boolean): Promise<OpenCategory | null> {
    const scope = scopeOf(program);
    const all = await this.categoriesOf(scope);
    const category = all.find(({ _id }) => _id === id);
    if (category === undefined) return null;
    const parent = all.find(({ _id }) => _id === category.parent) ?? null;
    if (!isCloser && !category.ownThreadsOnly && isReadByAll(category, parent))
      return { category, rights: new Set(['see', 'read']) };
    const { subject } = await this.readerOf(scope, member, role);
    return { category, rights: this.rightsOf({ role, subject }, category, all) };
  }

  async categoriesOf(scope: Scope): Promise<readonly CategoryDocument[]> {
    return this.known.get(scope.program, () => this.repository.list(scope));
  }

  /** Whoever asks from now on reads the categories anew. */
  forget({ program }: Scope): void {
    this.known.forget(program);
  }

  private rightsOf(
    { role, subject }: Pick<ForumReader, 'role' | 'subject'>,
    category: CategoryDocument,
    all: readonly CategoryDocument[],
  ): ReadonlySet<Right> {
    const parent = all.find(({ _id }) => _id === category.parent) ?? null;
    return rightsIn(category, parent, role, (audience) => this.audiences.isIn(audience, subject));
  }
}

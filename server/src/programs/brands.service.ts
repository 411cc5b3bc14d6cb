import { Injectable } from '@nestjs/common';
import type { Brand, BrandDraft, OutletChange, Shop, ShopDraft } from '@verbena/shared/programs/brands.routes.js';
import { ulid } from 'ulid';
import { AuditService } from '#audit/audit.service.js';
import type { KeySender } from '#identity/program-directory.port.js';
import { Clock } from '#platform/clock/clock.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { Actor } from '#platform/http/principal.js';
import { isDuplicateKey, Mongo, type Session } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import { BrandsRepository } from './brands.repository.js';
import type { OutletDocument, OutletKind } from './programs.schema.js';

/** Brands and shops of a program: for whom its keys speak, and by what name what they sent is told. */
@Injectable()
export class BrandsService {
  constructor(
    private readonly repository: BrandsRepository,
    private readonly audit: AuditService,
    private readonly mongo: Mongo,
    private readonly clock: Clock,
  ) {}

  async listBrands(scope: Scope): Promise<Brand[]> {
    return (await this.repository.list(scope, 'brand')).map(brandOf);
  }

  async listShops(scope: Scope): Promise<Shop[]> {
    return (await this.repository.list(scope, 'shop')).map(shopOf);
  }

  /** Refuses `brand.slugTaken`. */
  async createBrand(scope: Scope, { externalIds = 'program', ...draft }: BrandDraft, actor: Actor): Promise<Brand> {
    return brandOf(await this.create(scope, 'brand', { ...draft, externalIds }, actor));
  }

  /** Refuses `shop.slugTaken`, and `brand.notFound` or `brand.archived` for its brand. */
  async createShop(scope: Scope, { brand = null, ...draft }: ShopDraft, actor: Actor): Promise<Shop> {
    return shopOf(await this.create(scope, 'shop', { ...draft, brand }, actor));
  }

  async changeBrand(scope: Scope, id: string, change: OutletChange, actor: Actor): Promise<Brand> {
    return brandOf(await this.change(scope, 'brand', id, change, actor));
  }

  async changeShop(scope: Scope, id: string, change: OutletChange, actor: Actor): Promise<Shop> {
    return shopOf(await this.change(scope, 'shop', id, change, actor));
  }

  /** Whom keys of this program may speak for, by the source of what they send. A shop names its brand's members. */
  async senders(scope: Scope): Promise<ReadonlyMap<string, KeySender>> {
    const brands = await this.repository.list(scope, 'brand');
    const own = new Set(brands.flatMap(({ _id, externalIds }) => (externalIds === 'own' ? [_id] : [])));
    const shops = await this.repository.list(scope, 'shop');
    const senderOf = ({ name, archivedAt }: OutletDocument, brand: string | null | undefined): KeySender => ({
      name,
      isArchived: archivedAt !== null,
      namespace: brand != null && own.has(brand) ? brand : null,
    });
    return new Map([
      ...brands.map((one) => [`brand:${one._id}`, senderOf(one, one._id)] as const),
      ...shops.map((one) => [`shop:${one._id}`, senderOf(one, one.brand)] as const),
    ]);
  }

  private async create(
    scope: Scope,
    kind: OutletKind,
    draft: Pick<OutletDocument, 'slug' | 'name' | 'externalIds' | 'brand'>,
    actor: Actor,
  ): Promise<OutletDocument> {
    const nowMs = this.clock.now();
    const made = { _id: ulid(nowMs), program: scope.program, ...draft, createdAt: new Date(nowMs), archivedAt: null };
    try {
      await this.mongo.transact(async (session) => {
        if (draft.brand != null) await this.refuseUnusable(scope, draft.brand, session);
        await this.repository.insert(kind, made, session);
        await this.record(session, scope, actor, kind, 'created', null, made);
      });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      throw new Refusal(`${kind}.slugTaken`, {}, [{ path: ['slug'], code: 'invalid' }]);
    }
    return made;
  }

  private async refuseUnusable(scope: Scope, id: string, session: Session): Promise<void> {
    const brand = await this.repository.find(scope, 'brand', id, session);
    if (brand?.archivedAt === null) return;
    throw new Refusal(brand === null ? 'brand.notFound' : 'brand.archived', {}, [{ path: ['brand'], code: 'invalid' }]);
  }

  /** The same again changes and records nothing. */
  private async change(
    scope: Scope,
    kind: OutletKind,
    id: string,
    { name, archived }: OutletChange,
    actor: Actor,
  ): Promise<OutletDocument> {
    return this.mongo.transact(async (session) => {
      const before = await this.repository.find(scope, kind, id, session);
      if (before === null) throw new Refusal(`${kind}.notFound`);
      const wasArchived = before.archivedAt !== null;
      const isArchived = archived ?? wasArchived;
      const now = new Date(this.clock.now());
      const changed = {
        name: name ?? before.name,
        archivedAt: isArchived ? (before.archivedAt ?? now) : null,
      };
      const after = { ...before, ...changed };
      if (changed.name === before.name && isArchived === wasArchived) return before;
      await this.repository.change(scope, kind, id, changed, session);
      const what = isArchived === wasArchived ? 'changed' : isArchived ? 'archived' : 'restored';
      await this.record(session, scope, actor, kind, what, before, after);
      return after;
    });
  }

  private async record(
    session: Session,
    scope: Scope,
    actor: Actor,
    kind: OutletKind,
    what: 'created' | 'changed' | 'archived' | 'restored',
    before: OutletDocument | null,
    after: OutletDocument,
  ): Promise<void> {
    const view = kind === 'brand' ? brandOf : shopOf;
    await this.audit.record(session, scope, {
      actor,
      action: `${kind}.${what}`,
      subject: { kind, id: after._id },
      before: before === null ? null : view(before),
      after: view(after),
    });
  }
}

function commonOf({ _id, slug, name, createdAt, archivedAt }: OutletDocument) {
  return { id: _id, slug, name, createdAt: createdAt.toISOString(), archivedAt: archivedAt?.toISOString() ?? null };
}

function brandOf(outlet: OutletDocument): Brand {
  return { ...commonOf(outlet), externalIds: outlet.externalIds ?? 'program' };
}

function shopOf(outlet: OutletDocument): Shop {
  return { ...commonOf(outlet), brand: outlet.brand ?? null };
}

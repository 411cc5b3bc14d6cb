import * as z from 'zod/mini';
import { Slug, Ulid } from '#platform/ids.js';
import { route } from '#platform/route.js';
import { Instant } from '#platform/time.js';
import { typedName } from '#platform/typed-text.js';

/** Whose cards a brand's keys name: those of the whole program, or ids of its own, which no other source shares. Fixed for ever. */
export const ExternalIds = z.enum(['program', 'own']);
export type ExternalIds = z.infer<typeof ExternalIds>;

const common = {
  id: Ulid,
  slug: Slug,
  name: z.string(),
  createdAt: Instant,
  /** Since when no new key may speak for it; what it sent stays. */
  archivedAt: z.nullable(Instant),
};

/** A partner inside a program, for which API keys may speak. */
export const Brand = z.object({ ...common, externalIds: ExternalIds });
export type Brand = z.infer<typeof Brand>;

/** A place where people buy: of a brand, or of the program itself. */
export const Shop = z.object({ ...common, brand: z.nullable(Ulid) });
export type Shop = z.infer<typeof Shop>;

const draft = { slug: Slug, name: typedName(80) };
export const BrandDraft = z.strictObject({ ...draft, externalIds: z.optional(ExternalIds) });
export type BrandDraft = z.infer<typeof BrandDraft>;
export const ShopDraft = z.strictObject({ ...draft, brand: z.optional(z.nullable(Ulid)) });
export type ShopDraft = z.infer<typeof ShopDraft>;

/** What is left out stays as it is. An archived one can be taken into use again. */
export const OutletChange = z.strictObject({ name: z.optional(draft.name), archived: z.optional(z.boolean()) });
export type OutletChange = z.infer<typeof OutletChange>;

export const listBrands = route({
  method: 'GET',
  path: '/programs/:program/brands',
  summary: 'The brands of a program, archived ones too, by name',
  access: 'programs.write',
  response: z.object({ items: z.array(Brand) }),
  errors: ['program.notFound'],
});

export const createBrand = route({
  method: 'POST',
  path: '/programs/:program/brands',
  summary: 'Make a brand for which API keys may speak; `externalIds: own` gives it card numbers of its own',
  access: 'programs.write',
  body: BrandDraft,
  response: Brand,
  status: 201,
  errors: ['program.notFound', 'brand.slugTaken'],
});

export const changeBrand = route({
  method: 'PATCH',
  path: '/programs/:program/brands/:brand',
  summary: 'Rename a brand, or archive it: no new key may speak for it, and what it sent stays',
  access: 'programs.write',
  body: OutletChange,
  response: Brand,
  errors: ['program.notFound', 'brand.notFound'],
});

export const listShops = route({
  method: 'GET',
  path: '/programs/:program/shops',
  summary: 'The shops of a program, archived ones too, by name',
  access: 'programs.write',
  response: z.object({ items: z.array(Shop) }),
  errors: ['program.notFound'],
});

export const createShop = route({
  method: 'POST',
  path: '/programs/:program/shops',
  summary: 'Make a shop, of a brand or of the program itself, for which API keys may speak',
  access: 'programs.write',
  body: ShopDraft,
  response: Shop,
  status: 201,
  errors: ['program.notFound', 'shop.slugTaken', 'brand.notFound', 'brand.archived'],
});

export const changeShop = route({
  method: 'PATCH',
  path: '/programs/:program/shops/:shop',
  summary: 'Rename a shop, or archive it: no new key may speak for it, and what it sent stays',
  access: 'programs.write',
  body: OutletChange,
  response: Shop,
  errors: ['program.notFound', 'shop.notFound'],
});

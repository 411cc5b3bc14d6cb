import { createBrand, createShop, listBrands, listShops } from '@verbena/shared/programs/brands.routes.js';
import { BRAND, PLAZA, SHOP } from '@verbena/seeds/demo/plaza.js';
import type { ContractClient } from '#commands/contract-client.js';

/** A brand and a shop of it, for which a visitor may make a key; the demo's own key speaks for the program. */
export async function openOutlets(client: ContractClient): Promise<void> {
  const params = { program: PLAZA.slug };
  const [brands, shops] = [await client.call(listBrands, { params }), await client.call(listShops, { params })];
  const brand =
    brands.items.find(({ slug }) => slug === BRAND.slug) ?? (await client.call(createBrand, { params, body: BRAND }));
  if (!shops.items.some(({ slug }) => slug === SHOP.slug))
    await client.call(createShop, { params, body: { ...SHOP, brand: brand.id } });
}

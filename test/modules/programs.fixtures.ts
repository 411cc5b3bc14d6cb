import { createBrand, createShop } from '@verbena/shared/programs/brands.routes.js';
import { publishLegalTexts } from '@verbena/shared/programs/legal.routes.js';
import { getDefinitions, putDefinitions } from '@verbena/shared/programs/programs.routes.js';
import { changeDraft, createDraft } from '@verbena/shared/programs/versions.routes.js';
import { aKey, aProgram } from '#support/factories.js';
import { call } from '#support/http-call.js';
import { type DemoPlace, type ModuleFixtures, NOBODY } from '#support/module-fixtures.js';

type Place = Pick<DemoPlace, 'server' | 'slug'>;
const TERMS = '## Una cosa\n\n- Uno\n- [Dos](https://example.com)\n\n| A | B |\n|---|---|\n| 1 | 2 |';

export const fixtures: ModuleFixtures = {
  bodies: {
    'POST /programs': () => aProgram(),
    'PATCH /programs/:program': () => ({ enrolment: 'optIn', joining: 'invitation' }),
    'PUT /programs/:program/definitions': ({ definitions }) => ({ definitions }),
    'POST /programs/:program/versions/:version/revert': () => ({ correction: 'Un error de bulto' }),
    'POST /programs/:program/drafts': () => ({ name: aKey('borrador') }),
    'PUT /programs/:program/drafts/:draft': () => ({ edit: 1, name: 'Otro nombre' }),
    'POST /programs/:program/drafts/:draft/rebase': () => ({ edit: 1 }),
    'POST /programs/:program/drafts/:draft/review': () => ({ edit: 1, decision: 'request' }),
    'POST /programs/:program/drafts/:draft/publish': () => ({ edit: 1 }),
    'POST /programs/:program/legal': () => ({
      ...{ terms: { es: 'Unas' }, privacy: { es: 'Uno' }, ageMin: null, purposes: [] },
      ...{ mustAccept: true, expectedVersion: 0 },
    }),
    'POST /programs/:program/legal/preview': () => ({ markdown: 'Hola' }),
    'POST /programs/:program/brands': () => ({ slug: 'moda-sur', name: 'Moda Sur', externalIds: 'own' }),
    'PATCH /programs/:program/brands/:brand': () => ({ name: 'Moda Norte', archived: true }),
    'POST /programs/:program/shops': () => ({ slug: 'caja-1', name: 'Caja 1', brand: null }),
    'PATCH /programs/:program/shops/:shop': () => ({ name: 'Caja 2', archived: true }),
  },
  make: async ({ server, slug }) => {
    const params = { program: slug };
    const place = { slug: 'una', name: 'Una' };
    const brand = await call(server.local, createBrand, { params, body: place });
    const shop = await call(server.local, createShop, { params, body: place });
    await call(server.local, publishLegalTexts, {
      params,
      body: {
        ...{ terms: { es: TERMS }, privacy: { es: 'Lo que guardamos.' }, ageMin: 16, mustAccept: true },
        ...{ purposes: [{ id: 'ofertas', text: { es: 'Quiero ofertas', en: 'I want offers' } }], expectedVersion: 0 },
      },
    });
    const draft = await call(server.local, createDraft, { params, body: { name: 'Otoño' } });
    await publishDouble({ server, slug });
    // Nobody has so many versions.
    return { brand: brand.id, shop: shop.id, draft: draft.id, version: '900' };
  },
  pages: {
    '/': [{ who: 'nobody' }, { who: 'member' }],
    '/[program]/legal/[text]': [
      { who: 'nobody', at: { text: 'terms' } },
      { who: 'member', at: { text: 'privacy' }, tail: '?version=1' },
      { who: 'nobody', at: { text: 'terms' }, tail: '?version=9' },
      { who: 'nobody', at: { text: 'otra-cosa' } },
    ],
    '/console/[program]': [{ who: 'owner' }, { who: 'manager' }, { who: 'member' }],
    '/console/[program]/preview': [{ who: 'manager' }],
    '/console/[program]/legal': [{ who: 'owner' }, { who: 'manager' }],
    '/console/[program]/brands': [{ who: 'owner' }, { who: 'manager' }],
    '/console/[program]/drafts/[draft]': [
      { who: 'owner' },
      { who: 'manager', tail: '?show=edit' },
      { who: 'manager', tail: '?show=try' },
      { who: 'manager', tail: '?show=past' },
      { who: 'manager', at: { draft: NOBODY } },
    ],
    '/console/[program]/versions': [{ who: 'owner' }, { who: 'manager' }],
    '/console/[program]/versions/[version]': [
      { who: 'manager', at: { version: '1' } },
      { who: 'manager', at: { version: '99' } },
    ],
  },
  makeInDemo: async (demo) => {
    await publishDouble(demo);
    return { draft: await anotherEarning(demo), version: '1' };
  },
  screens: {
    '/': [{ name: 'choose-a-program', who: 'owner' }],
    '/[program]/legal/[text]': [{ name: 'legal-terms', who: 'visitor', at: { text: 'terms' } }],
    '/console/[program]': [
      { name: 'forbidden', who: 'lucia' },
      { name: 'console', who: 'owner' },
    ],
    '/console/[program]/preview': [{ name: 'console-preview', who: 'owner' }],
    '/console/[program]/legal': [{ name: 'console-legal', who: 'owner' }],
    '/console/[program]/brands': [{ name: 'console-brands', who: 'owner' }],
    '/console/[program]/versions': [{ name: 'console-versions', who: 'owner' }],
    '/console/[program]/versions/[version]': [{ name: 'console-version', who: 'owner' }],
    '/console/[program]/drafts/[draft]': [
      { name: 'console-draft', who: 'owner' },
      { name: 'console-draft-edit', who: 'owner', tail: '?show=edit' },
      { name: 'console-draft-try', who: 'owner', tail: '?show=try' },
      {
        ...{ name: 'console-draft-past', who: 'owner', tail: '?show=past' },
        prepare: async (page) => {
          await page
            .getByRole('button', { name: /^(?:Probar (?:con el pasado|otra vez)|Try (?:with the past|again))/ })
            .click();
          await page.locator('[data-figure="winners"]').waitFor({ timeout: 120_000 });
        },
      },
    ],
  },
};

/** Another version of the same sense, so that the first is over and can be undone. */
async function publishDouble({ server, slug }: Place): Promise<void> {
  const params = { program: slug };
  const { definitions } = await call(server.local, getDefinitions, { params });
  for (const { earn } of definitions.rules)
    for (const { amount } of earn)
      amount.product = amount.product.map((factor) =>
        'ratio' in factor ? { ratio: [factor.ratio[0] * 2, factor.ratio[1] * 2] } : factor,
      );
  await call(server.local, putDefinitions, { params, body: { definitions } });
}

/** A draft in which purchases give double, coupons less. */
async function anotherEarning({ server, slug }: Place): Promise<string> {
  const params = { program: slug };
  const { id, edit, definitions } = await call(server.local, createDraft, { params, body: { name: 'Otoño' } });
  const earningOf = (rule: string) => definitions.rules.find((one) => one.id === rule)?.earn[0]?.amount;
  const [purchase, coupon] = [earningOf('compra'), earningOf('cupon')];
  if (purchase !== undefined) purchase.product[1] = { ratio: [2, 100] };
  if (coupon !== undefined) coupon.product = [{ ratio: [10, 1] }];
  await call(server.local, changeDraft, { params: { ...params, draft: id }, body: { edit, definitions } });
  return id;
}

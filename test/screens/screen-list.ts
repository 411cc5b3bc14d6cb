import { listMembers } from '@verbena/shared/members/members.routes.js';
import { listEntries } from '@verbena/shared/ledger/ledger.routes.js';
import { getDefinitions, putDefinitions } from '@verbena/shared/programs/programs.routes.js';
import { changeDraft, createDraft } from '@verbena/shared/programs/versions.routes.js';
import { getReferrals } from '@verbena/shared/referrals/referrals.routes.js';
import { getUndoPlan, planUndo } from '@verbena/shared/undo/undo-plans.routes.js';
import { FRIENDS, LUCIA, PLAZA } from '@verbena/seeds/demo/plaza.js';
import type { Page } from 'playwright-core';
import { eventually } from '#support/eventually.js';
import { call } from '#support/http-call.js';
import type { TestServer } from '#support/test-server.js';
import type { DemoPeople, Who } from './demo-people.js';

/** One picture: the page of `route` at `path`, seen by somebody. `prepare` opens what is to be seen over it. */
export interface Screen {
  /** The picture's file begins with it. */
  readonly name: string;
  /** The page as the routes folder names it. */
  readonly route: string;
  readonly who: Who;
  readonly path: string;
  readonly prepare?: (page: Page) => Promise<void>;
}

const home = `/${PLAZA.slug}`;
const desk = `/console/${PLAZA.slug}`;

/** Opens the first dialog behind a button whose name ends or begins like this, in either language. */
const opening = (name: RegExp) => async (page: Page) => {
  await page.getByRole('button', { name }).locator('visible=true').first().click();
  await page.getByRole('dialog').first().waitFor();
};

/** Every page of the client over the demo, in each state worth a picture. */
export async function listScreens(server: TestServer, people: DemoPeople): Promise<Screen[]> {
  const lucia = { url: server.url, bearer: await people.tokenOf('lucia') };
  const me = { program: PLAZA.slug, member: 'me' };
  const { code } = await call(lucia, getReferrals, { params: me });
  const { items: entries } = await call(lucia, listEntries, { params: me, query: { only: 'points', limit: '1' } });
  const seq = entries[0]?.seq ?? 1;
  const found = await call(server.local, listMembers, {
    params: { program: PLAZA.slug },
    query: { search: LUCIA.externalId },
  });
  const member = found.items[0]?.id ?? '';
  const plan = await anUndoPlan(server);
  const draft = `${desk}/drafts/${await aDraft(server)}`;
  const friend = encodeURIComponent(FRIENDS[0]?.alias ?? '');
  return [
    { name: 'choose-a-program', route: '/', who: 'owner', path: '/' },
    { name: 'public-page', route: '/[program]', who: 'visitor', path: home },
    { name: 'invitation', route: '/[program]/i/[code]', who: 'visitor', path: `${home}/i/${code}` },
    { name: 'invitation-unknown', route: '/[program]/i/[code]', who: 'visitor', path: `${home}/i/N0EX1STE` },
    { name: 'join', route: '/[program]/join', who: 'visitor', path: `${home}/join` },
    { name: 'legal-terms', route: '/[program]/legal/[text]', who: 'visitor', path: `${home}/legal/terms` },
    { name: 'login', route: '/[program]/login', who: 'visitor', path: `${home}/login` },
    { name: 'reset', route: '/[program]/reset', who: 'visitor', path: `${home}/reset` },
    { name: 'reset-choose', route: '/[program]/reset', who: 'visitor', path: `${home}/reset#code=${'x'.repeat(43)}` },
    { name: 'verify-used', route: '/[program]/verify', who: 'visitor', path: `${home}/verify#code=${'x'.repeat(43)}` },
    { name: 'home', route: '/[program]', who: 'lucia', path: home },
    { name: 'home-first-day', route: '/[program]', who: 'marcos', path: home },
    {
      name: 'bell',
      route: '/[program]',
      who: 'lucia',
      path: home,
      prepare: opening(/^(?:Avisos|Notices|Notifications)/),
    },
    {
      name: 'member-code',
      route: '/[program]',
      who: 'lucia',
      path: home,
      prepare: opening(/^(?:Tu código de socio|Your member code)/),
    },
    { name: 'missions', route: '/[program]/missions', who: 'lucia', path: `${home}/missions` },
    { name: 'missions-completed', route: '/[program]/missions', who: 'lucia', path: `${home}/missions?show=completed` },
    {
      name: 'mission-count',
      route: '/[program]/missions/[mission]',
      who: 'lucia',
      path: `${home}/missions/diez-visitas`,
    },
    {
      name: 'mission-distinct',
      route: '/[program]/missions/[mission]',
      who: 'lucia',
      path: `${home}/missions/ocho-secciones`,
    },
    {
      name: 'mission-streak',
      route: '/[program]/missions/[mission]',
      who: 'lucia',
      path: `${home}/missions/racha-semanal`,
    },
    { name: 'wallet', route: '/[program]/wallet', who: 'lucia', path: `${home}/wallet` },
    { name: 'wallet-empty', route: '/[program]/wallet', who: 'marcos', path: `${home}/wallet` },
    { name: 'receipt', route: '/[program]/wallet/[entry]', who: 'lucia', path: `${home}/wallet/${seq}` },
    { name: 'badges', route: '/[program]/badges', who: 'lucia', path: `${home}/badges` },
    { name: 'tiers', route: '/[program]/tiers', who: 'lucia', path: `${home}/tiers` },
    { name: 'rules', route: '/[program]/rules', who: 'lucia', path: `${home}/rules` },
    { name: 'boards', route: '/[program]/boards', who: 'lucia', path: `${home}/boards` },
    { name: 'board', route: '/[program]/boards/[board]', who: 'lucia', path: `${home}/boards/mes` },
    { name: 'board-ever', route: '/[program]/boards/[board]', who: 'lucia', path: `${home}/boards/siempre` },
    { name: 'board-no-points', route: '/[program]/boards/[board]', who: 'marcos', path: `${home}/boards/semana` },
    { name: 'invite', route: '/[program]/invite', who: 'lucia', path: `${home}/invite` },
    { name: 'invite-nobody', route: '/[program]/invite', who: 'marcos', path: `${home}/invite` },
    { name: 'my-account', route: '/[program]/me', who: 'lucia', path: `${home}/me` },
    { name: 'card-of-another', route: '/[program]/members/[alias]', who: 'lucia', path: `${home}/members/${friend}` },
    { name: 'card-unknown', route: '/[program]/members/[alias]', who: 'lucia', path: `${home}/members/Nadie` },
    { name: 'not-found', route: '/[program]', who: 'lucia', path: `${home}/no-hay-nada` },
    { name: 'forbidden', route: '/console/[program]', who: 'lucia', path: desk },
    { name: 'console', route: '/console/[program]', who: 'owner', path: desk },
    { name: 'console-members', route: '/console/[program]/members', who: 'owner', path: `${desk}/members` },
    {
      name: 'console-member',
      route: '/console/[program]/members/[member]',
      who: 'owner',
      path: `${desk}/members/${member}`,
    },
    {
      name: 'console-member-cards',
      route: '/console/[program]/members/[member]',
      who: 'owner',
      path: `${desk}/members/${member}`,
      prepare: opening(/^(?:Tarjetas|Cards)$/),
    },
    {
      name: 'console-member-missions',
      route: '/console/[program]/members/[member]',
      who: 'owner',
      path: `${desk}/members/${member}?show=missions`,
    },
    {
      name: 'console-member-badges',
      route: '/console/[program]/members/[member]',
      who: 'owner',
      path: `${desk}/members/${member}?show=badges`,
    },
    { name: 'console-preview', route: '/console/[program]/preview', who: 'owner', path: `${desk}/preview` },
    { name: 'console-approvals', route: '/console/[program]/approvals', who: 'owner', path: `${desk}/approvals` },
    {
      name: 'console-receipt',
      route: '/console/[program]/members/[member]/entries/[entry]',
      who: 'owner',
      path: `${desk}/members/${member}/entries/${seq}`,
    },
    {
      name: 'console-record',
      route: '/console/[program]/activities',
      who: 'owner',
      path: `${desk}/activities?member=${member}`,
    },
    { name: 'console-legal', route: '/console/[program]/legal', who: 'owner', path: `${desk}/legal` },
    { name: 'console-mail', route: '/console/[program]/mail', who: 'owner', path: `${desk}/mail` },
    { name: 'console-health', route: '/console/[program]/health', who: 'owner', path: `${desk}/health` },
    { name: 'console-brands', route: '/console/[program]/brands', who: 'owner', path: `${desk}/brands` },
    { name: 'console-keys', route: '/console/[program]/keys', who: 'owner', path: `${desk}/keys` },
    { name: 'console-new-key', route: '/console/[program]/keys/new', who: 'owner', path: `${desk}/keys/new` },
    { name: 'console-versions', route: '/console/[program]/versions', who: 'owner', path: `${desk}/versions` },
    {
      name: 'console-version',
      route: '/console/[program]/versions/[version]',
      who: 'owner',
      path: `${desk}/versions/1`,
    },
    { name: 'console-draft', route: '/console/[program]/drafts/[draft]', who: 'owner', path: draft },
    {
      name: 'console-draft-edit',
      route: '/console/[program]/drafts/[draft]',
      who: 'owner',
      path: `${draft}?show=edit`,
    },
    {
      name: 'console-draft-try',
      route: '/console/[program]/drafts/[draft]',
      who: 'owner',
      path: `${draft}?show=try`,
    },
    {
      name: 'console-draft-past',
      route: '/console/[program]/drafts/[draft]',
      who: 'owner',
      path: `${draft}?show=past`,
      prepare: async (page) => {
        await page.getByRole('button', { name: /^(?:Probar con el pasado|Try with the past)/ }).click();
        await page.locator('[data-figure="winners"]').waitFor({ timeout: 120_000 });
      },
    },
    { name: 'console-audit', route: '/console/[program]/audit', who: 'owner', path: `${desk}/audit` },
    {
      name: 'console-member-then',
      route: '/console/[program]/members/[member]/then',
      who: 'owner',
      path: `${desk}/members/${member}/then`,
    },
    { name: 'console-undo', route: '/console/[program]/undo', who: 'owner', path: `${desk}/undo?version=1` },
    {
      name: 'console-undo-plan',
      route: '/console/[program]/undo/[plan]',
      who: 'owner',
      path: `${desk}/undo/${plan}`,
    },
    { name: 'console-security', route: '/console/[program]/security', who: 'owner', path: `${desk}/security` },
  ];
}

/** A draft of the demo program: purchases give double, coupons less. */
async function aDraft(server: TestServer): Promise<string> {
  const params = { program: PLAZA.slug };
  const begun = await call(server.local, createDraft, { params, body: { name: 'Otoño' } });
  const definitions = structuredClone(begun.definitions);
  const earningOf = (rule: string) => definitions.rules.find(({ id }) => id === rule)?.earn[0]?.amount;
  const [purchase, coupon] = [earningOf('compra'), earningOf('cupon')];
  if (purchase !== undefined) purchase.product[1] = { ratio: [2, 100] };
  if (coupon !== undefined) coupon.product = [{ ratio: [10, 1] }];
  await call(server.local, changeDraft, {
    params: { ...params, draft: begun.id },
    body: { edit: begun.edit, definitions },
  });
  return begun.id;
}

/** What the purchases of the first version gave is to be taken back; another one of the same sense is in force instead. */
async function anUndoPlan(server: TestServer): Promise<string> {
  const params = { program: PLAZA.slug };
  const { definitions } = await call(server.local, getDefinitions, { params });
  for (const { earn } of definitions.rules)
    for (const { amount } of earn)
      amount.product = amount.product.map((factor) =>
        'ratio' in factor ? { ratio: [factor.ratio[0] * 2, factor.ratio[1] * 2] } : factor,
      );
  await call(server.local, putDefinitions, { params, body: { definitions } });
  const { id } = await call(server.local, planUndo, {
    params,
    body: { version: 1, rule: 'compra', reason: 'Un cero de más', message: { es: 'Lo hemos corregido.' } },
  });
  await eventually(
    async () => (await call(server.local, getUndoPlan, { params: { ...params, plan: id } })).status === 'planned',
    { withinMs: 120_000, until: 'the undo is worked out' },
  );
  return id;
}

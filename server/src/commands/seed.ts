import { fileURLToPath } from 'node:url';
import { createLogin, putMember } from '@verbena/shared/members/members.routes.js';
import { changeConsents } from '@verbena/shared/members/consents.routes.js';
import { publishLegalTexts } from '@verbena/shared/programs/legal.routes.js';
import { createProgram, getImportShift, getProgram } from '@verbena/shared/programs/programs.routes.js';
import { PLAZA_LEGAL } from '@verbena/seeds/demo/legal.js';
import { nameDemoPeople } from '@verbena/seeds/demo/people.js';
import { showInSpanish } from '@verbena/seeds/demo/places.js';
import { LUCIA, MARCOS, OWNER, PLAZA } from '@verbena/seeds/demo/plaza.js';
import { connect } from './connect.js';
import { CallRefused, type ContractClient } from './contract-client.js';
import { BASKET_COLUMNS, readBasket } from './import/basket.js';
import { type ImportFile, importFiles } from './import/import-files.js';
import type { ImportTally } from './import/import-tally.js';
import { readRedemption, REDEMPTION_COLUMNS } from './import/redemption.js';
import { untilInterrupted } from './interrupt.js';
import { readOptions } from './read-options.js';
import { chooseDemoPassword, demoCurl, ensureDemoKey, keepDemo, lockDoors, readDemoFile } from './seed/demo-file.js';
import { talkInForum } from './seed/forum.js';
import { bringLuciaClose } from './seed/lucia.js';
import { inviteFriends } from './seed/lucias-friends.js';
import { openOutlets } from './seed/outlets.js';
import { raceThisWeek } from './seed/rivals.js';
import { weeksUntil } from './seed/weeks-until.js';
import { CommandFailure, runCommand, type Terminal, UsageError } from './terminal.js';

/**
 * `npm run seed -- [--seed N] [--doors]`
 *
 * The demo program `plaza`: sixty real households under Spanish names, their half-year moved so that it ends now, and logins
 * to look at it with. Run again it only adds what is missing. `--seed` chooses the names (1 unless said). `--doors` looks only
 * after the logins of a demo that is there: where others reach the server they get another password than the documented one.
 */

const EXCERPT = fileURLToPath(new URL('../../../seeds/complete-journey-excerpt/', import.meta.url));
const DATA_DIR = process.env['DATA_DIR'] ?? '.data';
/** The last purchase of the excerpt. */
const EXCERPT_ENDS = '2017-06-30T22:45:25Z';

/** The demo program's zone and shift. */
interface Plaza {
  readonly zone: string;
  readonly shiftWeeks: number;
}

await runCommand(async (terminal) => {
  const { words, format } = terminal;
  const { seed, isDoorsOnly } = readSeed(terminal);
  const { signal } = untilInterrupted();
  const client = await connect(terminal);
  try {
    if (isDoorsOnly) {
      await lockDoors(client, DATA_DIR);
      return 0;
    }
    const plaza = await ensurePlaza(client);
    if (plaza === null) {
      console.log(words.plazaIsAnother);
      return 0;
    }
    const households = new Set<string>();
    const tally = await importExcerpt(client, plaza, households, signal, terminal);
    if (signal.aborted) {
      console.log(words.interrupted);
      return 130;
    }
    if (tally.refused > 0)
      throw new CommandFailure(
        tally
          .refusals()
          .map((one) => words.refusedGroup(one, format))
          .join('\n'),
      );
    await nameMembers(client, [...households], seed);
    // Before this week's purchases: what it earned is older, and stands below them.
    await talkInForum(client, [...households], Date.now());
    const rivals = await raceThisWeek(client, [...households], plaza.zone, seed, Date.now());
    const extra = await bringLuciaClose(client, plaza.zone, seed, Date.now());
    const password = await openDoors(client, terminal);
    await agreeToTerms(client);
    await inviteFriends(client, password);
    const activities = tally.accepted + rivals + extra;
    console.log(
      activities === 0 ? words.seededBefore : words.seeded({ members: households.size + 1, activities }, format),
    );
    return 0;
  } finally {
    await client.close();
  }
});

function readSeed(terminal: Terminal): { readonly seed: number; readonly isDoorsOnly: boolean } {
  const { words, format } = terminal;
  const options = readOptions(
    process.argv.slice(2),
    { required: [], optional: ['seed'], flags: ['doors'], usage: words.usageSeed },
    terminal,
  );
  const value = options.get('seed') ?? '1';
  if (!/^\d{1,9}$/.test(value)) throw new UsageError(words.seedWrong({ value }, format));
  return { seed: Number(value), isDoorsOnly: options.has('doors') };
}

/** The program; null when somebody has one of that name which no seed made. */
async function ensurePlaza(client: ContractClient): Promise<Plaza | null> {
  const params = { program: PLAZA.slug };
  const found = await client.call(getProgram, { params }).catch((error: unknown) => {
    if (error instanceof CallRefused && error.problem.code === 'program.notFound') return null;
    throw error;
  });
  if (found === null) {
    const shiftWeeks = weeksUntil(EXCERPT_ENDS, Date.now());
    const body = { ...PLAZA, preset: 'shopping-centre' as const, time: 'wall' as const, shiftWeeks };
    const { zone } = await client.call(createProgram, { params: {}, body });
    return { zone, shiftWeeks };
  }
  const { shiftWeeks } = await client.call(getImportShift, { params });
  return shiftWeeks === null || found.name !== PLAZA.name ? null : { zone: found.zone, shiftWeeks };
}

async function importExcerpt(
  client: ContractClient,
  { zone, shiftWeeks }: Plaza,
  households: Set<string>,
  signal: AbortSignal,
  terminal: Terminal,
): Promise<ImportTally> {
  const { words } = terminal;
  const purchases: ImportFile = {
    file: `${EXCERPT}baskets.csv.gz`,
    what: words.baskets,
    columns: BASKET_COLUMNS,
    read: (row) => {
      const draft = readBasket(row, shiftWeeks);
      households.add(row['household_id'] ?? '');
      return { ...draft, attributes: { ...draft.attributes, ...showInSpanish(draft.attributes) } };
    },
  };
  const coupons: ImportFile = {
    file: `${EXCERPT}redemptions.csv`,
    what: words.redemptions,
    columns: REDEMPTION_COLUMNS,
    read: (row) => readRedemption(row, zone, shiftWeeks),
  };
  return importFiles(client, { program: PLAZA.slug, files: [purchases, coupons], signal }, terminal);
}

async function nameMembers(client: ContractClient, households: readonly string[], seed: number): Promise<void> {
  const people = nameDemoPeople(households.length, seed);
  for (const [index, household] of households.entries()) {
    const { name, alias } = (household === LUCIA.externalId ? LUCIA : people[index]) ?? LUCIA;
    await client.call(putMember, {
      params: { program: PLAZA.slug, member: `ext:${household}` },
      body: { name, alias },
    });
  }
  const marcos = { program: PLAZA.slug, member: `ext:${MARCOS.externalId}` };
  await client.call(putMember, { params: marcos, body: { name: MARCOS.name, alias: MARCOS.alias } });
}

/**
 * The texts of the demo, accepted by those whose logins are shown: nobody who looks at it for the first time is asked. Where somebody
 * published others since, that is for them to ask.
 */
async function agreeToTerms(client: ContractClient): Promise<void> {
  const params = { program: PLAZA.slug };
  const { legal } = await client.call(getProgram, { params });
  if (legal === null) await client.call(publishLegalTexts, { params, body: PLAZA_LEGAL });
  if ((legal?.version ?? 1) > 1) return;
  for (const { externalId } of [LUCIA, MARCOS])
    await client.call(changeConsents, {
      params: { ...params, member: `ext:${externalId}` },
      body: { version: 1, language: 'es', accepts: true, ofAge: true },
    });
}

/** Logins and a key to look at the demo with, and the file from which `npm start` tells them. Gives their password. */
async function openDoors(client: ContractClient, { words }: Terminal): Promise<string> {
  const earlier = readDemoFile(DATA_DIR);
  const password = chooseDemoPassword(earlier);
  const logins = [
    { ...LUCIA, is: words.roleMember, role: 'member' as const, member: `ext:${LUCIA.externalId}` },
    { ...MARCOS, is: words.roleNewMember, role: 'member' as const, member: `ext:${MARCOS.externalId}` },
    { ...OWNER, is: words.roleOwner, role: 'owner' as const, member: null },
  ];
  for (const { email, name, role, member } of logins) {
    await client.call(createLogin, {
      params: { program: PLAZA.slug },
      body: { email, name, password, role, member },
    });
  }
  await openOutlets(client);
  const key = await ensureDemoKey(client, earlier);
  const shown = logins.map(({ email, is }) => ({ email, password, role: is }));
  await keepDemo(client, DATA_DIR, { logins: shown, curl: demoCurl(key.secret), key, password }, earlier);
  return password;
}

import 'reflect-metadata';
import { readFile } from 'node:fs/promises';
import { dropAside, retryAside } from '@verbena/shared/ledger/aside.routes.js';
import { repairMember } from '@verbena/shared/ledger/ledger.routes.js';
import { EntryProof } from '@verbena/shared/ledger/roots.routes.js';
import * as z from 'zod/mini';
import { createApp } from '#create-app.js';
import { listAllAside } from '#ledger/aside.service.js';
import { checkProof, type ProofFlaw } from '#ledger/roots.service.js';
import { type LocatedFinding, verifyBooks } from '#ledger/verify-books.service.js';
import { replayBooks } from '#ledger/replay-books.service.js';
import { connect } from './connect.js';
import { readOptions, readProgramOption } from './read-options.js';
import { CommandFailure, runCommand, type Terminal } from './terminal.js';

/**
 * `npm run verify -- [--program NAME] [--repair] [--replay]` · `npm run verify -- --program NAME --drop ID` ·
 * `npm run verify -- --proof FILE [--key PUBLIC]`
 *
 * Recomputes every member from its journal and compares state, balances, hash chain and views, then the lanes' chains and the
 * signed roots, and lists activities that were set aside. Reads beside a running server without touching its lanes; ends with
 * code 1 when something is wrong. Changes nothing without `--repair`, which takes in again what was set aside; `--drop` gives one
 * such activity up. With `--replay` it decides every entry again under the version that it records, and compares to the last
 * hash. With `--proof` it checks what `GET …/entries/:seq/proof` gave, without any database; `--key` is the
 * public key that one trusts, as `GET /roots` published it.
 */

const SHOWN_MAX = 100;

/** What is wrong with the books, or has not come into them. */
type Found =
  | LocatedFinding
  | {
      readonly kind: 'aside';
      readonly program: string;
      readonly member: string;
      readonly seq: 0;
      readonly text: string;
    };

await runCommand(async (terminal) => {
  const { words, format } = terminal;
  const spec = {
    required: [],
    optional: ['program', 'proof', 'key', 'drop'],
    flags: ['repair', 'replay'],
    usage: words.usageVerify,
  };
  const options = readOptions(process.argv.slice(2), spec, terminal);
  const proof = options.get('proof');
  if (proof !== undefined) return verifyProof(proof, options.get('key') ?? null, terminal);
  const dropped = options.get('drop');
  if (dropped !== undefined) return dropOne(readProgramOption(options, terminal), dropped, terminal);
  const found = await verifyAll(options.get('program') ?? null, options.has('replay'), terminal);
  if (found.length === 0) {
    console.log(words.verifiedClean);
    return 0;
  }
  for (const finding of found.slice(0, SHOWN_MAX))
    console.log(words.verifyFinding({ where: placeOf(finding), text: finding.text }, format));
  if (!options.has('repair')) {
    console.log(words.verifyFindings({ count: found.length }, format));
    return 1;
  }
  return repairAll(found, terminal);
});

/** Reads with a server of our own that leads no lane, so a running one is not disturbed. */
async function verifyAll(
  only: string | null,
  isReplayed: boolean,
  { words, format }: Terminal,
): Promise<readonly Found[]> {
  const role = process.env['ROLE'];
  process.env['ROLE'] = 'command';
  process.env['LOG_LEVEL'] ??= 'warn';
  const app = await createApp({ listen: false });
  if (role === undefined) delete process.env['ROLE'];
  else process.env['ROLE'] = role;
  try {
    const each = (program: { slug: string; members: number; entries: number }): void =>
      console.log(words.verifying(program, format));
    const report = await verifyBooks(app, { only, each });
    console.log(words.verifiedLanes({ groups: report.groups, roots: report.roots }, format));
    const aside = (await listAllAside(app, only)).map(({ program, id, member, type, reason }) => ({
      ...{ program, member, seq: 0 as const, kind: 'aside' as const },
      text: words.setAside({ id, type, reason }, format),
    }));
    const findings = [...report.findings, ...aside];
    if (!isReplayed) return findings;
    const replayed = await replayBooks(app, only);
    for (const program of replayed) console.log(words.decidedAgain(program, format));
    const differing = replayed.flatMap(({ slug: program, differ }) =>
      differ.map(({ member, seq }) => ({ program, member, seq, kind: 'replay' as const, text: words.replayDiffers })),
    );
    return [...findings, ...differing];
  } finally {
    await app.close();
  }
}

/** States that differ from their journal, and what was set aside; each through the front door, as an entry. */
async function repairAll(found: readonly Found[], terminal: Terminal): Promise<number> {
  const states = found.filter(
    (finding): finding is Extract<Found, { kind: string }> => 'kind' in finding && finding.kind === 'state',
  );
  const asideIn = new Set(found.flatMap((one) => ('kind' in one && one.kind === 'aside' ? [one.program] : [])));
  const client = await connect(terminal);
  let repaired = 0;
  let taken = 0;
  try {
    for (const { program, member } of states)
      if ((await client.call(repairMember, { params: { program, member } })).repaired) repaired += 1;
    for (const program of asideIn) taken += (await client.call(retryAside, { params: { program } })).taken;
  } finally {
    await client.close();
  }
  console.log(terminal.words.verifyRepaired({ count: repaired }, terminal.format));
  if (asideIn.size > 0) console.log(terminal.words.asideTaken({ count: taken }, terminal.format));
  return repaired + taken === found.length ? 0 : 1;
}

/** Gives up what will never be taken in; the log of changes keeps what it was. */
async function dropOne(program: string, id: string, terminal: Terminal): Promise<number> {
  const client = await connect(terminal);
  try {
    const { type } = await client.call(dropAside, { params: { program, id } });
    console.log(terminal.words.asideDropped({ id, type }, terminal.format));
    return 0;
  } finally {
    await client.close();
  }
}

function placeOf(finding: Found): string {
  if ('root' in finding) return `root ${finding.root}`;
  if ('lane' in finding) {
    const entry = finding.member === undefined ? '' : `, ${finding.member}, ${finding.seq ?? 0}`;
    return `lane ${finding.lane}, ${finding.q}${entry}`;
  }
  return `${finding.program}, ${finding.member}${finding.seq > 0 ? `, ${finding.seq}` : ''}`;
}

/** Checks a proof by itself, and says whose key signed it. */
async function verifyProof(file: string, trusted: string | null, { words, format }: Terminal): Promise<number> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new CommandFailure(words.fileUnreadable({ file, reason: String(error) }, format));
  });
  const parsed = z.safeParse(EntryProof, parseJson(text));
  const flaw = parsed.success ? checkProof(parsed.data) : 'unreadable';
  if (!parsed.success || flaw !== null) {
    console.log(proofFails(flaw ?? 'unreadable', words));
    return 1;
  }
  const { root, entry } = parsed.data;
  if (trusted !== null && root.key !== trusted) {
    console.log(words.proofOtherKey({ key: root.key }, format));
    return 1;
  }
  console.log(
    words.proofHolds({ entry: String(entry['_id']), day: root.day, number: root.number, key: root.key }, format),
  );
  return 0;
}

function proofFails(flaw: ProofFlaw, words: Terminal['words']): string {
  const { proofUnreadable, proofEntry, proofGroup, proofWay, proofSignature } = words;
  return {
    unreadable: proofUnreadable,
    entry: proofEntry,
    group: proofGroup,
    way: proofWay,
    signature: proofSignature,
  }[flaw];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

import 'reflect-metadata';
import { readFile } from 'node:fs/promises';
import { repairMember } from '@verbena/shared/ledger/ledger.routes.js';
import { EntryProof } from '@verbena/shared/ledger/roots.routes.js';
import * as z from 'zod/mini';
import { createApp } from '#create-app.js';
import { checkProof, type ProofFlaw } from '#ledger/roots.service.js';
import { type LocatedFinding, verifyBooks } from '#ledger/verify-books.service.js';
import { replayBooks } from '#ledger/replay-books.service.js';
import { connect } from './connect.js';
import { readOptions } from './read-options.js';
import { CommandFailure, runCommand, type Terminal } from './terminal.js';

/**
 * `npm run verify -- [--program NAME] [--repair] [--replay]` · `npm run verify -- --proof FILE [--key PUBLIC]`
 *
 * Recomputes every member from its journal and compares state, balances, hash chain and views, then the lanes' chains and the
 * signed roots. Reads beside a running server without touching its lanes; ends with code 1 when something is wrong. Changes
 * nothing without `--repair`. With `--replay` it decides every entry again under the version that it records, and compares to the last
 * hash. With `--proof` it checks what `GET …/entries/:seq/proof` gave, without any database; `--key` is the
 * public key that one trusts, as `GET /roots` published it.
 */

const SHOWN_MAX = 100;

await runCommand(async (terminal) => {
  const { words, format } = terminal;
  const spec = {
    required: [],
    optional: ['program', 'proof', 'key'],
    flags: ['repair', 'replay'],
    usage: words.usageVerify,
  };
  const options = readOptions(process.argv.slice(2), spec, terminal);
  const proof = options.get('proof');
  if (proof !== undefined) return verifyProof(proof, options.get('key') ?? null, terminal);
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
): Promise<readonly LocatedFinding[]> {
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
    if (!isReplayed) return report.findings;
    const replayed = await replayBooks(app, only);
    for (const program of replayed) console.log(words.decidedAgain(program, format));
    const differing = replayed.flatMap(({ slug: program, differ }) =>
      differ.map(({ member, seq }) => ({ program, member, seq, kind: 'replay' as const, text: words.replayDiffers })),
    );
    return [...report.findings, ...differing];
  } finally {
    await app.close();
  }
}

/** Only states that differ from their journal; each through the front door, as an entry. */
async function repairAll(found: readonly LocatedFinding[], terminal: Terminal): Promise<number> {
  const states = found.filter(
    (finding): finding is Extract<LocatedFinding, { kind: string }> => 'kind' in finding && finding.kind === 'state',
  );
  const client = await connect(terminal);
  let repaired = 0;
  try {
    for (const { program, member } of states)
      if ((await client.call(repairMember, { params: { program, member } })).repaired) repaired += 1;
  } finally {
    await client.close();
  }
  console.log(terminal.words.verifyRepaired({ count: repaired }, terminal.format));
  return repaired === found.length ? 0 : 1;
}

function placeOf(finding: LocatedFinding): string {
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

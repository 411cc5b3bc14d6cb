import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { initialState } from '@verbena/server/engine/initial-state.js';
import { decideRecorded } from '@verbena/server/engine/decide-recorded.js';
import { decidedPartsOf } from '@verbena/server/ledger/journal-entry.js';
import { sealGroup } from '@verbena/server/ledger/seal-group.js';
import { SnapshotsRepository } from '@verbena/server/ledger/snapshots.repository.js';
import { SnapshotsService } from '@verbena/server/ledger/snapshots.service.js';
import { MemberVerifier } from '@verbena/server/ledger/verify-member.js';
import { readConfig } from '@verbena/server/platform/config/config.js';
import { scopeOf } from '@verbena/server/platform/mongo/scope.js';
import { aSubmission, LedgerUnderTest, program, someMembers } from './ledger-under-test.js';

const ENTRIES = 10_000;
const ASKED = 20;
const PAGE = 500;

/** As-of of one member with ten thousand entries, in milliseconds, and verification in entries a second. */
export async function benchPast(mongodbUri: string): Promise<void> {
  const ledger = new LedgerUnderTest(mongodbUri, 'bench_past', 1);
  await ledger.start();
  const config = readConfig({
    MONGODB_URI: mongodbUri,
    REDIS_URL: 'redis://127.0.0.1:1',
    DATA_DIR: mkdtempSync(path.join(process.env['VERBENA_TEST_DIR'] ?? tmpdir(), 'past-')),
  });
  const repository = new SnapshotsRepository(ledger.mongo);
  await repository.ensureIndexes();
  const programs = { inForce: () => Promise.resolve(program), atVersion: () => Promise.resolve(program) };
  const snapshots = new SnapshotsService(repository, ledger.repository, programs, config);
  const [member = ''] = someMembers(1);
  const first = aSubmission(member);
  const scope = scopeOf(first.scope.program);
  await ledger.submit(first);
  for (let count = 1; count < ENTRIES; count += 1_000)
    await Promise.all(
      Array.from({ length: Math.min(1_000, ENTRIES - count) }, () => ledger.submit(aSubmission(member))),
    );
  const [oldest] = await ledger.repository.readJournal(member, 0, 1);
  const since = Date.parse(oldest?.at ?? '');
  const moments = Array.from({ length: ASKED }, (_, index) => since + ((Date.now() - since) * (index + 1)) / ASKED);

  console.log(`\nThe past: one member with ${ENTRIES} entries`);
  const cold = await timed(() => snapshots.at(scope, member, Date.now()));
  console.log(`as of now, no snapshot yet (all is folded)      ${cold.toFixed(0).padStart(8)} ms`);
  const warm: number[] = [];
  for (const at of moments) warm.push(await timed(() => snapshots.at(scope, member, at)));
  const sorted = warm.toSorted((a, b) => a - b);
  console.log(
    `as of ${ASKED} moments, from snapshots                   ${(sorted[ASKED / 2] ?? 0).toFixed(1).padStart(8)} ms median, ${(sorted.at(-1) ?? 0).toFixed(1)} ms longest`,
  );
  let entries = 0;
  const verifying = await timed(async () => {
    const verifier = new MemberVerifier(member, initialState(program), (state, entry) =>
      decideRecorded(program, state, decidedPartsOf(entry)),
    );
    for (let after = 0; ; after += PAGE) {
      const page = await ledger.repository.readAsItLies(member, after, PAGE);
      for (const entry of page) verifier.read(entry);
      entries += page.length;
      if (page.length < PAGE) break;
    }
    if (verifier.findings.length > 0) throw new Error(JSON.stringify(verifier.findings[0]));
  });
  console.log(
    `verification (chain, seal, fold), reading included ${Math.round((entries * 1_000) / verifying)} entries/s`,
  );
  const group = await ledger.repository.readJournal(member, 0, 128);
  const bare = group.map(({ place: _, link: __, seal: ___, ...entry }) => entry);
  const rounds = 20;
  const sealing = await timed(async () => {
    for (let round = 0; round < rounds; round += 1) sealGroup('', bare);
    await Promise.resolve();
  });
  console.log(
    `sealing an entry                                ${((sealing * 1_000) / (rounds * bare.length)).toFixed(1).padStart(8)} µs`,
  );
  await ledger.stop();
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

import 'reflect-metadata';
import { repairMember } from '@verbena/shared/ledger/ledger.routes.js';
import { createApp } from '#create-app.js';
import { type LocatedFinding, verifyBooks } from '#ledger/verify-books.service.js';
import { connect } from './connect.js';
import { readOptions } from './read-options.js';
import { runCommand, type Terminal } from './terminal.js';

/**
 * `npm run verify -- [--program NAME] [--repair]`
 *
 * Recomputes every member from its journal and compares state, balances and hash chain, then the lanes' chains. Reads beside a
 * running server without touching its lanes; ends with code 1 when something is wrong. Changes nothing without `--repair`.
 */

const SHOWN_MAX = 100;

await runCommand(async (terminal) => {
  const { words, format } = terminal;
  const spec = { required: [], optional: ['program'], flags: ['repair'], usage: words.usageVerify };
  const options = readOptions(process.argv.slice(2), spec, terminal);
  const found = await verifyAll(options.get('program') ?? null, terminal);
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
async function verifyAll(only: string | null, { words, format }: Terminal): Promise<readonly LocatedFinding[]> {
  const role = process.env['ROLE'];
  process.env['ROLE'] = 'command';
  process.env['LOG_LEVEL'] ??= 'warn';
  const app = await createApp({ listen: false });
  if (role === undefined) delete process.env['ROLE'];
  else process.env['ROLE'] = role;
  try {
    const report = await verifyBooks(app, only, (program) => console.log(words.verifying(program, format)));
    console.log(words.verifiedLanes({ groups: report.groups }, format));
    return report.findings;
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
  return 'lane' in finding
    ? `lane ${finding.lane}, ${finding.q}`
    : `${finding.program}, ${finding.member}${finding.seq > 0 ? `, ${finding.seq}` : ''}`;
}

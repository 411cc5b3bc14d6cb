import { open, rename, rm } from 'node:fs/promises';
import { type ExportedMember, exportMembers } from '@verbena/shared/ledger/ledger.routes.js';
import { connect } from './connect.js';
import type { ContractClient } from './contract-client.js';
import { compareExported } from './export/compare-exported.js';
import { readOptions, readProgramOption } from './read-options.js';
import { CommandFailure, runCommand } from './terminal.js';

/**
 * `npm run export -- --program NAME --out FILE.ndjson`
 *
 * One line of JSON for each member with activities, by external id (docs/importing.md). The file appears whole or not at all.
 */

const PAGE = 1_000;

await runCommand(async (terminal) => {
  const { words, format } = terminal;
  const spec = { required: ['program', 'out'], optional: [], usage: words.usageExport };
  const options = readOptions(process.argv.slice(2), spec, terminal);
  const program = readProgramOption(options, terminal);
  const file = options.get('out') ?? '';
  const client = await connect(terminal);
  try {
    const members = (await readAll(client, program)).toSorted(compareExported);
    await writeLines(file, members).catch((error: unknown) => {
      throw new CommandFailure(words.fileUnwritable({ file, reason: String(error) }, format));
    });
    console.log(words.exported({ count: members.length, file }, format));
    if (members.length === 0) console.log(words.programEmpty({ program }, format));
    return 0;
  } finally {
    await client.close();
  }
});

async function readAll(client: ContractClient, program: string): Promise<ExportedMember[]> {
  const members: ExportedMember[] = [];
  for (let after: string | null = null; ;) {
    const query: { limit: string; after?: string } = { limit: String(PAGE), ...(after === null ? {} : { after }) };
    const { items, next } = await client.call(exportMembers, { params: { program }, query });
    members.push(...items);
    if (next === null) return members;
    after = next;
  }
}

async function writeLines(file: string, members: readonly ExportedMember[]): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    const handle = await open(temporary, 'w');
    try {
      for (const member of members) await handle.write(`${JSON.stringify(member)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

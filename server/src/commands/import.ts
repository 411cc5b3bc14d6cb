import { createProgram, getImportShift, getProgram, type Program } from '@verbena/shared/programs/programs.routes.js';
import { explainError } from '@verbena/shared/errors/explain-problem.js';
import { connect } from './connect.js';
import { CallRefused, type ContractClient } from './contract-client.js';
import { BASKET_COLUMNS, readBasket } from './import/basket.js';
import { UnreadableFile } from './import/csv-rows.js';
import { type ImportFile, importFiles } from './import/import-files.js';
import type { ImportTally } from './import/import-tally.js';
import { readRedemption, REDEMPTION_COLUMNS } from './import/redemption.js';
import { untilInterrupted } from './interrupt.js';
import { readOptions, readProgramOption } from './read-options.js';
import { CommandFailure, runCommand, type Terminal, UsageError } from './terminal.js';

/**
 * `npm run import -- --program NAME --baskets FILE.csv.gz [--redemptions FILE.csv] [--shift-weeks N]`
 *
 * Real shopping through the front door (docs/importing.md). Ends with 0 when every line counts now, 1 when some were
 * refused, 2 when it was written wrongly, 130 when it was interrupted.
 */

interface ImportOptions {
  readonly program: string;
  readonly baskets: string;
  readonly redemptions: string | null;
  readonly shiftWeeks: number | null;
}

await runCommand(async (terminal) => {
  const options = readImportOptions(process.argv.slice(2), terminal);
  const interrupt = untilInterrupted();
  const client = await connect(terminal);
  try {
    const program = await ensureProgram(client, options, terminal);
    const begun = performance.now();
    const plan = { program: program.slug, files: filesOf(options, program, terminal), signal: interrupt.signal };
    const tally = await importFiles(client, plan, terminal);
    tellTally(tally, (performance.now() - begun) / 1_000, terminal);
    if (!interrupt.signal.aborted) return tally.refused > 0 ? 1 : 0;
    console.log(terminal.words.interrupted);
    return 130;
  } catch (error) {
    throw error instanceof UnreadableFile ? new CommandFailure(explainFile(error, terminal)) : error;
  } finally {
    await client.close();
  }
});

function readImportOptions(args: readonly string[], terminal: Terminal): ImportOptions {
  const { words, format } = terminal;
  const required = ['program', 'baskets'];
  const optional = ['redemptions', 'shift-weeks'];
  const options = readOptions(args, { required, optional, usage: words.usageImport }, terminal);
  const shift = options.get('shift-weeks');
  const isShift = shift === undefined || (/^-?\d{1,4}$/.test(shift) && Math.abs(Number(shift)) <= 2_000);
  if (!isShift) throw new UsageError(words.shiftWrong({ value: shift }, format));
  return {
    program: readProgramOption(options, terminal),
    baskets: options.get('baskets') ?? '',
    redemptions: options.get('redemptions') ?? null,
    shiftWeeks: shift === undefined ? null : Number(shift),
  };
}

/** The program, made from the preset where there is none: with a shift on the wall's time, else on its members' own. */
async function ensureProgram(client: ContractClient, options: ImportOptions, terminal: Terminal): Promise<Program> {
  const params = { program: options.program };
  const found = await client.call(getProgram, { params }).catch((error: unknown) => {
    if (error instanceof CallRefused && error.problem.code === 'program.notFound') return null;
    throw error;
  });
  if (found === null) {
    const { shiftWeeks } = options;
    const time = shiftWeeks === null ? ('activities' as const) : ('wall' as const);
    const name = options.program.charAt(0).toUpperCase() + options.program.slice(1).replaceAll('-', ' ');
    const shift = shiftWeeks === null ? {} : { shiftWeeks };
    const body = { slug: options.program, name, preset: 'shopping-centre' as const, time, ...shift };
    const created = await client.call(createProgram, { params: {}, body });
    console.log(terminal.words.created(params, terminal.format));
    return created;
  }
  const { shiftWeeks: stored } = await client.call(getImportShift, { params });
  if ((stored ?? 0) === (options.shiftWeeks ?? 0)) return found;
  throw new CommandFailure(explainError('program.shiftDiffers', { stored: stored ?? 0 }, terminal.language));
}

function filesOf(
  { baskets, redemptions, shiftWeeks }: ImportOptions,
  program: Program,
  { words }: Terminal,
): ImportFile[] {
  const shift = shiftWeeks ?? 0;
  const purchases: ImportFile = {
    file: baskets,
    what: words.baskets,
    columns: BASKET_COLUMNS,
    read: (row) => readBasket(row, shift),
  };
  if (redemptions === null) return [purchases];
  const read: ImportFile['read'] = (row) => readRedemption(row, program.zone, shift);
  return [purchases, { file: redemptions, what: words.redemptions, columns: REDEMPTION_COLUMNS, read }];
}

function tellTally(tally: ImportTally, seconds: number, { words, format }: Terminal): void {
  const rate = Math.round(tally.total / Math.max(seconds, 0.001));
  console.log(words.imported({ count: tally.total, seconds: Math.round(seconds * 10) / 10, rate }, format));
  console.log(words.accepted({ count: tally.accepted }, format));
  console.log(words.replayed({ count: tally.replayed }, format));
  console.log(words.refused({ count: tally.refused }, format));
  for (const group of tally.refusals()) console.log(words.refusedGroup(group, format));
}

function explainFile({ file, column, message }: UnreadableFile, { words, format }: Terminal): string {
  return column === null
    ? words.fileUnreadable({ file, reason: message }, format)
    : words.fileColumn({ file, column }, format);
}

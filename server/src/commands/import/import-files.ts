import { statSync } from 'node:fs';
import { basename } from 'node:path';
import type { ActivityDraft, BatchResult } from '@verbena/shared/activities/activities.routes.js';
import { explainError, explainField } from '@verbena/shared/errors/explain-problem.js';
import type { ContractClient } from '#commands/contract-client.js';
import { ProgressLine } from '#commands/progress-line.js';
import type { Terminal } from '#commands/terminal.js';
import { readCsvRows } from './csv-rows.js';
import { ImportTally } from './import-tally.js';
import { MemberStreams, type StreamSizes } from './member-streams.js';
import { type Row, UnreadableRow } from './row.js';
import { sendBatch } from './send-batch.js';

/** A file of history and how its lines become activities. */
export interface ImportFile {
  readonly file: string;
  /** What its lines are, in a word for the progress bar. */
  readonly what: string;
  readonly columns: readonly string[];
  /** Throws `UnreadableRow`. */
  readonly read: (row: Row) => ActivityDraft;
}

export interface ImportPlan {
  readonly program: string;
  /** One after the other: every line of a file is answered before the first of the next one is sent. */
  readonly files: readonly ImportFile[];
  readonly signal?: AbortSignal;
  readonly sizes?: StreamSizes;
  readonly isQuiet?: boolean;
}

interface NumberedDraft {
  readonly line: number;
  readonly draft: ActivityDraft;
}

/** Measured on two cores with both stores: more streams or larger batches only make the lanes' queues older. */
export const SIZES: StreamSizes = { streams: 8, batchMax: 128 };

/** Sends the lines of files as activities and says what became of each. Throws what is final for all of them. */
export async function importFiles(client: ContractClient, plan: ImportPlan, terminal: Terminal): Promise<ImportTally> {
  const tally = new ImportTally();
  for (const file of plan.files) {
    if (plan.signal?.aborted === true) break;
    await importFile(client, plan, file, tally, terminal);
  }
  return tally;
}

async function importFile(
  client: ContractClient,
  { program, signal, sizes = SIZES, isQuiet = false }: ImportPlan,
  { file, what, columns, read }: ImportFile,
  tally: ImportTally,
  terminal: Terminal,
): Promise<void> {
  const name = basename(file);
  const streams = new MemberStreams<NumberedDraft>(sizes, memberOf, async (batch) => {
    const drafts = batch.map(({ draft }) => draft);
    const results = await sendBatch(client, program, drafts, signal);
    for (const [index, result] of results.entries()) count(tally, name, batch[index]?.line ?? 0, result, terminal);
  });
  const begun = performance.now();
  const before = tally.total;
  let bytes = 0;
  let rows = 0;
  const progress = isQuiet
    ? null
    : new ProgressLine(terminal, () => {
        const done = tally.total - before;
        // Lines are read ahead of their answers.
        const part = (bytes / sizeOf(file)) * (done / Math.max(rows, 1));
        return { what, part, done, perSecond: (done * 1_000) / (performance.now() - begun) };
      });
  try {
    const onBroken = (line: number): void => tally.refuse(name, line, terminal.words.rowBroken);
    for await (const { line, row } of readCsvRows(file, { columns, onBytes: (now) => (bytes = now), onBroken })) {
      if (signal?.aborted === true) break;
      rows += 1;
      try {
        await streams.add({ line, draft: read(row) });
      } catch (error) {
        if (!(error instanceof UnreadableRow)) throw error;
        tally.refuse(name, line, terminal.words.rowColumn({ column: error.column }, terminal.format));
      }
    }
    if (signal?.aborted !== true) await streams.finish();
  } catch (error) {
    if (signal?.aborted !== true) throw error;
  } finally {
    await streams.abandon();
    progress?.end();
  }
}

function memberOf({ draft: { member } }: NumberedDraft): string {
  return Object.values(member)[0] ?? '';
}

function sizeOf(file: string): number {
  return Math.max(1, statSync(file, { throwIfNoEntry: false })?.size ?? 1);
}

/** A decision that refuses is an answer too: it stands in the journal, and the line did not count. */
function count(tally: ImportTally, file: string, line: number, result: BatchResult, terminal: Terminal): void {
  if (result.status === 'refused') {
    const fields = (result.fields ?? []).map(
      (field) => `${field.path.join('.')}: ${explainField(field.code, field.params ?? {}, terminal.language)}`,
    );
    // Without the moment at which a key was used first: each line would have a reason of its own, and the tally would grow with the file.
    const { since: _, ...params } = result.params ?? {};
    const sentence = explainError(result.code, params, terminal.language);
    tally.refuse(file, line, [sentence, ...fields].join(' '));
  } else if (result.result.outcome === 'refused') {
    tally.refuse(file, line, explainError(result.result.refusal ?? '', {}, terminal.language));
  } else if (result.status === 'replayed') tally.replayed += 1;
  else tally.accepted += 1;
}

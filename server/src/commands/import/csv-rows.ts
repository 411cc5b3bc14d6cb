import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { type CsvError, parse } from 'csv-parse';
import type { Row } from './row.js';

/** A line of a file, counted from 1 with the header; a record that spans lines has the number of its last one. */
export interface NumberedRow {
  readonly line: number;
  readonly row: Row;
}

/** A file that cannot be read as the format asks: a column is missing, or it is no CSV from the first line on. */
export class UnreadableFile extends Error {
  constructor(
    readonly file: string,
    /** The column that the first line does not name; null when the file could not be opened or unpacked. */
    readonly column: string | null,
    reason: string,
  ) {
    super(reason);
  }
}

export interface CsvOptions {
  readonly columns: readonly string[];
  /** Told how many bytes of the file, as it lies on the disk, were read so far. */
  readonly onBytes?: (bytes: number) => void;
  /** Told of a line that is no CSV; the others go on. */
  readonly onBroken?: (line: number) => void;
}

/**
 * The rows of a CSV file with a first line of names, gzipped or not, one at a time: memory does not grow with the file.
 * Throws `UnreadableFile`.
 */
export async function* readCsvRows(file: string, options: CsvOptions): AsyncGenerator<NumberedRow> {
  const parser = parse({
    bom: true,
    info: true,
    columns: (names: string[]) => names.map((name) => name.normalize('NFC').trim()),
    relax_column_count: true,
    // Files put together of two hold both; by the first alone it would take the rows of the other for one.
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
  });
  parser.on('skip', (error: CsvError) => options.onBroken?.(typeof error['lines'] === 'number' ? error['lines'] : 0));
  const isPacked = await isGzip(file);
  const source = createReadStream(file);
  source.on('data', () => options.onBytes?.(source.bytesRead));
  const abort = new AbortController();
  const flow = isPacked
    ? pipeline(source, createGunzip(), parser, { signal: abort.signal })
    : pipeline(source, parser, { signal: abort.signal });
  // The same failure reaches the reader of the parser below.
  flow.catch(() => undefined);
  let isChecked = false;
  try {
    for await (const { info, record } of parser as AsyncIterable<{ info: { lines: number }; record: Row }>) {
      if (!isChecked) requireColumns(file, record, options.columns);
      isChecked = true;
      yield { line: info.lines, row: record };
    }
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
    throw new UnreadableFile(file, null, error instanceof Error ? error.message : String(error));
  } finally {
    abort.abort();
  }
}

async function isGzip(file: string): Promise<boolean> {
  try {
    const handle = await open(file);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
      return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw new UnreadableFile(file, null, error instanceof Error ? error.message : String(error));
  }
}

function requireColumns(file: string, row: Row, columns: readonly string[]): void {
  const missing = columns.find((column) => !(column in row));
  if (missing !== undefined) throw new UnreadableFile(file, missing, `The column ${missing} is missing.`);
}

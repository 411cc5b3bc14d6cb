/** One line of a CSV file, by the names of its columns. */
export type Row = Readonly<Record<string, string | undefined>>;

/** A line that cannot become an activity, and the column that is to blame. */
export class UnreadableRow extends Error {
  constructor(
    readonly column: string,
    readonly value: string | undefined,
  ) {
    super(`The column ${column} cannot be read: ${value === undefined ? 'it is missing' : JSON.stringify(value)}.`);
  }
}

/** The text of a column, composed and without spaces around it: of one member and of one key there is one form before lines are sorted. */
export function readText(row: Row, column: string): string {
  const value = row[column]?.normalize('NFC').trim();
  if (value === undefined || value === '') throw new UnreadableRow(column, row[column]);
  return value;
}

/** `12.5` → 1250: digit by digit, so that no floating point comes near money. */
export function readMinor(text: string, column: string): number {
  const match = /^(-?)(\d{1,12})(?:\.(\d{1,2}))?$/.exec(text);
  const [, sign = '', whole = '', fraction = ''] = match ?? [];
  if (match === null) throw new UnreadableRow(column, text);
  const minor = Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
  return sign === '-' && minor !== 0 ? -minor : minor;
}

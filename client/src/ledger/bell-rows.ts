import type { Notice } from '@verbena/shared/notices/notice.js';
import type { Award } from './award.js';

/** The bell lists so many; the wallet has the rest of what was achieved. */
const BELL_MAX = 20;

/** A line of the bell: something achieved, or something that the member was told. */
export type BellRow = { readonly award: Award } | { readonly notice: Notice };

/** Both together, the latest first. */
export function rowsOf(awards: readonly Award[], notices: readonly Notice[]): BellRow[] {
  const rows: { readonly at: string; readonly row: BellRow }[] = [
    ...awards.map((award) => ({ at: award.at, row: { award } })),
    ...notices.map((notice) => ({ at: notice.at, row: { notice } })),
  ];
  return rows
    .sort((one, other) => Date.parse(other.at) - Date.parse(one.at))
    .slice(0, BELL_MAX)
    .map(({ row }) => row);
}

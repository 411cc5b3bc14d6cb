/** Which lines of a file were refused for one reason, as ranges. */
interface RefusedLines {
  readonly file: string;
  readonly reason: string;
  count: number;
  readonly ranges: [number, number][];
}

export interface RefusedGroup {
  readonly file: string;
  readonly reason: string;
  readonly count: number;
  /** `5, 17–19`; ends with `…` where there are more than can be listed. */
  readonly lines: string;
}

const RANGES_MAX = 100;

/** What became of the lines of an import, in memory that does not grow with the files. */
export class ImportTally {
  accepted = 0;
  replayed = 0;
  refused = 0;
  private readonly groups = new Map<string, RefusedLines>();

  get total(): number {
    return this.accepted + this.replayed + this.refused;
  }

  refuse(file: string, line: number, reason: string): void {
    this.refused += 1;
    const id = `${file}\n${reason}`;
    const group = this.groups.get(id) ?? { file, reason, count: 0, ranges: [] };
    this.groups.set(id, group);
    group.count += 1;
    if (group.ranges.length <= RANGES_MAX) addLine(group.ranges, line);
  }

  refusals(): RefusedGroup[] {
    return [...this.groups.values()].map(({ file, reason, count, ranges }) => ({
      file,
      reason,
      count,
      lines: describe(ranges),
    }));
  }
}

/** Batches are answered out of order, so a line may fall anywhere among those before it. */
function addLine(ranges: [number, number][], line: number): void {
  let place = ranges.length;
  while (place > 0 && (ranges[place - 1]?.[0] ?? 0) > line) place -= 1;
  ranges.splice(place, 0, [line, line]);
  for (let index = Math.min(place, ranges.length - 2); index >= Math.max(place - 1, 0); index -= 1) {
    const [range, next] = [ranges[index], ranges[index + 1]];
    if (range === undefined || next === undefined || next[0] > range[1] + 1) continue;
    range[1] = Math.max(range[1], next[1]);
    ranges.splice(index + 1, 1);
  }
}

function describe(ranges: readonly (readonly [number, number])[]): string {
  const parts = ranges.slice(0, RANGES_MAX).map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`));
  return `${parts.join(', ')}${ranges.length > RANGES_MAX ? ' …' : ''}`;
}

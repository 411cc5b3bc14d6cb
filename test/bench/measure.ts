/** What one run of one side took: units done, wall and processor time of this process. */
export interface Run {
  readonly units: number;
  readonly seconds: number;
  /** Processor time of this process, user and system, in microseconds a unit. */
  readonly cpuUs: number;
  readonly latenciesMs: readonly number[];
}

/**
 * Does `units` pieces of work with so many outstanding at once; each worker begins its next as soon as its last one is
 * answered.
 */
export async function runOutstanding(
  units: number,
  outstanding: number,
  work: (unit: number) => Promise<unknown>,
): Promise<Run> {
  let next = 0;
  const latenciesMs: number[] = [];
  const worker = async (): Promise<void> => {
    for (let unit = next++; unit < units; unit = next++) {
      const started = performance.now();
      await work(unit);
      latenciesMs.push(performance.now() - started);
    }
  };
  const cpu = process.cpuUsage();
  const started = performance.now();
  await Promise.all(Array.from({ length: Math.min(outstanding, units) }, worker));
  const seconds = (performance.now() - started) / 1_000;
  const used = process.cpuUsage(cpu);
  return { units, seconds, cpuUs: (used.user + used.system) / units, latenciesMs };
}

export function rateOf(run: Run): number {
  return run.units / run.seconds;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** One side of a comparison. */
export interface Side {
  readonly name: string;
  run(): Promise<Run>;
}

/** A B C A B C …: the sides in turn within one run, so that a machine whose speed drifts drifts for all of them. */
export async function interleave(sides: readonly Side[], rounds: number): Promise<Map<string, Run[]>> {
  const runs = new Map<string, Run[]>(sides.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const side of sides) runs.get(side.name)?.push(await side.run());
  }
  return runs;
}

export interface Row {
  readonly name: string;
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
  readonly cpuUs: number;
}

export function rowOf(name: string, runs: readonly Run[]): Row {
  return {
    name,
    rate: median(runs.map(rateOf)),
    p50: median(runs.map((run) => percentile(run.latenciesMs, 0.5))),
    p99: median(runs.map((run) => percentile(run.latenciesMs, 0.99))),
    cpuUs: median(runs.map((run) => run.cpuUs)),
  };
}

export function printRows(title: string, rows: readonly Row[]): void {
  console.log(`\n${title}`);
  console.log(
    `${'side'.padEnd(44)}${'per second'.padStart(12)}${'p50 ms'.padStart(10)}${'p99 ms'.padStart(10)}${'CPU µs'.padStart(10)}`,
  );
  for (const { name, rate, p50, p99, cpuUs } of rows) {
    console.log(
      `${name.padEnd(44)}${Math.round(rate).toString().padStart(12)}${p50.toFixed(1).padStart(10)}${p99.toFixed(1).padStart(10)}${Math.round(cpuUs).toString().padStart(10)}`,
    );
  }
}

import { Seeded } from '#support/seeded.js';

/** Something that runs in the simulated world and can be killed (`kill -9`) or held (SIGSTOP). */
export interface Process {
  readonly name: string;
  state: 'running' | 'stopped' | 'dead';
  /** How far its clock is off. */
  skewMs: number;
}

interface Happening {
  readonly atMs: number;
  readonly order: number;
  /** Whose turn it is: the dead get none, the stopped get it when they go on. Null: the world's own, the network's and people's. */
  readonly process: Process | null;
  readonly label: string;
  readonly happen: () => void;
}

/**
 * All of time, chance and order of one simulated run. Whatever waits, waits here; one waiter after another goes on, in the
 * order of the virtual clock, and everything that it does at once is done before the next. So a run is its seed.
 */
export class World {
  readonly random: Seeded;
  private readonly noted: (number | string)[] = [];
  /** Milliseconds since the run began, on a clock that nobody sets. */
  elapsedMs = 0;
  steps = 0;
  /** Asked before each turn of a process; what it returns `true` for does not get it. */
  interrupts: (process: Process) => boolean = () => false;
  private readonly queue: Happening[] = [];
  private readonly held = new Map<Process, Happening[]>();
  private order = 0;
  private leapsMs = 0;

  constructor(
    seed: number,
    private readonly startMs: number,
  ) {
    this.random = new Seeded(seed);
  }

  /** The true time of day. */
  get wallMs(): number {
    return this.startMs + this.leapsMs + Math.floor(this.elapsedMs);
  }

  /** All clocks jump ahead: the night passes in which nobody came. */
  leap(ms: number): void {
    this.leapsMs += ms;
    this.note(`leap ${ms}`);
  }

  note(label: string): void {
    this.noted.push(this.elapsedMs, label);
  }

  /** What happened, in order: `<ms> <label>`. */
  get trace(): string[] {
    const lines: string[] = [];
    for (let at = 0; at < this.noted.length; at += 2)
      lines.push(`${Number(this.noted[at]).toFixed(2)} ${String(this.noted[at + 1])}`);
    return lines;
  }

  /** Resolves so much later; never, when the process dies before. */
  wait(process: Process | null, ms: number, label: string): Promise<void> {
    return new Promise((happen) => this.after(process, ms, label, happen));
  }

  after(process: Process | null, ms: number, label: string, happen: () => void): void {
    this.order += 1;
    push(this.queue, { atMs: this.elapsedMs + ms, order: this.order, process, label, happen });
  }

  /** One message's way. */
  get latencyMs(): number {
    return 0.2 + this.random.next() * 3;
  }

  chance(probability: number): boolean {
    return probability > 0 && this.random.next() < probability;
  }

  kill(process: Process): void {
    process.state = 'dead';
    this.held.delete(process);
    this.note(`${process.name} is killed`);
  }

  stop(process: Process): void {
    process.state = 'stopped';
    this.note(`${process.name} is stopped`);
  }

  /** A stopped process goes on with everything that it missed. */
  goOn(process: Process): void {
    if (process.state !== 'stopped') return;
    process.state = 'running';
    this.note(`${process.name} goes on`);
    for (const { label, happen } of this.held.get(process) ?? []) this.after(process, 0, label, happen);
    this.held.delete(process);
  }

  /** Runs until something is true; false where it is not after so long, or nothing is left to happen. */
  async run(isDone: () => boolean, withinMs: number): Promise<boolean> {
    const endMs = this.elapsedMs + withinMs;
    while (!isDone()) {
      if ((this.queue[0]?.atMs ?? Infinity) > endMs) return false;
      const next = pop(this.queue);
      if (next === undefined) return false;
      this.elapsedMs = Math.max(this.elapsedMs, next.atMs);
      if (this.take(next)) await drained();
    }
    return true;
  }

  private take(next: Happening): boolean {
    const { process, label, happen } = next;
    if (process?.state === 'dead') return false;
    if (process !== null && process.state === 'running' && this.interrupts(process)) this.note(`instead of: ${label}`);
    // What interrupted may have stopped or killed it.
    if (process !== null && process.state !== 'running') {
      if (process.state === 'stopped') this.held.set(process, [...(this.held.get(process) ?? []), next]);
      return false;
    }
    this.steps += 1;
    this.note(label);
    happen();
    return true;
  }
}

/** Everything that can go on at once has gone on: promises come before the next turn of the event loop. */
function drained(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function isBefore(a: Happening, b: Happening): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}

/** A binary heap, the soonest first. */
function push(heap: Happening[], one: Happening): void {
  let at = heap.length;
  heap.push(one);
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const above = heap[parent];
    if (above === undefined || !isBefore(one, above)) break;
    heap[at] = above;
    at = parent;
  }
  heap[at] = one;
}

function pop(heap: Happening[]): Happening | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (first === undefined || last === undefined || heap.length === 0) return first;
  let at = 0;
  for (;;) {
    const [left, right] = [heap[2 * at + 1], heap[2 * at + 2]];
    if (left === undefined) break;
    const child = right !== undefined && isBefore(right, left) ? right : left;
    if (!isBefore(child, last)) break;
    heap[at] = child;
    at = child === left ? 2 * at + 1 : 2 * at + 2;
  }
  heap[at] = last;
  return first;
}

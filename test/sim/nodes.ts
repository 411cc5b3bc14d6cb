import type { Doc } from './match.js';
import { SimNode, type Surroundings } from './sim-node.js';
import type { Weather } from './weather.js';
import type { Process, World } from './world.js';

const RESTART_MS_MAX = 2_500;

/** The servers of a run, and what befalls them. */
export class Nodes {
  /** Groups that were committed by somebody who no longer led the lane. */
  readonly zombies: string[] = [];
  private readonly living: SimNode[] = [];
  private readonly world: World;
  private readonly kills: number[];
  private readonly stops: { turn: number; forMs: number }[];
  /** Who opened each lane last, by the process's name. */
  private readonly leaders = new Map<string, { readonly by: string; readonly epoch: number }>();
  private turns = 0;
  private born = 0;
  private pending = 0;
  private isCalm = false;

  constructor(
    private readonly around: Surroundings,
    private readonly weather: Weather,
  ) {
    this.world = around.world;
    this.kills = weather.kills.toSorted((a, b) => a - b);
    this.stops = weather.stops.toSorted((a, b) => a.turn - b.turn);
    this.world.interrupts = (process) => this.interrupt(process);
    around.database.onWrite = (table, doc, by) => this.watchLanes(table, doc, by);
  }

  begin(): void {
    this.start('a');
    if (this.weather.hasTwoNodes) this.start('b');
    for (const { afterMs, byMs } of this.weather.leaps)
      this.world.after(null, afterMs, 'the night passes', () => this.world.leap(byMs));
    for (const atMs of this.weather.flushesMs) this.world.after(null, atMs, 'flush', () => this.around.mirror.flush());
  }

  /** Any node that was not killed; a stopped one takes requests, and answers later. */
  pick(): SimNode | null {
    return this.living.length === 0 ? null : this.world.random.pick(this.living);
  }

  /** Nobody is stopped, nobody is about to start again. */
  get isStormOver(): boolean {
    return this.pending === 0;
  }

  get isUp(): boolean {
    return this.living.length > 0;
  }

  /** The time of day on the node that is left. */
  get nowMs(): number {
    return this.world.wallMs + (this.living[0]?.process.skewMs ?? 0);
  }

  /** No more faults; of the nodes one is left, with the right time: two could each wait for a lane that the other leads. */
  calm(): void {
    this.isCalm = true;
    for (const { process } of this.living) this.world.goOn(process);
    for (const { process } of this.living.splice(1)) this.world.kill(process);
    for (const { process } of this.living) process.skewMs = 0;
    if (this.living.length === 0 && this.pending === 0) this.start('a');
  }

  private start(home: string): void {
    const { weather, world } = this;
    const skewMs = this.isCalm ? 0 : (weather.skewsMs[this.born % Math.max(1, weather.skewsMs.length)] ?? 0);
    this.born += 1;
    const process: Process = { name: `${home}${this.born}`, state: 'running', skewMs };
    const node = new SimNode(process, home, this.around);
    this.living.push(node);
    world.note(`${process.name} starts`);
    node.start().catch(() => {
      // As a server does that cannot start: it ends, and is started again.
      world.kill(process);
      this.remove(process, home);
    });
  }

  private interrupt(process: Process): boolean {
    if (this.isCalm) return false;
    this.turns += 1;
    const home = process.name.slice(0, 1);
    if (this.turns >= (this.kills[0] ?? Infinity)) {
      this.kills.shift();
      this.world.kill(process);
      this.remove(process, home);
      return true;
    }
    const [stop] = this.stops;
    if (this.turns >= (stop?.turn ?? Infinity) && stop !== undefined) {
      this.stops.shift();
      this.world.stop(process);
      this.pending += 1;
      this.world.after(null, stop.forMs, `${process.name} may go on`, () => {
        this.pending -= 1;
        this.world.goOn(process);
      });
      if (this.living.every((node) => node.process.state !== 'running')) this.start(home === 'a' ? 'b' : 'a');
      return true;
    }
    return false;
  }

  private remove(process: Process, home: string): void {
    const at = this.living.findIndex((node) => node.process === process);
    if (at !== -1) this.living.splice(at, 1);
    this.pending += 1;
    this.world.after(null, this.world.random.between(10, RESTART_MS_MAX), `${home} is started again`, () => {
      this.pending -= 1;
      if (!this.isCalm || this.living.length === 0) this.start(home);
    });
  }

  /** A group counts only under the epoch that its writer opened the lane with. */
  private watchLanes(table: string, doc: Doc, by: string): void {
    if (table !== 'lanes') return;
    const { _id: lane, epoch, q } = doc;
    const before = this.leaders.get(lane);
    const opened = typeof epoch === 'number' ? epoch : 0;
    if (before === undefined || opened > before.epoch) {
      this.leaders.set(lane, { by, epoch: opened });
      this.heads.set(lane, Number(q));
      return;
    }
    if (Number(q) !== (this.heads.get(lane) ?? 0) && by !== before.by)
      this.zombies.push(`I8 ${by} committed group ${String(q)} of lane ${lane}, which ${before.by} leads`);
    this.heads.set(lane, Number(q));
  }

  private readonly heads = new Map<string, number>();
}

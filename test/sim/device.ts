import type { PushEnvelope } from '@verbena/shared/realtime/socket.js';
import {
  abandonCatchUp,
  beginCatchUp,
  receiveCatchUp,
  receivePush,
  startStream,
  type StreamStep,
} from '@verbena/client/lib/live/stream-reducer.js';
import type { Connection } from '@verbena/server/realtime/connection.js';
import type { SimNode } from './sim-node.js';
import type { World } from './world.js';

export interface SocketWeather {
  readonly lost: number;
  readonly twice: number;
  /** Frames overtake one another by so much. */
  readonly spreadMs: number;
  /** At each heartbeat. */
  readonly broken: number;
}

const HEARTBEAT_MS = 2_000;
const ANSWER_MS = 1_500;

/** A socket as the device has it. */
interface Line {
  readonly node: SimNode;
  readonly connection: Connection;
  isUp: boolean;
}

/** One member's device: the client's own reducer, on sockets that break, lose, repeat and reorder. */
export class Device {
  readonly applied: PushEnvelope[] = [];
  resets = 0;
  private stream = startStream<PushEnvelope>(0);
  private line: Line | null = null;
  private opens = 0;

  constructor(
    private readonly world: World,
    readonly member: string,
    private readonly pickNode: () => SimNode | null,
    private readonly weather: () => SocketWeather,
    /** A mutant asks for what comes after the next one. */
    private readonly sinceOf: (cur: number) => number,
  ) {
    this.beat();
  }

  /** Whether everything up to a number was applied and nothing is asked for. */
  stands(seq: number): boolean {
    return this.stream.cur === seq && !this.stream.catchingUp;
  }

  private beat(): void {
    this.world.after(
      null,
      this.world.random.between(HEARTBEAT_MS / 2, HEARTBEAT_MS),
      `device ${this.member} beats`,
      () => {
        if (
          this.line !== null &&
          (this.line.node.process.state !== 'running' || this.world.chance(this.weather().broken))
        )
          this.breakLine(this.line);
        if (this.line === null) this.connect();
        else if (!this.stream.catchingUp) this.take(beginCatchUp(this.stream));
        this.beat();
      },
    );
  }

  private connect(): void {
    const node = this.pickNode();
    if (node === null) return;
    const line: Line = {
      node,
      isUp: true,
      connection: node.connect(this.member, {
        frame: (envelope) => this.send(line, envelope),
        closed: () => this.breakLine(line),
      }),
    };
    this.line = line;
    this.take(beginCatchUp(this.stream));
  }

  private breakLine(line: Line): void {
    line.isUp = false;
    if (line.node.process.state === 'running') line.node.disconnect(line.connection);
    if (this.line !== line) return;
    this.line = null;
    this.stream = abandonCatchUp(this.stream);
  }

  /** One frame on its way: it may be lost, come twice, or after a later one. */
  private send(line: Line, envelope: PushEnvelope): void {
    const { lost, twice, spreadMs } = this.weather();
    const copies = this.world.chance(lost) ? 0 : this.world.chance(twice) ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1)
      this.world.after(null, 1 + this.world.random.next() * spreadMs, `frame ${envelope.q} to ${this.member}`, () => {
        if (line.isUp) this.take(receivePush(this.stream, envelope));
      });
  }

  private take(step: StreamStep<PushEnvelope>): void {
    this.stream = step.state;
    if (step.reset === true) this.resets += 1;
    this.applied.push(...step.apply);
    if (step.fetchSince !== undefined) this.open(step.fetchSince);
  }

  private open(cur: number): void {
    const { line, world } = this;
    if (line === null) {
      this.stream = abandonCatchUp(this.stream);
      return;
    }
    this.opens += 1;
    const number = this.opens;
    const fail = (): void => {
      if (line.isUp && number === this.opens) this.stream = abandonCatchUp(this.stream);
    };
    world.after(null, ANSWER_MS, `device ${this.member} waited for an answer`, fail);
    void world
      .wait(line.node.process, world.latencyMs, `open ${cur} of ${this.member}`)
      .then(() => line.node.open(line.connection, this.sinceOf(cur)))
      .then(async (opened) => {
        await world.wait(null, world.latencyMs, `opened ${cur} of ${this.member}`);
        // An answer that comes too late, or on a line that broke, is nobody's.
        if (line.isUp && number === this.opens && this.stream.catchingUp)
          this.take(receiveCatchUp(this.stream, opened));
      })
      .catch(fail);
  }
}

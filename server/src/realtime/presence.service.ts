import { Injectable, Logger } from '@nestjs/common';
import { streamKindOf, type StreamName, type StreamTyping } from '@verbena/shared/realtime/socket.js';
import * as z from 'zod/mini';
import { Clock } from '#platform/clock/clock.js';
import { Refusal } from '#platform/errors/refusal.js';
import { Redis } from '#platform/redis/redis.js';
import type { Connection } from './connection.js';
import { RealtimePorts } from './realtime-ports.js';
import { type Audience, RealtimeService } from './realtime.service.js';

/** Whoever is not said to be there for so long is gone. */
const READING_MS = 60_000;
const TYPING_MS = 6_000;
/** So often a node says again who is there. */
const RENEWED_MS = 20_000;
const NAMED_MAX = 3;

/** What this node last said of a stream: to Redis, who is here, and to those, who is there. */
interface Told {
  readonly here: ReadonlySet<Connection>;
  readonly renewedAtMs: number;
  readonly said: string;
}

/**
 * Who reads a stream now, and who is writing there: members with an end, in Redis, so that every node knows of those of all nodes. Without
 * Redis nobody is told anything, and nothing else misses it.
 */
@Injectable()
export class PresenceService {
  private readonly logger = new Logger('Presence');
  private readonly told = new Map<Audience, Told>();

  constructor(
    private readonly redis: Redis,
    private readonly ports: RealtimePorts,
    private readonly realtime: RealtimeService,
    private readonly clock: Clock,
  ) {}

  /** Notes that a member is writing. Refuses `stream.unknown` for what it has not open, or where nobody is told. */
  async type({ subject, openStreams }: Connection, { stream }: StreamTyping): Promise<{ noted: boolean }> {
    if (!openStreams.has(stream) || !this.isTold(stream)) throw new Refusal('stream.unknown');
    if (!this.redis.isReady) return { noted: false };
    const key = this.keyOf('typing', subject.program, stream);
    await this.redis.commands
      .multi()
      .zAdd(key, { score: this.clock.now() + TYPING_MS, value: subject.member })
      .pExpire(key, TYPING_MS)
      .exec();
    return { noted: true };
  }

  /** Whoever posted is not writing any more. Never throws. */
  async stopTyping(program: string, stream: StreamName, member: string): Promise<void> {
    if (!this.redis.isReady) return;
    // Where that fails it ends by itself.
    await this.redis.commands.zRem(this.keyOf('typing', program, stream), member).catch(() => undefined);
  }

  /** Tells those who have a stream open here what changed since it was told last. Called once a second. */
  async tell(): Promise<void> {
    if (!this.redis.isReady) return;
    try {
      const open = new Set([...this.realtime.audiences()].filter(({ stream }) => this.isTold(stream)));
      for (const [audience, { here }] of this.told) if (!open.has(audience)) await this.forget(audience, here);
      for (const audience of open) await this.look(audience);
    } catch (error) {
      this.logger.debug(String(error));
    }
  }

  private async look(audience: Audience): Promise<void> {
    const { program, stream, connections } = audience;
    const [nowMs, steadyMs] = [this.clock.now(), this.clock.elapsed()];
    const [reading, typing] = [this.keyOf('reading', program, stream), this.keyOf('typing', program, stream)];
    const before = this.told.get(audience);
    const isDue = before === undefined || steadyMs - before.renewedAtMs > RENEWED_MS;
    const [here, were] = [membersOf(connections), membersOf(before?.here ?? [])];
    const came = [...here].filter((member) => isDue || !were.has(member));
    const left = [...were].filter((member) => !here.has(member));
    const commands = this.redis.commands.multi().zRemRangeByScore(reading, 0, nowMs).pExpire(reading, READING_MS);
    if (came.length > 0) {
      const score = nowMs + READING_MS;
      commands.zAdd(
        reading,
        came.map((value) => ({ score, value })),
      );
    }
    if (left.length > 0) commands.zRem(reading, left);
    const answers = await commands.zCard(reading).zRangeByScore(typing, nowMs, '+inf').exec();
    const [readers, writing] = [Number(answers.at(-2)), z.parse(z.array(z.string()), answers.at(-1))];
    const said = JSON.stringify([readers, writing]);
    this.told.set(audience, { here: new Set(connections), renewedAtMs: isDue ? steadyMs : before.renewedAtMs, said });
    // Whoever came has to hear it, though nothing changed for the others.
    const isNews = said !== before?.said || [...connections].some((connection) => !before.here.has(connection));
    if (isNews) await this.say(audience, readers, writing);
  }

  /** Nobody here has it open any more. */
  private async forget(audience: Audience, here: ReadonlySet<Connection>): Promise<void> {
    this.told.delete(audience);
    await this.redis.commands.zRem(this.keyOf('reading', audience.program, audience.stream), [...membersOf(here)]);
  }

  private async say({ program, stream, connections }: Audience, readers: number, writing: readonly string[]) {
    const source = this.ports.source(stream);
    const named = writing.slice(0, NAMED_MAX + 1);
    const signed = (await source.signaturesOf?.(program, named)) ?? [];
    for (const connection of connections) {
      const typing = signed.filter((_, at) => named[at] !== connection.subject.member).slice(0, NAMED_MAX);
      connection.tellPresent({ stream, readers, typing });
    }
  }

  private isTold(stream: StreamName): boolean {
    return this.ports.sourceOf(streamKindOf(stream)).signaturesOf !== undefined;
  }

  private keyOf(what: 'reading' | 'typing', program: string, stream: StreamName): string {
    return this.redis.key('present', what, program, stream);
  }
}

function membersOf(connections: Iterable<Connection>): ReadonlySet<string> {
  return new Set([...connections].map(({ subject }) => subject.member));
}

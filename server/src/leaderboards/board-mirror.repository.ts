import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Config } from '#platform/config/config.js';
import { Redis } from '#platform/redis/redis.js';
import { APPLY, BEGIN, FINISH, READ, type Script } from './board-mirror.scripts.js';
import { type Placed, placedOf } from './place-order.js';

const VALUES_PER_CALL = 1_000;
/** On either side of a member. */
const AROUND = 3;

/** A member's place in a list as it is now; `element` null: it has none. */
export interface MirrorValue {
  readonly list: string;
  readonly member: string;
  readonly score: number;
  readonly element: string | null;
}

/** A board's page of one moment; places count from 0. */
export interface RankedPage {
  readonly total: number;
  readonly top: readonly Placed[];
  readonly own: {
    readonly place: number;
    readonly around: readonly Placed[];
    readonly firstPlace: number;
    /** How many have more points than the first of `around`. */
    readonly moreThanFirst: number;
    readonly moreThanOwn: number;
    /** The nearest with more points. */
    readonly next: Placed | null;
  } | null;
}

type Reply = [number, string[], number, number, string[], number, number, string[]];

/**
 * The boards in Redis, a sorted set for each list whose own order is that of the board, and a hash from members to their
 * elements. It holds nothing that MongoDB does not, may be lost at any time, and says itself whether it is whole: `meta` names
 * its generation and, for each lane, the last group that is in it. Whatever fails here throws; callers then ask MongoDB.
 */
@Injectable()
export class BoardMirror {
  private generation: string | null = null;

  constructor(
    private readonly redis: Redis,
    @Inject(Config) private readonly config: Config,
  ) {}

  get isReady(): boolean {
    return this.redis.isReady;
  }

  /** What the mirror says of a lane; nulls where it holds nothing. */
  async stateOf(lane: string): Promise<{ readonly generation: string | null; readonly q: number | null }> {
    const [generation, q] = await this.redis.commands.hmGet(this.meta, ['gen', `q:${lane}`]);
    return { generation: generation ?? null, q: q == null ? null : Number(q) };
  }

  /** Begins to copy a lane; answers the generation to copy into. `lists` are those to drop of one that is given up. */
  async begin(lane: string, lists: readonly string[]): Promise<string> {
    const fresh = randomBytes(6).toString('hex');
    const [generation, old] = (await this.run(BEGIN, [this.meta], [lane, fresh])) as [string, string];
    if (old !== '') await this.drop(old, lists);
    return generation;
  }

  /**
   * Takes values in. With `toQ` the lane then stands there; it must have stood at `fromQ`, or is being copied. False: the mirror
   * is another one by now, or misses something, and is to be copied anew.
   */
  async apply(
    generation: string,
    lane: string,
    fromQ: number,
    toQ: number | null,
    values: readonly MirrorValue[],
  ): Promise<boolean> {
    for (let at = 0; at === 0 || at < values.length; at += VALUES_PER_CALL) {
      const part = values.slice(at, at + VALUES_PER_CALL);
      const isLast = at + VALUES_PER_CALL >= values.length;
      const lists = [...new Set(part.map(({ list }) => list))];
      const numbers = new Map(lists.map((list, index) => [list, String(index + 1)]));
      const keys = lists.flatMap((list) => [...this.keysOf(generation, list), this.versionOf(list)]);
      const answer = await this.run(
        APPLY,
        [this.meta, ...keys],
        [
          generation,
          lane,
          String(fromQ),
          isLast && toQ !== null ? String(toQ) : '',
          ...part.flatMap(({ list, member, score, element }) => [
            numbers.get(list) ?? '',
            member,
            String(-score),
            element ?? '',
          ]),
        ],
      );
      if (answer !== 'ok') return false;
    }
    return true;
  }

  /** A lane is wholly copied, up to a group; false where the mirror is another one by now. */
  async finish(generation: string, lane: string, q: number): Promise<boolean> {
    return (await this.run(FINISH, [this.meta], [generation, lane, String(q)])) === 'ok';
  }

  /** A page of one moment; null where the mirror is not whole. */
  async read(list: string, member: string | null, rows: number): Promise<RankedPage | null> {
    const known = this.generation ?? (await this.readGeneration());
    const answer = known === null ? null : await this.readIn(known, list, member, rows);
    if (answer !== null) return answer;
    const now = await this.readGeneration();
    return now === null || now === known ? null : this.readIn(now, list, member, rows);
  }

  /** What changes whenever something in a list does; null for one in which nothing did since Redis was emptied. */
  async versions(lists: readonly string[]): Promise<(string | null)[]> {
    return lists.length === 0 ? [] : this.redis.commands.mGet(lists.map((list) => this.versionOf(list)));
  }

  /** Drops lists of a generation, of the present one unless said. */
  async drop(generation: string | null, lists: readonly string[]): Promise<void> {
    const from = generation ?? (await this.readGeneration());
    if (from === null) return;
    const keys = lists.flatMap((list) => this.keysOf(from, list));
    for (let at = 0; at < keys.length; at += VALUES_PER_CALL)
      await this.redis.commands.unlink(keys.slice(at, at + VALUES_PER_CALL));
  }

  private async readIn(
    generation: string,
    list: string,
    member: string | null,
    rows: number,
  ): Promise<RankedPage | null> {
    const lanes = Array.from({ length: this.config.lanes }, (_, index) => `${this.config.lanes}.${index}`);
    const reply = (await this.run(
      READ,
      [this.meta, ...this.keysOf(generation, list)],
      [generation, String(rows), member ?? '', String(AROUND), ...lanes],
    )) as Reply | null;
    if (reply === null) return null;
    const [total, top, place, firstPlace, around, moreThanFirst, moreThanOwn, last] = reply;
    if (place === -1) return { total, top: placesOf(top), own: null };
    const own = { place, firstPlace, around: placesOf(around), moreThanFirst, moreThanOwn };
    return { total, top: placesOf(top), own: { ...own, next: placesOf(last)[0] ?? null } };
  }

  private async readGeneration(): Promise<string | null> {
    this.generation = (await this.redis.commands.hGet(this.meta, 'gen')) ?? null;
    return this.generation;
  }

  private async run(script: Script, keys: string[], parameters: string[]): Promise<unknown> {
    const given = { keys, arguments: parameters };
    try {
      return await this.redis.commands.evalSha(script.sha1, given);
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
      return this.redis.commands.eval(script.text, given);
    }
  }

  private get meta(): string {
    return this.redis.key('boards', 'meta');
  }

  private keysOf(generation: string, list: string): [string, string] {
    return [
      this.redis.key('boards', generation, list, 'places'),
      this.redis.key('boards', generation, list, 'members'),
    ];
  }

  private versionOf(list: string): string {
    return this.redis.key('boards', 'version', list);
  }
}

/** Elements and scores in turn, as Redis answers them. */
function placesOf(flat: readonly string[]): Placed[] {
  const places: Placed[] = [];
  for (let at = 0; at < flat.length; at += 2) places.push(placedOf(flat[at] ?? '', flat[at + 1] ?? ''));
  return places;
}

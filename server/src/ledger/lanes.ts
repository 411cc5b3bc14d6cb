import { SHARDS } from '#platform/crypto/hash.js';

/** The lanes of an installation: fixed ranges of the 64 shards. The id names the count, so that a changed count is a new lane. */
export function laneIds(lanes: number): string[] {
  return Array.from({ length: lanes }, (_, index) => `${lanes}.${index}`);
}

/** The lane of a shard. */
export function laneOfShard(shard: number, lanes: number): string {
  return `${lanes}.${Math.floor((shard * lanes) / SHARDS)}`;
}

/** The shards of a lane. */
export function shardsOfLane(lane: string, lanes: number): number[] {
  return Array.from({ length: SHARDS }, (_, shard) => shard).filter((shard) => laneOfShard(shard, lanes) === lane);
}

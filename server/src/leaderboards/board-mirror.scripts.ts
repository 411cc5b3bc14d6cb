import { createHash } from 'node:crypto';

/** A script as Redis runs it whole: nobody sees half of what it does. */
export interface Script {
  readonly text: string;
  readonly sha1: string;
}

function script(text: string): Script {
  return { text, sha1: createHash('sha1').update(text).digest('hex') };
}

/**
 * Joins or begins a mirror. KEYS: meta. ARGV: lane, a fresh generation.
 * An empty Redis gets the fresh generation; a mirror in which this lane stands already, and wrongly, or into which it was copied
 * before and not to the end, is given up for it: nobody knows which places in it are nobody's any more. Else another lane
 * began, and this one joins. Answers the generation, and the one that was given up.
 */
export const BEGIN = script(`
local gen = redis.call('HGET', KEYS[1], 'gen')
local began = 'began:' .. ARGV[1]
if gen and redis.call('HEXISTS', KEYS[1], began) == 0 and redis.call('HEXISTS', KEYS[1], 'q:' .. ARGV[1]) == 0 then
  redis.call('HSET', KEYS[1], began, '1')
  return {gen, ''}
end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'gen', ARGV[2], began, '1')
return {ARGV[2], gen or ''}
`);

/**
 * Takes absolute values in. KEYS: meta, then a sorted set, a hash and a version for each list. ARGV: generation, lane, the
 * group before, the group after ('' leaves the lane where it stands), then for each value: its list from 1, member,
 * negated score, element ('' takes the member out).
 * A lane that is being copied has no number yet, and takes values all the same.
 */
export const APPLY = script(`
if redis.call('HGET', KEYS[1], 'gen') ~= ARGV[1] then return 'lost' end
local lane = 'q:' .. ARGV[2]
local q = redis.call('HGET', KEYS[1], lane)
if q and q ~= ARGV[3] then return 'lost' end
local moved = {}
for at = 5, #ARGV, 4 do
  local list = tonumber(ARGV[at])
  local places, members = KEYS[list * 3 - 1], KEYS[list * 3]
  local member, element = ARGV[at + 1], ARGV[at + 3]
  local old = redis.call('HGET', members, member)
  if old and old ~= element then redis.call('ZREM', places, old) end
  if element == '' then
    if old then redis.call('HDEL', members, member) end
  else
    redis.call('ZADD', places, ARGV[at + 2], element)
    if old ~= element then redis.call('HSET', members, member, element) end
  end
  moved[list] = true
end
for list in pairs(moved) do redis.call('INCR', KEYS[list * 3 + 1]) end
if q and ARGV[4] ~= '' then redis.call('HSET', KEYS[1], lane, ARGV[4]) end
return 'ok'
`);

/** The lane is copied. KEYS: meta. ARGV: generation, lane, group. */
export const FINISH = script(`
if redis.call('HGET', KEYS[1], 'gen') ~= ARGV[1] then return 'lost' end
redis.call('HSET', KEYS[1], 'q:' .. ARGV[2], ARGV[3])
return 'ok'
`);

/**
 * Everything that a page of a board shows, of one moment. KEYS: meta, sorted set, hash. ARGV: generation, how many rows, member
 * or '', how many on either side, then all lanes. Answers nothing where the mirror is not whole; else: total, the rows, the
 * member's place from 0 or -1, the first place around it, the rows around it, how many have more points than the first of
 * these, how many have more than the member, and the last of those.
 */
export const READ = script(`
if redis.call('HGET', KEYS[1], 'gen') ~= ARGV[1] then return false end
for at = 5, #ARGV do
  if redis.call('HEXISTS', KEYS[1], 'q:' .. ARGV[at]) == 0 then return false end
end
local total = redis.call('ZCARD', KEYS[2])
local top = redis.call('ZRANGE', KEYS[2], 0, tonumber(ARGV[2]) - 1, 'WITHSCORES')
local element = ARGV[3] ~= '' and redis.call('HGET', KEYS[3], ARGV[3])
local place = element and redis.call('ZRANK', KEYS[2], element)
if not place then return {total, top, -1, 0, {}, 0, 0, {}} end
local side = tonumber(ARGV[4])
local first = math.max(0, place - side)
local around = redis.call('ZRANGE', KEYS[2], first, place + side, 'WITHSCORES')
local above = redis.call('ZCOUNT', KEYS[2], '-inf', '(' .. around[2])
local more = redis.call('ZCOUNT', KEYS[2], '-inf', '(' .. redis.call('ZSCORE', KEYS[2], element))
local last = more > 0 and redis.call('ZRANGE', KEYS[2], more - 1, more - 1, 'WITHSCORES') or {}
return {total, top, place, first, around, above, more, last}
`);

import { initialState } from '@verbena/server/engine/initial-state.js';
import { reversedTypeOf } from '@verbena/shared/activities/activity-type.js';
import { resultOf } from '@verbena/server/ledger/activity-result.js';
import { movementsOf, VISIBLE, visibilityAfter } from '@verbena/server/leaderboards/count-entries.js';
import type { StandingDocument } from '@verbena/server/leaderboards/leaderboards.schema.js';
import { type JournalEntry, type MemberLedger, type OutboxRow } from '@verbena/server/ledger/journal-entry.js';
import { type Counter, counterIdOf, type LanePortion } from '@verbena/server/ledger/portions.js';
import { fromDocument, type JournalDocument, type LaneDocument } from '@verbena/server/ledger/ledger.schema.js';
import { groupDigest, sealedHead, sealOf } from '@verbena/server/ledger/seal-group.js';
import { MemberVerifier } from '@verbena/server/ledger/verify-member.js';
import { entryIdOf } from '@verbena/server/platform/crypto/hash.js';
import type { Device } from './device.js';
import type { MemoryDatabase } from './memory-database.js';
import type { MemoryMirror } from './memory-mirror.js';
import { replay } from './replay.js';
import type { Promises } from './shop.js';
import { PROGRAM, type SimProgram } from './sim-program.js';

/** What is left when everything came to rest, and what it is held against. */
export interface Remains {
  readonly database: MemoryDatabase;
  readonly mirror: MemoryMirror;
  readonly program: SimProgram;
  readonly members: readonly string[];
  readonly promises: Promises;
  readonly devices: readonly Device[];
  readonly wallMs: number;
  /** Whether time leapt so far that something may be too late. */
  readonly hasYearPassed: boolean;
}

/** A run's books as they stand in the database, by member in order. */
interface Books {
  readonly entries: readonly JournalEntry[];
  readonly byMember: ReadonlyMap<string, readonly JournalEntry[]>;
  readonly states: ReadonlyMap<string, MemberLedger>;
}

/** Everything that does not hold, in sentences that begin with the invariant's number. */
export function checkWorld(remains: Remains): string[] {
  const books = readBooks(remains.database, remains.members);
  return [
    ...checkKeys(books, remains.promises),
    ...checkPromises(books, remains.promises),
    ...checkLanes(books, remains.database),
    ...checkCaused(books, remains.database),
    ...checkMembers(books, remains),
    ...checkBoards(books, remains),
    ...checkDevices(books, remains.devices),
    ...checkQuarantine(remains),
    ...checkBudgets(books, remains.database),
    ...checkMerges(books),
  ];
}

function readBooks(database: MemoryDatabase, members: readonly string[]): Books {
  const documents = database.all('journal') as unknown as JournalDocument[];
  const entries = documents.map(fromDocument).toSorted((a, b) => a.seq - b.seq || (a._id < b._id ? -1 : 1));
  const byMember = new Map(members.map((member) => [member, entries.filter((entry) => entry.member === member)]));
  const states = database.all('memberStates') as unknown as MemberLedger[];
  return { entries, byMember, states: new Map(states.map((ledger) => [ledger._id, ledger])) };
}

/** I2: a key of a source is in the journal at most once; and nothing is there that nobody sent. */
function checkKeys({ entries }: Books, { acknowledged }: Promises): string[] {
  const found: string[] = [];
  const seen = new Set<string>();
  for (const { activity } of entries) {
    const name = `${activity.source} ${activity.key}`;
    if (seen.has(name)) found.push(`I2 ${name} is in the journal twice`);
    seen.add(name);
    const isSent = activity.source !== 'clock' && activity.source !== 'cause';
    if (isSent && !acknowledged.has(activity.key)) found.push(`I2 ${name} was recorded and never acknowledged`);
  }
  return found;
}

/** I3: whatever was acknowledged is there, with the same answer. */
function checkPromises({ entries }: Books, { acknowledged, broken }: Promises): string[] {
  const byId = new Map(entries.map((entry) => [entry._id, entry]));
  const lost = [...acknowledged.values()].flatMap(({ act, entry, text }) => {
    const kept = byId.get(entry._id);
    if (kept === undefined) return [`I3 ${act.key} was acknowledged and is gone`];
    return JSON.stringify(resultOf(kept)) === text ? [] : [`I3 ${act.key} was answered ${text} and is another`];
  });
  return [...lost, ...broken.map((text) => `I3 ${text}`)];
}

/** I9: of what all share, what is left, in portions and used is the limit; nothing of it is below zero. */
function checkBudgets({ entries }: Books, database: MemoryDatabase): string[] {
  const used = new Map<string, number>();
  for (const { program, effects } of entries)
    for (const effect of effects) {
      if (effect.type !== 'budget.used') continue;
      const id = counterIdOf({ program, budget: effect.budget, period: effect.period });
      used.set(id, (used.get(id) ?? 0) + effect.amount);
    }
  const rows = database.all('portions') as unknown as (LanePortion & Counter & { readonly counter: string })[];
  const ids = new Set([...used.keys(), ...rows.map(({ counter }) => counter)]);
  return [...ids].flatMap((id) => {
    const counter = rows.find((row) => row.counter === id && row.lane === null);
    if (counter === undefined) return [`I9 ${id} was used and never counted`];
    const lefts = rows.filter((row) => row.counter === id).map(({ left }) => left);
    const spent = used.get(id) ?? 0;
    const sum = lefts.reduce((total, left) => total + left, spent);
    if (Math.min(spent, counter.over, ...lefts) < 0) return [`I9 ${id} is below zero: ${lefts.join()}, used ${spent}`];
    return sum === counter.limit + counter.over
      ? []
      : [`I9 ${id}: ${lefts.join('+')} left and ${spent} used of ${counter.limit} and ${counter.over} over`];
  });
}

/** I10: what left an account that was joined to another is there, once and whole, and nothing is left of it where it ended. */
function checkMerges({ entries, states }: Books): string[] {
  const sums = new Map<string, number>();
  for (const { lines, effects, member } of entries) {
    const from = effects.find((effect) => effect.type === 'member.absorbed')?.from ?? member;
    for (const { kind, amount } of lines) if (kind === 'merge') sums.set(from, (sums.get(from) ?? 0) + amount);
  }
  const lost = [...sums].flatMap(([from, sum]) => (sum === 0 ? [] : [`I10 of ${from} ${sum} were made or lost`]));
  const ended = entries.flatMap(({ effects, member }) =>
    effects.some(({ type }) => type === 'member.closed') ? [member] : [],
  );
  return [
    ...lost,
    ...ended.flatMap((member) => {
      const state = states.get(member)?.state;
      const isEmpty = state?.tier === null && Object.values(state.balances).every((amount) => amount === 0);
      const taken = entries.filter(({ effects }) =>
        effects.some((effect) => effect.type === 'member.absorbed' && effect.from === member),
      ).length;
      return state?.closed !== undefined && isEmpty && taken === 1
        ? []
        : [`I10 ${member} ended and was taken in ${taken} times`];
    }),
  ];
}

/** I4: the groups of a lane are numbered without a gap, chained, and what they list is what the journal has. */
function checkLanes({ entries }: Books, database: MemoryDatabase): string[] {
  const found: string[] = [];
  const byId = new Map(entries.map((entry) => [entry._id, entry]));
  for (const lane of database.all('lanes') as unknown as LaneDocument[]) {
    const rows = (database.all('outbox') as unknown as OutboxRow[])
      .filter((row) => row.lane === lane._id)
      .toSorted((a, b) => a.q - b.q);
    let head = '';
    for (const [index, row] of rows.entries()) {
      if (row.q !== index + 1) found.push(`I4 group ${index + 1} of lane ${lane._id} is numbered ${row.q}`);
      const seals = row.entries.map(({ id }) => sealIn(byId.get(id)));
      head = sealedHead(head, groupDigest(seals));
      if (head !== row.head) found.push(`I4 the chain of lane ${lane._id} breaks at group ${row.q}`);
      if (row.entries.some(({ id }) => byId.get(id)?.q !== row.q))
        found.push(`I4 group ${row.q} of lane ${lane._id} lists entries that are not in it`);
    }
    if (rows.length !== lane.q || head !== lane.head)
      found.push(`I4 lane ${lane._id} does not stand at its last group`);
    const listed = rows.reduce((sum, row) => sum + row.entries.length, 0);
    const inJournal = entries.filter((entry) => entry.lane === lane._id).length;
    if (listed !== inJournal) found.push(`I4 lane ${lane._id} lists ${listed} entries and has ${inJournal}`);
  }
  return found;
}

/** The seal of an entry; something else where it is not the one that its fields give. */
function sealIn(entry: JournalEntry | undefined): string {
  if (entry === undefined) return 'missing';
  return entry.seal === sealOf(entry) ? entry.seal : `${entry.seal} is not its seal`;
}

/** What a decision caused for others became an entry, unless there was nothing to take back. */
function checkCaused({ entries }: Books, database: MemoryDatabase): string[] {
  const byId = new Map(entries.map((entry) => [entry._id, entry]));
  return (database.all('outbox') as unknown as OutboxRow[]).flatMap((row) =>
    row.caused.flatMap(({ key, activity }) => {
      if (byId.has(entryIdOf(PROGRAM, 'cause', key))) return [];
      const target = byId.get(String(activity.attributes['of']));
      const isNothingToTakeBack = reversedTypeOf(activity.type) !== null && target?.outcome !== 'accepted';
      return isNothingToTakeBack || database.find('quarantine', { _id: entryIdOf(PROGRAM, 'cause', key) }).length > 0
        ? []
        : [`I3 ${activity.type} ${key} was caused and never recorded`];
    }),
  );
}

/** Nothing is set aside, but what was caused more than thirteen months ago, and what would have taken that back. */
function checkQuarantine({ database, hasYearPassed }: Remains): string[] {
  return database
    .all('quarantine')
    .filter(({ reason }) => !hasYearPassed || !/^(?:activity.tooLate|entry.notFound)$/.test(String(reason)))
    .map(({ _id, reason }) => `I3 ${_id} was set aside: ${String(reason)}`);
}

/** I1, I4, I5: balances, folds and hashes of each member; and the journal decided again comes to the same. */
function checkMembers({ byMember, states }: Books, { program, members }: Remains): string[] {
  const found: string[] = [];
  for (const member of members) {
    const entries = byMember.get(member) ?? [];
    const first = entries[0];
    const stored = states.get(member) ?? null;
    const initial = initialState(program.inForce(first === undefined ? 0 : Date.parse(first.at)));
    const verifier = new MemberVerifier(member, initial);
    for (const entry of entries) verifier.read(entry);
    verifier.finish(stored);
    const names = { gap: 'I4', hash: 'I1', fold: 'I1', balance: 'I1', negative: 'I5' };
    for (const { kind, seq, text } of verifier.findings)
      found.push(`${kind in names ? names[kind as keyof typeof names] : 'I1'} ${member} at ${seq}: ${text}`);
    if (verifier.findings.length === 0) found.push(...replay(program, entries, stored, byMember));
  }
  return found;
}

/** I6: standings, and their mirror, are a fold of the journal. */
function checkBoards({ byMember }: Books, { database, mirror, program, wallMs }: Remains): string[] {
  const { boards } = program.inForce(wallMs);
  const { zone, time, createdAt } = program.documentAt(wallMs);
  const counted = { id: PROGRAM, zone, time, createdAtMs: createdAt.getTime(), boards };
  const wanted = new Map<string, { score: number; reachedAtMs: number; isPlaced: boolean }>();
  for (const [member, entries] of byMember) {
    let visibility = VISIBLE;
    const sums = new Map<string, { score: number; reachedAtMs: number }>();
    for (const entry of entries) {
      visibility = visibilityAfter(visibility, entry);
      for (const { board, run, amount, atMs } of movementsOf(counted, entry)) {
        const list = `${PROGRAM}|${board}|${run}`;
        sums.set(list, { score: (sums.get(list)?.score ?? 0) + amount, reachedAtMs: atMs });
      }
    }
    for (const [list, sum] of sums)
      wanted.set(`${list}|${member}`, {
        ...sum,
        isPlaced: sum.score > 0 && !visibility.isHidden && !visibility.hasLeft,
      });
  }
  const found: string[] = [];
  const standings = database.all('standings') as unknown as StandingDocument[];
  for (const { _id, score, reachedAt, order } of standings) {
    const sum = wanted.get(_id);
    // Who lost what a board counted keeps the standing without a place.
    if (sum === undefined && score === 0 && order === null) continue;
    if (sum?.score !== score || sum.reachedAtMs !== reachedAt.getTime() || sum.isPlaced !== (order !== null))
      found.push(`I6 ${_id} stands at ${score}, the journal says ${sum?.score ?? 'nothing'}`);
  }
  for (const [id, { score }] of wanted)
    if (!standings.some(({ _id }) => _id === id)) found.push(`I6 ${id} has ${score} in the journal and does not stand`);
  const placed = standings.filter(({ order }) => order !== null);
  for (const { _id, score } of placed)
    if (mirror.scores.get(_id) !== score)
      found.push(`I6 the mirror has ${mirror.scores.get(_id)} for ${_id}: ${score}`);
  if (mirror.scores.size !== placed.length) found.push('I6 the mirror has places that nobody has');
  return found;
}

/** I7: what a device applied is its member's journal, whole, in order, once. */
function checkDevices({ byMember }: Books, devices: readonly Device[]): string[] {
  return devices.flatMap(({ member, applied, resets }) => {
    const journal = (byMember.get(member) ?? []).map(({ _id }) => _id);
    const seen = applied.map(({ id }) => id);
    if (resets > 0) return [`I7 a device of ${member} had to begin anew`];
    return seen.join() === journal.join()
      ? []
      : [`I7 a device of ${member} applied ${seen.length} entries, the journal has ${journal.length}`];
  });
}

import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { PRESETS } from '@verbena/seeds/presets/presets.js';
import { compileProgram } from '@verbena/server/engine/compile-program.js';
import { decideRecorded } from '@verbena/server/engine/decide-recorded.js';
import { initialState } from '@verbena/server/engine/initial-state.js';
import { checkProof } from '@verbena/server/ledger/check-proof.js';
import { Committer, LIMITS } from '@verbena/server/ledger/committer.js';
import { decidedPartsOf, type JournalEntry } from '@verbena/server/ledger/journal-entry.js';
import { checkRoots, isSigned, rootHash, rootKeyOf, signRoot } from '@verbena/server/ledger/root.js';
import { groupDigest } from '@verbena/server/ledger/seal-group.js';
import type { Submission } from '@verbena/server/ledger/submission.js';
import { LaneVerifier } from '@verbena/server/ledger/verify-lane.js';
import { type Finding, MemberVerifier } from '@verbena/server/ledger/verify-member.js';
import { entryIdOf, hashOf, shardOf } from '@verbena/server/platform/crypto/hash.js';
import { scopeOf } from '@verbena/server/platform/mongo/scope.js';
import type { EntryProof, Root } from '@verbena/shared/ledger/roots.routes.js';
import { definitionCompilers } from '#support/definition-compilers.js';
import { MemoryStore } from '#support/memory-store.js';
import { seedsOf } from '#support/seeds.js';

const seeds = seedsOf('tampering');
const PROGRAM = '01J00000000000000000000LAW';
const LANE = '1.0';
const plaza = compileProgram(
  { zone: 'Europe/Madrid', time: 'activities' },
  { version: 1, definitions: PRESETS['shopping-centre'].definitions },
  [],
  definitionCompilers,
);
const key = rootKeyOf(generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }));
const stranger = rootKeyOf(generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }));

interface Books {
  readonly store: MemoryStore;
  readonly roots: readonly Root[];
}

function memberId(index: number): string {
  return `01J0000000000000000000000${index}`;
}

function aSubmission(index: number): Submission {
  const member = memberId(index % 5);
  const [key, type] = [`k${index}`, index % 7 === 3 ? 'coupon.redeemed' : 'purchase'];
  const occurredAt = new Date(Date.UTC(2026, 0, 5 + Math.floor(index / 3), 11)).toISOString();
  const attributes =
    type === 'purchase'
      ? {
          totalMinor: 1_000 + index * 137,
          privateLabelMinor: index * 31,
          departments: ['PAN', 'FRUTA', 'ROPA'].slice(index % 3).map((name) => ({ name, amountMinor: 100 })),
        }
      : { coupon: `c${index}`, campaign: '1' };
  return {
    scope: scopeOf(PROGRAM),
    member,
    shard: shardOf(PROGRAM, member),
    entryId: entryIdOf(PROGRAM, 'program', key),
    fingerprint: hashOf({ type, attributes }),
    activity: {
      type,
      key,
      source: 'program',
      occurredAt,
      receivedAt: occurredAt,
      channel: 'shop',
      attributes,
      ...(index % 4 === 0 ? { personal: { phone: `600${index}` } } : {}),
      depth: 0,
    },
  };
}

/** 60 activities of five members in groups of up to four, and a root after each twenty. */
async function writeBooks(): Promise<Books> {
  const store = new MemoryStore();
  let now = Date.UTC(2026, 6, 1);
  const committer = new Committer(
    LANE,
    {
      clock: {
        now: () => (now += 1_000),
        pause: () => Promise.resolve(),
        turn: () => new Promise((resolve) => setImmediate(resolve)),
      },
      random: { bytes: (count) => Buffer.alloc(count, now % 251) },
      store,
      transport: { committed: () => undefined },
      programs: { inForce: () => Promise.resolve(plaza), atVersion: () => Promise.resolve(plaza) },
      alarms: { quarantined: () => undefined, steppedDown: () => undefined, stateIsLarge: () => undefined },
    },
    { ...LIMITS, groupMax: 4, patienceMs: 60_000 },
  );
  committer.start(store.openLane(LANE));
  const roots: Root[] = [];
  for (let third = 0; third < 3; third += 1) {
    await Promise.all(Array.from({ length: 20 }, (_, index) => committer.submit(aSubmission(third * 20 + index))));
    const { q, head } = await store.readLane(LANE);
    const last = roots.at(-1);
    const said = {
      day: `2026-07-0${third + 1}`,
      number: third + 1,
      at: new Date(now).toISOString(),
      previous: last === undefined ? '' : rootHash(last),
      laneCount: 1,
      lanes: [{ lane: LANE, q, head }],
    };
    roots.push(signRoot(said, key));
  }
  return { store, roots };
}

/** Everything that verification finds in journal, states, lane and roots; `rows` null: the outbox was trimmed. */
async function verify(
  { store, roots }: Books,
  hasRows: boolean,
  only: readonly string[] = [...store.states.keys()],
): Promise<{ where: string; fields: readonly string[] }[]> {
  const found: { where: string; fields: readonly string[] }[] = [];
  const entries = [...store.journal.values()];
  for (const member of only) {
    const again = (state: Parameters<typeof decideRecorded>[1], entry: JournalEntry) =>
      decideRecorded(plaza, state, decidedPartsOf(entry));
    const verifier = new MemberVerifier(member, initialState(plaza), again);
    const own = entries.filter((entry) => entry.member === member && typeof entry.seq === 'number');
    for (const entry of own.toSorted((a, b) => a.seq - b.seq)) verifier.read(entry);
    verifier.finish(store.states.get(member) ?? null);
    found.push(
      ...verifier.findings.map((one: Finding) => ({ where: `${member} ${one.seq}`, fields: one.fields ?? [] })),
    );
  }
  const distrusted = checkRoots(roots, new Set([key.public]));
  found.push(...distrusted.map(({ root }) => ({ where: root, fields: [] })));
  const anchors = roots.flatMap(({ day, lanes }) => lanes.map(({ q, head }) => [q, { head, root: day }] as const));
  const lane = new LaneVerifier(LANE, new Map(distrusted.length > 0 ? [] : anchors));
  const groups = new Map<number, JournalEntry[]>();
  for (const entry of entries)
    if (entry.lane === LANE && typeof entry.q === 'number')
      groups.set(entry.q, [...(groups.get(entry.q) ?? []), entry]);
  for (const [q, group] of [...groups].toSorted(([a], [b]) => a - b))
    lane.read(q, group, hasRows ? (store.outbox.find((row) => row.q === q) ?? null) : null);
  lane.finish(await store.readLane(LANE));
  found.push(...lane.findings.map(({ q }) => ({ where: `group ${q}`, fields: [] })));
  return found;
}

/** Every leaf of a document, by its path. */
function leavesOf(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  const parts = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return parts.length === 0 ? [path] : parts.flatMap(([name, part]) => leavesOf(part, [...path, name]));
}

/** The document with one leaf changed in one place: a character, a unit, a truth, or something where nothing was. */
function alter<T>(document: T, path: readonly (string | number)[], dice: number): T {
  const copy = JSON.parse(JSON.stringify(document)) as T;
  let parent = copy as Record<string | number, unknown>;
  for (const name of path.slice(0, -1)) parent = parent[name] as Record<string | number, unknown>;
  const name = path.at(-1) ?? '';
  parent[name] = altered(parent[name], dice);
  return copy;
}

function altered(value: unknown, dice: number): unknown {
  if (typeof value === 'number') return value + (dice % 2 === 0 ? 1 : -1);
  if (typeof value === 'boolean') return !value;
  if (typeof value !== 'string') return 'x';
  if (value === '') return 'x';
  const at = dice % value.length;
  const other = value[at] === 'a' ? 'b' : 'a';
  return value.slice(0, at) + other + value.slice(at + 1);
}

function proofOf({ store, roots }: Books, entry: JournalEntry): EntryProof {
  const root = roots.find(({ lanes }) => (lanes[0]?.q ?? 0) >= entry.q);
  if (root === undefined) throw new Error('No root covers the entry.');
  const sealsOf = (q: number): JournalEntry[] =>
    [...store.journal.values()].filter((one) => one.q === q).toSorted((a, b) => (a.place ?? 0) - (b.place ?? 0));
  const own = sealsOf(entry.q);
  const through = root.lanes[0]?.q ?? 0;
  const way = Array.from({ length: through - entry.q }, (_, index) =>
    groupDigest(sealsOf(entry.q + index + 1).map(({ seal }) => seal ?? '')),
  );
  return {
    format: 'verbena.proof/1',
    entry: { ...entry },
    previous: store.journalOf(entry.member).find(({ seq }) => seq === entry.seq - 1)?.hash ?? '',
    group: { link: own[0]?.link ?? '', seals: own.map(({ seal }) => seal ?? '') },
    way,
    root,
  };
}

describe('tampering', () => {
  let sound: Books;
  let ids: string[];
  beforeAll(async () => {
    sound = await writeBooks();
    ids = [...sound.store.journal.keys()];
  });

  /** Books of their own, to do something to. */
  function copyOf(books: Books): Books {
    const store = new MemoryStore();
    for (const [id, entry] of books.store.journal) store.journal.set(id, entry);
    for (const [id, state] of books.store.states) store.states.set(id, state);
    for (const [id, lane] of books.store.lanes) store.lanes.set(id, lane);
    store.outbox.push(...books.store.outbox);
    return { store, roots: books.roots };
  }

  test('books that nobody touched are right, with the outbox and without', async () => {
    expect(ids.length).toBeGreaterThanOrEqual(60);
    expect(await verify(sound, true)).toEqual([]);
    expect(await verify(sound, false)).toEqual([]);
  });

  test.each(seeds)('C9 one altered byte anywhere in an entry is found, and where it is (seed %i)', async (seed) => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), fc.nat(), fc.boolean(), async (which, where, dice, hasRows) => {
        const books = copyOf(sound);
        const id = ids[which % ids.length] ?? '';
        const entry = books.store.journal.get(id);
        if (entry === undefined) throw new Error(`There is no entry ${id}.`);
        const leaves = leavesOf(entry);
        const path = leaves[where % leaves.length] ?? [];
        books.store.journal.set(id, alter(entry, path, dice));
        const found = await verify(books, hasRows, [entry.member]);
        const field = path[0] === 'activity' && path[1] === 'personal' ? 'activity.personal' : String(path[0]);
        // An entry that says to be another member's, or elsewhere in line, is missing where it was.
        const isMoved = field === 'member' || field === 'seq';
        const isLocated = found.some(
          (one) =>
            one.where === `${entry.member} ${entry.seq}` &&
            (one.fields.length === 0 ||
              one.fields.some(
                (name) => name === field || field.startsWith(`${name}.`) || name.startsWith(`${field}.`),
              )),
        );
        const wanted = isMoved ? found.some(({ where: at }) => at.startsWith(entry.member)) : isLocated;
        if (!wanted) throw new Error(`${path.join('.')} of ${entry.member} ${entry.seq}: ${JSON.stringify(found)}`);
      }),
      { seed, numRuns: 120 },
    );
  });

  test.each(seeds)('C9 where one field alone can be to blame it is named (seed %i)', async (seed) => {
    const sole: readonly string[] = ['_id', 'hash', 'receipt', 'balances'];
    let named = 0;
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.constantFrom(...sole), fc.nat(), async (which, field, dice) => {
        const books = copyOf(sound);
        const id = ids[which % ids.length] ?? '';
        const entry = books.store.journal.get(id);
        if (entry === undefined) throw new Error(`There is no entry ${id}.`);
        const leaves = leavesOf(entry).filter(([name]) => name === field);
        const path = leaves[dice % leaves.length] ?? [];
        books.store.journal.set(id, alter(entry, path, dice));
        const found = await verify(books, false, [entry.member]);
        if (
          found.some(
            ({ where, fields }) =>
              where === `${entry.member} ${entry.seq}` && fields.length === 1 && fields[0] === field,
          )
        )
          named += 1;
      }),
      { seed, numRuns: 40 },
    );
    // Not every change can be told from every other; most can.
    expect(named).toBeGreaterThan(20);
  });

  test.each(seeds)(
    'C9 an entry that was taken away, whoever it was and wherever, is missed (seed %i)',
    async (seed) => {
      await fc.assert(
        fc.asyncProperty(fc.nat(), fc.boolean(), async (which, hasRows) => {
          const books = copyOf(sound);
          const id = ids[which % ids.length] ?? '';
          const entry = books.store.journal.get(id);
          books.store.journal.delete(id);
          const found = (await verify(books, hasRows, [entry?.member ?? ''])).map(({ where }) => where);
          expect(found).toContain(`group ${entry?.q}`);
          expect(found.some((where) => where.startsWith(entry?.member ?? '?'))).toBe(true);
        }),
        { seed, numRuns: 40 },
      );
    },
  );

  test.each(seeds)('C9 two entries that changed places, or groups, are found (seed %i)', async (seed) => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), fc.constantFrom('seq', 'place', 'q'), async (one, other, field) => {
        const [a, b] = [
          sound.store.journal.get(ids[one % ids.length] ?? ''),
          sound.store.journal.get(ids[other % ids.length] ?? ''),
        ];
        if (a === undefined || b === undefined) throw new Error('There is no such entry.');
        fc.pre(a._id !== b._id && a[field] !== b[field] && (field !== 'seq' || a.member === b.member));
        const books = copyOf(sound);
        books.store.journal.set(a._id, { ...a, [field]: b[field] });
        books.store.journal.set(b._id, { ...b, [field]: a[field] });
        expect((await verify(books, false)).length).toBeGreaterThan(0);
      }),
      { seed, numRuns: 40 },
    );
  });

  test.each(seeds)(
    'C9 a whole history written anew, hashes and all, is not what the roots signed (seed %i)',
    async (seed) => {
      const other = await writeBooks();
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...leavesOf(sound.roots[1])), fc.nat(), async (path, dice) => {
          const roots = sound.roots.map((root, index) => (index === 1 ? alter(root, path, dice) : root));
          expect((await verify({ ...sound, roots }, false, [])).map(({ where }) => where)).toContain(roots[1]?.day);
        }),
        { seed, numRuns: 40 },
      );
      const [first, second, third] = sound.roots;
      if (first === undefined || second === undefined || third === undefined) throw new Error('There are three roots.');
      const forged = signRoot(second, stranger);
      expect((await verify({ ...sound, roots: [first, forged, third] }, false)).map(({ where }) => where)).toContain(
        second.day,
      );
      expect((await verify({ ...sound, roots: [first, third] }, false)).map(({ where }) => where)).toContain(third.day);
      const cut = { store: copyOf(sound).store, roots: sound.roots };
      const last = Math.max(...[...cut.store.journal.values()].map(({ q }) => q));
      for (const entry of cut.store.journal.values()) if (entry.q === last) cut.store.journal.delete(entry._id);
      expect((await verify(cut, false)).map(({ where }) => where)).toContain(`group ${last}`);
      expect(await verify({ ...other, roots: other.roots }, false)).toEqual([]);
    },
  );

  test.each(seeds)('C9 every entry proves itself to its root, and no altered proof does (seed %i)', (seed) => {
    for (const entry of sound.store.journal.values()) expect(checkProof(proofOf(sound, entry))).toBeNull();
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat(), (which, where, dice) => {
        const entry = sound.store.journal.get(ids[which % ids.length] ?? '');
        if (entry === undefined) throw new Error('There is no such entry.');
        const proof = proofOf(sound, entry);
        const leaves = leavesOf(proof).filter(([name]) => name !== 'format');
        const path = leaves[where % leaves.length] ?? [];
        expect(checkProof(alter(proof, path, dice))).not.toBeNull();
      }),
      { seed, numRuns: 100 },
    );
  });

  test('C9 every letter of a signature counts, the bits of the last that decoding drops too', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    for (const root of sound.roots) {
      expect(isSigned(root)).toBe(true);
      for (const letter of alphabet) {
        const signature = root.signature.slice(0, -1) + letter;
        expect(isSigned({ ...root, signature })).toBe(signature === root.signature);
      }
    }
  });

  test('C9 an erased person leaves books that still verify, and proofs that still hold', async () => {
    const books = copyOf(sound);
    const erased = memberId(0);
    for (const entry of books.store.journalOf(erased)) {
      const { salt, activity, ...rest } = entry;
      const { personal: _, ...said } = activity;
      const left = { ...rest, activity: said, erased: { activity: hashOf(salt, activity) } } as JournalEntry;
      books.store.journal.set(entry._id, left);
      expect(checkProof(proofOf(books, left))).toBeNull();
    }
    expect(await verify(books, false)).toEqual([]);
    const [first] = books.store.journalOf(erased);
    if (first === undefined) throw new Error('The member has entries.');
    books.store.journal.set(first._id, { ...first, activity: { ...first.activity, channel: 'web' } });
    expect((await verify(books, false)).map(({ where }) => where)).toContain(`${erased} 1`);
  });
});

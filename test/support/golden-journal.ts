import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import type { DecidedActivity, Decision } from '@verbena/shared/ledger/decision.js';
import type { Facts } from '@verbena/shared/ledger/facts.js';
import { completeDefinitions, type Definitions } from '@verbena/shared/programs/definitions.js';
import { shoppingCentre } from '@verbena/seeds/presets/shopping-centre.js';
import { decide } from '@verbena/server/engine/decide.js';
import { ENGINE } from '@verbena/server/engine/engine-number.js';
import { initialState } from '@verbena/server/engine/initial-state.js';
import { hashOf } from '@verbena/server/platform/crypto/hash.js';
import { aCompiledProgram, EngineRun } from './engine-run.js';
import { everyKind, kindHistories, playKinds } from './golden-kinds.js';
import { deliveries } from './plaza-histories.js';
import { aBadge, aMission, aRule, aSmallProgram, aTier, points } from './small-program.js';

/** One recorded decision: what went in, and the hash of what came out (outcome, refusal, lines, effects, state). */
interface GoldenEntry {
  readonly facts: Facts;
  readonly activity: DecidedActivity;
  readonly hash: string;
}

interface GoldenJournal {
  readonly definitions: Definitions;
  readonly members: readonly (readonly GoldenEntry[])[];
}

/**
 * What is recorded: what activities give; and what came later, under the same number: members, invitations, reversals; then every kind
 * of mission, what is kept, waits, is held, given away and adjusted.
 */
export const GOLDEN_SETS = ['', '-reversals', '-kinds'] as const;
export type GoldenSet = (typeof GOLDEN_SETS)[number];

export const goldenFileOf = (set: GoldenSet): string =>
  fileURLToPath(new URL(`../../server/src/engine/golden/engine-${ENGINE}${set}.ndjson`, import.meta.url));

/** A line of the file: the definitions of a journal, or the next entry of the newest member; `first` begins a member. */
type GoldenLine = { readonly definitions: Definitions } | (GoldenEntry & { readonly first?: true });

/** The recorded decisions of the present engine number; null where nobody has recorded any. */
export function readGolden(set: GoldenSet): readonly GoldenJournal[] | null {
  const file = goldenFileOf(set);
  if (!existsSync(file)) return null;
  const journals: { definitions: Definitions; members: GoldenEntry[][] }[] = [];
  for (const text of readFileSync(file, 'utf8').trimEnd().split('\n')) {
    const line: GoldenLine = JSON.parse(text);
    if ('definitions' in line) journals.push({ definitions: completeDefinitions(line.definitions), members: [] });
    else {
      const members = journals.at(-1)?.members ?? [];
      if (line.first) members.push([]);
      members.at(-1)?.push(line);
    }
  }
  return journals;
}

/** Decides a recorded journal again, each entry under the facts that it records; gives what comes out. */
export function decideAgain(journal: GoldenJournal): Decision[][] {
  const program = aCompiledProgram({ definitions: journal.definitions });
  return journal.members.map((entries) => {
    let state = initialState(program);
    return entries.map(({ facts, activity }) => {
      const decision = decide(program, state, facts, activity, activity.occurredAt);
      state = decision.state;
      return decision;
    });
  });
}

/** Records the present engine's decisions where nobody has yet: a file that was in use never changes. */
export function writeGolden(): void {
  for (const set of GOLDEN_SETS) if (!existsSync(goldenFileOf(set))) writeSet(set);
}

function writeSet(set: GoldenSet): void {
  const journals = {
    '': () => [record(shoppingCentre, plazaHistories()), record(everything, smallHistories())],
    '-reversals': () => [
      record(shoppingCentre, plazaHistories().slice(0, 2), withReversals),
      record(everything, smallHistories().slice(0, 2), withReversals),
    ],
    '-kinds': () => [record(everyKind, kindHistories(), playKinds)],
  }[set]();
  const lines = journals.flatMap(({ definitions, members }): GoldenLine[] => [
    { definitions },
    ...members.flatMap((entries) =>
      entries.map((entry, index) => (index === 0 ? { first: true as const, ...entry } : entry)),
    ),
  ]);
  writeFileSync(goldenFileOf(set), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}

export function hashOfDecision({ outcome, refusal, lines, effects, state }: Decision): string {
  return hashOf(outcome, refusal ?? null, lines, effects, state).slice(0, 32);
}

function record(definitions: Definitions, histories: readonly (readonly Delivered[])[]): GoldenJournal;
function record<T>(
  definitions: Definitions,
  histories: readonly (readonly T[])[],
  play: (run: EngineRun, history: readonly T[]) => void,
): GoldenJournal;
function record(
  definitions: Definitions,
  histories: readonly (readonly Delivered[])[],
  play: (run: EngineRun, history: readonly Delivered[]) => void = (run, history) => {
    for (const { activity, at } of history) run.submit(activity, at);
  },
): GoldenJournal {
  const program = aCompiledProgram({ definitions, time: 'wall' });
  const members = histories.map((history) => {
    const entries: GoldenEntry[] = [];
    const run = new EngineRun(program, 'America/Bogota', (facts, activity, decision) => {
      entries.push({ facts, activity, hash: hashOfDecision(decision) });
    });
    play(run, history);
    return entries;
  });
  return { definitions, members };
}

interface Delivered {
  readonly activity: DecidedActivity;
  readonly at: string;
}

/** A member who joins by a code, moves to another zone, has every third activity taken back some time later, and leaves. */
function withReversals(run: EngineRun, history: readonly Delivered[]): void {
  const first = history[0]?.at ?? '';
  run.submit({ type: 'member.joined', occurredAt: first, attributes: { advocate: '01J0000000000000000000ADV0' } });
  const open: number[] = [];
  for (const [step, { activity, at }] of history.entries()) {
    if (step === 10) run.submit({ type: 'member.changed', occurredAt: at, attributes: { zone: 'Pacific/Auckland' } });
    run.submit(activity, at);
    if (step % 3 === 0) open.push(run.state.seq);
    const due = step % 4 === 3 ? open.shift() : undefined;
    if (due !== undefined) run.reverse(due, at);
  }
  const last = history.at(-1)?.at ?? first;
  run.submit({ type: 'member.left', occurredAt: last, attributes: {} });
  const again = history.at(-1)?.activity;
  if (again !== undefined) run.submit(again, last);
  for (const seq of open) run.reverse(seq, last);
}

function plazaHistories() {
  const histories = fc.sample(deliveries, { seed: 7, numRuns: 60 });
  return histories
    .filter(({ length }) => length >= 50)
    .slice(0, 4)
    .map((history) => history.slice(0, 50));
}

/** Every kind of condition, factor, bound, limit, goal, trigger and zone at least once. */
const everything = aSmallProgram({
  rules: [
    aRule({
      id: 'formula',
      zone: 'member',
      when: {
        all: [
          { field: 'n', op: 'gte', value: 1 },
          { not: { field: 'shop', op: 'in', value: ['cerrada'] } },
          { any: [{ field: 'items.kind', op: 'ne', value: 'nada' }, { tier: { atLeast: 'oro' } }] },
        ],
      },
      boosts: [
        {
          id: 'feria',
          name: { es: 'Feria' },
          ratio: [3, 2],
          weekdays: [5, 6, 7],
          from: '2016-01-01',
          until: '2017-06-30',
        },
      ],
      earn: [
        {
          currency: 'puntos',
          amount: {
            product: [{ field: 'n' }, { ratio: [1, 3] }, { tier: 'percent' }, { boost: 'feria' }],
            round: 'nearest',
            min: 1,
            max: 400,
          },
          cap: { per: 'week', points: 900, times: 5 },
        },
        { currency: 'puntos', amount: { product: [{ field: 'items.n' }], round: 'up' }, when: { badge: 'insignia' } },
      ],
    }),
    aRule({
      id: 'tercera',
      when: { count: { activity: 'visit', window: { days: 30 } }, op: 'eq', value: 3 },
      earn: points(30),
    }),
    aRule({
      id: 'gasto',
      when: {
        sum: { activity: 'visit', field: 'n', where: { field: 'shop', op: 'exists' }, window: { period: 'month' } },
        op: 'gt',
        value: 800,
      },
      earn: [{ currency: 'puntos', amount: { product: [{ ratio: [50, 1] }] }, cap: { per: 'month', times: 1 } }],
    }),
    aRule({ id: 'de-mision', on: { mission: 'distintas' }, earn: points(11) }),
    aRule({ id: 'de-insignia', on: { badge: 'insignia' }, earn: points(12) }),
    aRule({ id: 'de-categoria', on: { tier: 'oro' }, when: { tier: { is: 'base' } }, earn: points(13) }),
  ],
  missions: [
    aMission({ id: 'cuenta', zone: 'member', when: { field: 'n', op: 'gt', value: 50 } }),
    aMission({
      id: 'distintas',
      goal: { kind: 'distinct', field: 'items.kind', target: 3, per: 'week' },
      reward: { points: [], badges: ['insignia'] },
    }),
    aMission({ id: 'racha', goal: { kind: 'streak', weeks: 2 } }),
    aMission({ id: 'de-mision', on: { mission: 'racha' }, goal: { kind: 'count', target: 2, per: 'year' } }),
  ],
  badges: [
    aBadge(),
    aBadge({
      id: 'diez',
      grant: { kind: 'count', activity: 'visit', target: 10, where: { field: 'n', op: 'lt', value: 500 } },
    }),
  ],
  tiers: [aTier('base', 0), aTier('oro', 300, { percent: 130 }), aTier('platino', 1_500, { percent: 175 })],
});

function smallHistories() {
  const visit = fc.record({
    n: fc.integer({ min: 0, max: 900 }),
    shop: fc.constantFrom('norte', 'sur', 'cerrada'),
    items: fc.array(
      fc.record({ n: fc.integer({ min: 0, max: 9 }), kind: fc.constantFrom('pan', 'vino', 'flor', 'nada') }),
      { maxLength: 4 },
    ),
  });
  const history = fc.array(
    fc.tuple(visit, fc.integer({ min: 1, max: 150 }), fc.constantFrom(0, 0, 0, 30, 200, 3_000)),
    {
      minLength: 40,
      maxLength: 40,
    },
  );
  return fc.sample(history, { seed: 11, numRuns: 3 }).map((steps) => {
    let atMs = Date.parse('2016-12-01T20:00:00Z');
    return steps.map(([attributes, pause, late]) => {
      atMs += pause * 3_600_000;
      const occurredAt = new Date(atMs - late * 3_600_000).toISOString();
      return { activity: { type: 'visit', occurredAt, attributes }, at: new Date(atMs).toISOString() };
    });
  });
}

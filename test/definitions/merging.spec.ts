import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import { decide } from '@verbena/server/engine/decide.js';
import { fold } from '@verbena/server/engine/fold.js';
import { initialState } from '@verbena/server/engine/initial-state.js';
import { unite } from '@verbena/server/engine/unite.js';
import { aCompiledProgram } from '#support/engine-run.js';
import { aBadge, aMission, aRule, aSmallProgram, aTier } from '#support/small-program.js';

const MINE = '01J000000000000000000000A1';
const THEIRS = '01J000000000000000000000B2';
const NOBODY = '01J000000000000000000000C3';

const program = aCompiledProgram({
  definitions: aSmallProgram({
    rules: [aRule()],
    missions: [
      aMission({ id: 'cuenta', goal: { kind: 'count', target: 5, per: 'month' } }),
      aMission({ id: 'suma', goal: { kind: 'sum', field: 'n', target: 100, per: 'month' } }),
      aMission({ id: 'lista', goal: { kind: 'distinct', field: 'shop', target: 4, per: 'month' } }),
      aMission({ id: 'todos', goal: { kind: 'shared', target: 1_000, per: 'month' } }),
      aMission({ id: 'racha', goal: { kind: 'streak', weeks: 4, freezes: { max: 3, start: 2 } } }),
    ],
    badges: [aBadge()],
    tiers: [aTier('base', 0), aTier('plata', 100), aTier('oro', 500)],
  }),
});

const base = initialState(program);
const state = (given: Partial<MemberState>): MemberState => ({ ...base, ...given });
const united = (mine: Partial<MemberState>, theirs: Partial<MemberState>, refs: Record<string, string> = {}) =>
  unite({ program, members: [MINE, THEIRS], mine: state(mine), theirs: state(theirs), refs });

type Case<K extends keyof MemberState> = readonly [
  mine: MemberState[K],
  theirs: MemberState[K],
  both: MemberState[K],
  says: string,
];
const lot = (activated: string, amount: number, expires: string | null = null) => ({ activated, expires, amount });
const by = { kind: 'rule', id: 'regla', rev: 1 } as const;

/** One case at least for every part that a state may have: whoever adds a part adds a case. */
const CASES: { readonly [K in keyof Required<MemberState>]: readonly Case<K>[] } = {
  seq: [[7, 90, 7, 'the journal that goes on is one’s own']],
  newestOccurredAt: [
    ['2026-01-02T00:00:00.000Z', '2026-03-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z', 'so is time'],
  ],
  balances: [
    [{ puntos: 5, besos: 1 }, { puntos: 7, abrazos: 2 }, { puntos: 12, besos: 1, abrazos: 2 }, 'points add up'],
  ],
  lots: [
    [
      { puntos: [lot('2026-01-01', 5, '2026-05-01'), lot('2026-01-01', 1)] },
      { puntos: [lot('2026-02-01', 3, '2026-03-01'), lot('2026-01-01', 4, '2026-05-01'), lot('2025-12-01', 2)] },
      {
        puntos: [
          lot('2026-02-01', 3, '2026-03-01'),
          lot('2026-01-01', 9, '2026-05-01'),
          lot('2025-12-01', 2),
          lot('2026-01-01', 1),
        ],
      },
      'each keeps its own expiry, the soonest first',
    ],
  ],
  earned: [
    [
      { puntos: { ever: 10, years: { '2025': 4, '2026': 6 } } },
      { puntos: { ever: 5, years: { '2026': 5 } } },
      { puntos: { ever: 15, years: { '2025': 4, '2026': 11 } } },
      'what was earned adds up, by years too',
    ],
  ],
  counters: [
    [{ a: { ever: 2 }, b: {} }, { a: { ever: 3 }, c: {} }, { a: { ever: 5 } }, 'one that a side lacks is filled anew'],
  ],
  caps: [
    [
      { tope: { '2026-01': { times: 2, points: 20 } } },
      { tope: { '2026-01': { times: 2, points: 5 }, '2026-02': { times: 1, points: 1 } } },
      { tope: { '2026-01': { times: 4, points: 25 }, '2026-02': { times: 1, points: 1 } } },
      'what either used up is used up',
    ],
  ],
  missions: [
    [
      { cuenta: { completions: 1, periods: { '2026-01': { rev: 1, progress: 3, done: false } }, weeks: {} } },
      { cuenta: { completions: 2, periods: { '2026-01': { rev: 1, progress: 4, done: false } }, weeks: {} } },
      { cuenta: { completions: 3, periods: { '2026-01': { rev: 1, progress: 4, done: false } }, weeks: {} } },
      'progress adds up but for one: the next activity completes it',
    ],
    [
      { suma: { completions: 0, periods: { '2026-01': { rev: 1, progress: 30, done: false } }, weeks: {} } },
      { suma: { completions: 0, periods: { '2026-01': { rev: 1, progress: 40, done: false } }, weeks: {} } },
      { suma: { completions: 0, periods: { '2026-01': { rev: 1, progress: 70, done: false } }, weeks: {} } },
      'sums add up',
    ],
    [
      { cuenta: { completions: 0, periods: { '2026-01': { rev: 1, progress: 4, done: false } }, weeks: {} } },
      { cuenta: { completions: 1, periods: { '2026-01': { rev: 1, progress: 5, done: true } }, weeks: {} } },
      { cuenta: { completions: 1, periods: { '2026-01': { rev: 1, progress: 5, done: true } }, weeks: {} } },
      'what either completed is completed',
    ],
    [
      { cuenta: { completions: 0, periods: { '2026-01': { rev: 1, progress: 2, done: false, steps: 1 } }, weeks: {} } },
      { cuenta: { completions: 0, periods: { '2026-01': { rev: 2, progress: 4, done: false, steps: 2 } }, weeks: {} } },
      { cuenta: { completions: 0, periods: { '2026-01': { rev: 2, progress: 4, done: false, steps: 2 } }, weeks: {} } },
      'under other revisions the further one counts, and rewarded parts stay so',
    ],
    [
      {
        lista: {
          completions: 0,
          periods: { '2026-01': { rev: 1, progress: 2, done: false, items: ['a', 'b'] } },
          weeks: {},
        },
      },
      {
        lista: {
          completions: 0,
          periods: { '2026-01': { rev: 1, progress: 3, done: false, items: ['b', 'c', 'd'] } },
          weeks: {},
        },
      },
      {
        lista: {
          completions: 0,
          periods: { '2026-01': { rev: 1, progress: 3, done: false, items: ['b', 'c', 'd'] } },
          weeks: {},
        },
      },
      'sets unite, but for one',
    ],
    [
      { todos: { completions: 0, periods: { '2026-01': { rev: 1, progress: 900, done: false } }, weeks: {} } },
      { todos: { completions: 0, periods: { '2026-01': { rev: 1, progress: 300, done: false } }, weeks: {} } },
      { todos: { completions: 0, periods: { '2026-01': { rev: 1, progress: 1_200, done: false } }, weeks: {} } },
      'what all bring together is the sum of both',
    ],
    [
      { todos: { completions: 1, periods: { '2026-01': { rev: 1, progress: 600, done: true } }, weeks: {} } },
      { todos: { completions: 0, periods: { '2026-01': { rev: 1, progress: 400, done: false } }, weeks: {} } },
      { todos: { completions: 1, periods: { '2026-01': { rev: 1, progress: 1_000, done: true } }, weeks: {} } },
      'also once it was reached',
    ],
    [
      {
        racha: {
          completions: 0,
          periods: {},
          weeks: { '2026-W01': { rev: 1, used: false }, '2026-W02': { rev: 1, used: false, kept: 'freeze' } },
          freezes: 1,
          pausedUntil: '2026-03-01',
          pause: { from: '2026-02-01', until: '2026-02-02' },
          pauseDays: { '2026': 5 },
        },
      },
      {
        racha: {
          completions: 1,
          periods: {},
          weeks: { '2026-W01': { rev: 1, used: true }, '2026-W02': { rev: 1, used: false } },
          pausedUntil: '2026-02-01',
          pauses: [
            { from: '2026-02-02', until: '2026-02-04' },
            { from: '2026-03-01', until: '2026-03-01' },
          ],
          pauseDays: { '2026': 1 },
        },
      },
      {
        racha: {
          completions: 1,
          periods: {},
          weeks: { '2026-W01': { rev: 1, used: true }, '2026-W02': { rev: 1, used: false } },
          freezes: 2,
          waits: [{ until: '2026-03-01' }, { until: '2026-02-01' }],
          pauses: [
            { from: '2026-02-01', until: '2026-02-04' },
            { from: '2026-03-01', until: '2026-03-01' },
          ],
          pauseDays: { '2026': 3 },
        },
      },
      'weeks and pauses unite, a used one is used, of freezes there are the more, and a failed attempt stays one',
    ],
  ],
  badges: [
    [
      { insignia: { rev: 2, on: '2026-02-01', until: '2026-06-01' } },
      { insignia: { rev: 1, on: '2026-01-01', until: '2026-05-01' } },
      { insignia: { rev: 1, on: '2026-01-01', until: '2026-06-01' } },
      'the earliest, with the later end',
    ],
    [
      { insignia: { rev: 2, on: '2026-02-01', of: { p1: 1, p2: 2 } } },
      { insignia: { rev: 1, on: '2026-01-01', of: { p1: 2, p3: 1 } } },
      { insignia: { rev: 1, on: '2026-01-01', of: { p1: 1, p2: 2, p3: 1 } } },
      'for each value that either was granted it for',
    ],
    [
      { insignia: { rev: 2, on: '2026-02-01', of: { p1: 2 } } },
      { insignia: { rev: 1, on: '2026-01-01' } },
      { insignia: { rev: 1, on: '2026-01-01' } },
      'what is held whole is',
    ],
  ],
  badgesGone: [
    [{ x: { times: 1, count: 4 } }, { x: { times: 2, count: 5 } }, { x: { times: 3, count: 9 } }, 'add up'],
    [
      { x: { times: 1, count: 0, of: { p1: 4, p2: 1 } } },
      { x: { times: 2, count: 0, of: { p1: 5 } } },
      { x: { times: 3, count: 0, of: { p1: 9, p2: 1 } } },
      'so do those of values',
    ],
  ],
  limits: [
    [
      { visit: { newest: '2026-01-01T00:00:00.000Z', times: { '2026-01': 1 } } },
      { visit: { newest: '2026-01-03T00:00:00.000Z', times: { '2026-01': 2 } } },
      { visit: { newest: '2026-01-03T00:00:00.000Z', times: { '2026-01': 3 } } },
      'what either was allowed is used up',
    ],
    [
      { visit: { newest: '2026-01-05T00:00:00.000Z', times: { '2026-01': 1 }, taken: ['2026-01-05T00:00:00.000Z'] } },
      { visit: { newest: '2026-01-03T00:00:00.000Z', times: { '2026-01': 1 } } },
      {
        visit: {
          newest: '2026-01-05T00:00:00.000Z',
          times: { '2026-01': 2 },
          taken: ['2026-01-03T00:00:00.000Z', '2026-01-05T00:00:00.000Z'],
        },
      },
      'what either did keeps others apart',
    ],
  ],
  tier: [
    [
      { id: 'plata', rev: 1, since: '2026-01-01', until: '2027-12-31' },
      { id: 'oro', rev: 1, since: '2026-02-01', until: '2026-12-31' },
      { id: 'oro', rev: 1, since: '2026-02-01', until: '2027-12-31' },
      'the higher, and the later end',
    ],
    [
      { id: 'oro', rev: 1, since: '2026-02-01', until: '2026-12-31', warned: '2026-12-31', floor: 'plata' },
      { id: 'base', rev: 1, since: null, until: null },
      { id: 'oro', rev: 1, since: '2026-02-01', until: '2026-12-31', floor: 'plata', warned: '2026-12-31' },
      'the lowest has no end, which is none to have',
    ],
    [
      { id: 'plata', rev: 1, since: '2026-01-01', until: null },
      { id: 'oro', rev: 1, since: '2026-02-01', until: '2026-12-31' },
      { id: 'oro', rev: 1, since: '2026-02-01', until: '2026-12-31', floor: 'plata' },
      'what one has for ever is what the higher falls back to',
    ],
  ],
  attributes: [[{ a: 1 }, { a: 2, b: 'x' }, { a: 1, b: 'x' }, 'what is not known of the one is taken of the other']],
  joined: [['2026-02-01', '2026-01-01', '2026-01-01', 'the earlier day']],
  zone: [['Atlantic/Canary', 'Europe/Paris', 'Atlantic/Canary', 'what one chose oneself']],
  invitedBy: [
    [{ advocate: NOBODY, until: '2026-02-01' }, undefined, { advocate: NOBODY, until: '2026-02-01' }, 'is kept'],
    [undefined, { advocate: NOBODY, until: '2026-02-01' }, { advocate: NOBODY, until: '2026-02-01' }, 'comes along'],
    [{ advocate: THEIRS, until: '2026-02-01' }, { advocate: MINE, until: '2026-02-01' }, undefined, 'never by oneself'],
  ],
  referred: [[undefined, true, true, 'once in a life']],
  pending: [
    [
      { '3-1': { currency: 'puntos', amount: 4, by, on: '2026-03-01' } },
      {
        '3-1': {
          currency: 'puntos',
          amount: 5,
          by,
          on: null,
          until: 'paid',
          budgets: [{ budget: 'rule:a' as never, period: '2026' }],
        },
      },
      {
        '3-1': { currency: 'puntos', amount: 4, by, on: '2026-03-01' },
        '8-1001': {
          currency: 'puntos',
          amount: 5,
          by,
          on: null,
          until: 'paid',
          budgets: [{ budget: 'rule:a' as never, period: '2026' }],
        },
      },
      'under names of their own, with what they took of what all share',
    ],
  ],
  holds: [
    [
      undefined,
      { '3-1': { currency: 'puntos', lots: [lot('2026-01-01', 5)], until: null } },
      { '8-1001': { currency: 'puntos', lots: [lot('2026-01-01', 5)], until: null } },
      'come along',
    ],
  ],
  transit: [
    [
      undefined,
      { '3-1': { currency: 'puntos', to: NOBODY, lots: [lot('2026-01-01', 5)] } },
      { '8-1001': { currency: 'puntos', to: NOBODY, lots: [lot('2026-01-01', 5)] } },
      'come along',
    ],
  ],
  sent: [
    [
      { puntos: { on: '2026-01-02', amount: 5 } },
      { puntos: { on: '2026-01-02', amount: 6 } },
      { puntos: { on: '2026-01-02', amount: 11 } },
      'of one day add up',
    ],
    [
      { puntos: { on: '2026-01-01', amount: 5 } },
      { puntos: { on: '2026-01-02', amount: 6 } },
      { puntos: { on: '2026-01-02', amount: 6 } },
      'else the newer day',
    ],
  ],
  activeUntil: [[{ puntos: '2026-05-01' }, { puntos: '2026-07-01' }, { puntos: '2026-07-01' }, 'the later']],
  noticed: [
    [{ puntos: '2026-05-01' }, { puntos: '2026-04-01' }, { puntos: '2026-04-01' }, 'up to where both were told'],
  ],
  owed: [[{ puntos: 3 }, { puntos: 4 }, { puntos: 7 }, 'debts add up']],
  left: [[undefined, true, undefined, 'who stays has not left']],
  closed: [[undefined, undefined, undefined, 'who stays has not ended']],
  absorbed: [[[NOBODY], ['x', 'y'], [NOBODY, 'x', 'y', THEIRS], 'all accounts that are part of it, this one too']],
};

const all = Object.entries(CASES).flatMap(([part, cases]) =>
  (cases as readonly Case<keyof MemberState>[]).map((one) => [part, one[3], one] as const),
);

test.each(all)('A1 joining accounts, %s: %s', (part, _, [mine, theirs, both]) => {
  const result = united(mine === undefined ? {} : { [part]: mine }, theirs === undefined ? {} : { [part]: theirs }, {
    '3-1': '8-1001',
  });
  const found: unknown = (result as Record<string, unknown>)[part];
  expect(found).toEqual(both);
});

test('A1 #10 B10 a tier that a version withdrew ranks by its threshold, as long as it is held', () => {
  const withdrawn = aCompiledProgram({
    definitions: aSmallProgram({ tiers: [aTier('base', 0), aTier('plata', 100)] }),
    older: [aSmallProgram({ tiers: [aTier('base', 0), aTier('plata', 100), aTier('oro', 500)] })],
  });
  const oro = { id: 'oro', rev: 1, since: '2026-02-01', until: '2027-12-31' };
  const plata = { id: 'plata', rev: 1, since: '2026-02-01', until: '2027-12-31' };
  for (const [mine, theirs] of [
    [oro, plata],
    [plata, oro],
  ] as const) {
    const given = { program: withdrawn, members: [MINE, THEIRS] as const, refs: {} };
    expect(unite({ ...given, mine: state({ tier: mine }), theirs: state({ tier: theirs }) }).tier).toEqual(oro);
  }
});

test('A1 progress is never less than the better of both', () => {
  for (const [a, b] of [
    [0, 4],
    [4, 0],
    [1, 1],
    [2, 3],
    [4, 4],
  ] as const) {
    const of = (progress: number): MemberState['missions'] => ({
      cuenta: { completions: 0, periods: { '2026-01': { rev: 1, progress, done: false } }, weeks: {} },
    });
    const result = united({ missions: of(a) }, { missions: of(b) }).missions['cuenta']?.periods['2026-01'];
    expect(result?.progress).toBe(Math.max(a, b, Math.min(a + b, 4)));
    expect(result?.done).toBe(false);
  }
});

test('A1 one account ends with nothing, the other has all of it, and both are the fold of what was recorded', () => {
  const given = state({
    ...{ seq: 4, newestOccurredAt: '2026-01-05T10:00:00.000Z', balances: { puntos: 12 }, owed: { puntos: 2 } },
    lots: { puntos: [lot('2026-01-01', 12)] },
    holds: { '2-1': { currency: 'puntos', lots: [lot('2026-01-01', 5, '2026-09-01')], until: '2026-08-01' } },
    pending: { '3-1': { currency: 'puntos', amount: 6, by, on: '2026-03-01' } },
    badges: { insignia: { rev: 1, on: '2026-01-01' } },
  });
  const dates = { program: '2026-01-06', member: '2026-01-06' };
  const calendar = { occurred: dates, now: dates };
  const occurredAt = '2026-01-06T10:00:00.000Z';
  const closing = { calendar, closing: { earned: { puntos: { '2026-01-01': 12 } } } };
  const ending = { type: 'member.closed', occurredAt, attributes: { into: MINE }, member: THEIRS, key: 'k' };
  const closed = decide(program, given, closing, ending, occurredAt);
  expect(closed.state).toEqual({
    ...{ seq: 5, newestOccurredAt: occurredAt, balances: { puntos: 0 }, lots: { puntos: [] } },
    ...{ earned: {}, counters: {}, caps: {}, missions: {}, badges: {}, tier: null, closed: MINE },
  });
  const [caused] = closed.caused;
  expect(caused).toMatchObject({ key: `absorbed:${THEIRS}`, member: MINE, type: 'member.absorbed' });
  const mine = state({ seq: 9, balances: { puntos: 1 }, lots: { puntos: [lot('2026-01-02', 1)] } });
  const attributes = caused?.attributes ?? {};
  const taking = { type: 'member.absorbed', occurredAt, attributes, member: MINE, key: 'c' };
  const absorbed = decide(program, mine, { calendar }, taking, occurredAt);
  expect(absorbed.outcome).toBe('accepted');
  expect(absorbed.caused).toEqual([]);
  expect(absorbed.state).toMatchObject({
    ...{ seq: 10, balances: { puntos: 13 }, owed: { puntos: 2 }, absorbed: [THEIRS] },
    lots: { puntos: [lot('2026-01-01', 12), lot('2026-01-02', 1)] },
    holds: { '10-1001': { currency: 'puntos', lots: [lot('2026-01-01', 5, '2026-09-01')], until: '2026-08-01' } },
    pending: { '10-1002': { amount: 6, on: '2026-03-01' } },
    badges: { insignia: { on: '2026-01-01' } },
  });
  const sum = [...closed.lines, ...absorbed.lines].reduce((total, { amount }) => total + amount, 0);
  expect(sum).toBe(0);
  for (const [before, decision] of [
    [given, closed],
    [mine, absorbed],
  ] as const) {
    const { lines, effects } = decision;
    expect(fold(before, { seq: before.seq + 1, activity: { occurredAt }, lines, effects })).toEqual(decision.state);
  }
});

const NOW = '2026-01-06T10:00:00.000Z';
const today = { program: '2026-01-06', member: '2026-01-06' };

/** Takes an account in, as the ledger does it. */
function absorb(mine: MemberState, theirs: MemberState, from = THEIRS) {
  const attributes = { from, seq: theirs.seq + 1, state: theirs, earned: {} };
  const activity = { type: 'member.absorbed', occurredAt: NOW, attributes, member: MINE, key: from };
  return decide(program, mine, { calendar: { occurred: today, now: today } }, activity, NOW);
}

test('A1 a part that is there and empty is as good as none: the account is taken in all the same', () => {
  for (const empty of [{ limits: {} }, { attributes: {} }, { noticed: {} }, { sent: {} }]) {
    expect(absorb(state(empty), state({})).outcome).toBe('accepted');
    expect(absorb(state({}), state(empty)).outcome).toBe('accepted');
  }
});

test('I1 whoever was invited by an account that is now its own is invited by nobody, over however many joinings', () => {
  const invited = { advocate: NOBODY, until: '2026-12-31' };
  // The advocate was joined to an account, and that one to the friend; or the friend to that one.
  const chain = absorb(state({}), state({}), NOBODY).state;
  expect(absorb(state({ invitedBy: invited }), chain).state.invitedBy).toBeUndefined();
  expect(absorb(chain, state({ invitedBy: invited })).state.invitedBy).toBeUndefined();
  expect(absorb(state({ invitedBy: invited }), state({})).state.invitedBy).toEqual(invited);
});

test('C4 a name that both accounts use for what they set aside is refused, until only one of them does', () => {
  const hold = { currency: 'puntos', lots: [lot('2026-01-01', 5)], until: null };
  const mine = absorb(state({ seq: 3, holds: { '2-1': hold } }), state({ holds: { '2-1': hold } })).state;
  const capture = (given: MemberState, attributes: Record<string, unknown>) => {
    const activity = { type: 'points.captured', occurredAt: NOW, attributes, member: MINE, key: 'c' };
    return decide(program, given, { calendar: { occurred: today, now: today } }, activity, NOW);
  };
  expect(capture(mine, { hold: '4-1001', asked: '2-1' }).refusal).toBe('hold.ambiguous');
  const left = capture(mine, { hold: '2-1' }).state;
  expect(capture(left, { hold: '4-1001', asked: '2-1' }).outcome).toBe('accepted');
});

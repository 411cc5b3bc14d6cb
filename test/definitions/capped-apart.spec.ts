import { FORUM_ACTIVITIES } from '@verbena/shared/forums/forum-activities.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import { TermsTeller, tellTerms } from '@verbena/shared/programs/tell-terms.js';
import type { Earning, Rule } from '@verbena/shared/rules/rule.js';
import { addDays } from '@verbena/server/engine/calendar.js';
import { unite } from '@verbena/server/engine/unite.js';
import { aCompiledProgram, EngineRun } from '#support/engine-run.js';
import { aRule, aSmallProgram, points } from '#support/small-program.js';

const on = { activity: 'forum.reaction' };
const forum = FORUM_ACTIVITIES.map((type) => ({ ...type, rev: 1 }));
const reactions = (cap: Earning['cap'], given: Partial<Rule> = {}): Definitions =>
  aSmallProgram({
    activityTypes: [...aSmallProgram().activityTypes, ...forum],
    rules: [aRule({ on, earn: points(2).map((earning) => ({ ...earning, ...(cap && { cap }) })), ...given })],
  });
const aRun = (cap: Earning['cap'], given?: Partial<Rule>) =>
  new EngineRun(aCompiledProgram({ definitions: reactions(cap, given) }));
const noon = (day: string) => `${day}T12:00:00.000Z`;
const react = (run: EngineRun, other: string, day = '2026-03-02', post = 'p1') =>
  run.submit({ type: on.activity, occurredAt: noon(day), attributes: { thread: 't1', post, other } });
const visit = (run: EngineRun, attributes: Record<string, unknown>, day = '2026-03-02') =>
  run.submit({ type: 'visit', occurredAt: noon(day), attributes });

describe('#67 a cap by an attribute', () => {
  test('#67 100 reactions of one friend earn the cap, and those of another one theirs', () => {
    const run = aRun({ per: 'day', times: 3, by: 'other' });
    for (let count = 0; count < 100; count += 1) react(run, 'bruno');
    expect(run.balance).toBe(6);
    expect(run.journal.at(-1)?.decision.receipt.missed).toEqual([['rule:regla', 1, 'cap:day:other', 3, 3]]);
    react(run, 'carla');
    react(run, 'bruno', '2026-03-03');
    expect(run.balance).toBe(10);
    expect(run.state.caps).toEqual({
      'regla~day~other': {
        '2026-03-02~bruno': { times: 3, points: 6 },
        '2026-03-02~carla': { times: 1, points: 2 },
        '2026-03-03~bruno': { times: 1, points: 2 },
      },
    });
  });

  test('#67 a day and a pair: both must hold, and the receipt tells them apart', () => {
    const run = aRun([
      { per: 'day', times: 4 },
      { per: 'month', points: 5, by: 'other' },
    ]);
    const missed = (other: string, day?: string) => react(run, other, day).receipt.missed.map(([, , what]) => what);
    expect([missed('ana'), missed('ana')]).toEqual([[], []]);
    const third = react(run, 'ana');
    expect(third.lines.map(({ amount }) => amount)).toEqual([1]);
    expect(third.receipt.fired[0]?.factors?.at(-1)).toEqual({ bound: 'cap', value: 1 });
    expect(missed('ana')).toEqual(['cap:month:other']);
    expect([missed('ben'), missed('ben'), missed('ana')]).toEqual([[], ['cap:day'], ['cap:day']]);
    expect(missed('ana', '2026-03-05')).toEqual(['cap:month:other']);
    // The cap that was there before goes on under its name.
    expect(Object.keys(run.state.caps)).toEqual(['regla', 'regla~month~other']);
    expect(run.state.caps['regla']).toEqual({ '2026-03-02': { times: 4, points: 7 } });
  });

  test('#67 a cap that is added before another one, or moved, leaves what was used where it is', () => {
    const idsOf = (cap: Earning['cap']) =>
      aCompiledProgram({ definitions: reactions(cap) }).rules[0]?.earn[0]?.caps.map(({ id }) => id);
    const [pair, day, month] = [
      { per: 'day', times: 3, by: 'other' },
      { per: 'day', times: 9 },
      { per: 'month', times: 20 },
    ] as const;
    expect(idsOf(day)).toEqual(['regla']);
    expect(idsOf([pair, day])).toEqual(['regla~day~other', 'regla']);
    expect(idsOf([day, pair])).toEqual(['regla', 'regla~day~other']);
    expect(idsOf([day, month, pair])).toEqual(['regla', 'regla~month', 'regla~day~other']);
    const two = reactions(undefined, {
      earn: [...points(1), ...points(1)].map((one) => ({ ...one, cap: [day, pair] })),
    });
    expect(
      aCompiledProgram({ definitions: two }).rules[0]?.earn.flatMap(({ caps }) => caps.map(({ id }) => id)),
    ).toEqual([...['regla', 'regla~day~other', 'regla:1', 'regla:1~day~other']]);
  });

  test('#67 what lacks the attribute counts together; numbers and folded texts count as they compare', () => {
    const capped = (by: string, definitions = aSmallProgram()) =>
      new EngineRun(
        aCompiledProgram({
          definitions: {
            ...definitions,
            rules: [aRule({ earn: points(1).map((one) => ({ ...one, cap: { per: 'day', times: 1, by } })) })],
          },
        }),
      );
    const run = capped('shop');
    for (const shop of ['centro', 'CENTRO', 'sol y sombra', '2026-03-02', '']) visit(run, { shop });
    visit(run, {});
    expect(run.balance).toBe(5);
    const byNumber = capped('n');
    for (const n of [1, 10, 1, -1]) visit(byNumber, { n });
    expect(byNumber.balance).toBe(3);
    const folding = structuredClone(aSmallProgram());
    const shop = folding.activityTypes[0]?.attributes.properties['shop'];
    if (shop?.type === 'string') shop['x-compare'] = 'folded';
    const folded = capped('shop', folding);
    for (const one of ['centro', 'CENTRO', ' Centro ', 'sur']) visit(folded, { shop: one });
    expect(folded.balance).toBe(2);
  });

  test('C5 #67 what is taken back can be earned again, of that value alone; used up is what stands', () => {
    const run = aRun([
      { per: 'ever', times: 2, by: 'other' },
      { per: 'day', times: 5 },
    ]);
    for (const other of ['ana', 'ana', 'ben', 'ben', 'ben']) react(run, other);
    expect(run.balance).toBe(8);
    const back = run.reverse(1);
    expect(back.effects.filter(({ type }) => type === 'cap.used')).toEqual([
      { type: 'cap.used', rule: 'regla', cap: 'regla~ever~other', period: 'ever~ana', times: -1, points: -2, left: 1 },
      { type: 'cap.used', rule: 'regla', cap: 'regla', period: '2026-03-02', times: -1, points: -2, left: 2 },
    ]);
    react(run, 'ben');
    expect(run.balance).toBe(6);
    react(run, 'ana');
    expect(run.balance).toBe(8);
    for (const { seq, type } of [...run.journal]) if (type === on.activity && seq !== 1) run.reverse(seq);
    expect(run.balance).toBe(0);
    const used = Object.values(run.state.caps).flatMap((periods) => Object.values(periods));
    expect(used).toEqual(used.map(() => ({ times: 0, points: 0 })));
  });

  test('C5 #67 a return in part gives back to the allowance of its value', () => {
    const definitions = aSmallProgram({
      rules: [
        aRule({
          earn: [
            {
              currency: 'puntos',
              amount: { product: [{ field: 'n' }] },
              cap: { per: 'month', points: 100, by: 'shop' },
            },
          ],
        }),
      ],
    });
    const run = new EngineRun(aCompiledProgram({ definitions }));
    visit(run, { n: 80, shop: 'norte' });
    visit(run, { n: 80, shop: 'sur' });
    run.reverse(1, undefined, { n: 30, shop: 'norte' });
    expect(run.state.caps['regla~month~shop']).toEqual({
      '2026-03~norte': { times: 1, points: 30 },
      '2026-03~sur': { times: 1, points: 80 },
    });
    visit(run, { n: 80, shop: 'norte' });
    expect(run.balance).toBe(180);
  });

  test('D2 #67 of a group the best is found within the allowance of the value', () => {
    const group = { id: 'grupo', pick: 'best' } as const;
    const definitions = aSmallProgram({
      rules: [
        aRule({
          group,
          id: 'mucho',
          earn: points(9).map((one) => ({ ...one, cap: { per: 'day', times: 1, by: 'shop' } })),
        }),
        aRule({ group, id: 'poco', earn: points(4) }),
      ],
    });
    const run = new EngineRun(aCompiledProgram({ definitions }));
    const firedBy = (shop: string) => visit(run, { shop }).receipt.fired.map(({ id }) => id);
    expect([firedBy('a'), firedBy('a'), firedBy('b')]).toEqual([['mucho'], ['poco'], ['mucho']]);
  });

  test('#67 days that nothing can reach any more are forgotten with their values; what holds for ever is not', () => {
    const run = aRun([
      { per: 'day', times: 3, by: 'other' },
      { per: 'ever', times: 900, by: 'post' },
    ]);
    react(run, 'ana', '2024-01-10', 'viejo');
    react(run, 'ana', addDays('2024-01-10', 400));
    expect(Object.keys(run.state.caps['regla~day~other'] ?? {})).toHaveLength(2);
    react(run, 'ana', addDays('2024-01-10', 440));
    expect(Object.keys(run.state.caps['regla~day~other'] ?? {})).toEqual(['2025-02-13~ana', '2025-03-25~ana']);
    expect(Object.keys(run.state.caps['regla~ever~post'] ?? {})).toEqual(['ever~viejo', 'ever~p1']);
  });

  test('#67 of accounts that are joined what either used of a value is used', () => {
    const [mine, theirs] = [aRun({ per: 'day', times: 3, by: 'other' }), aRun({ per: 'day', times: 3, by: 'other' })];
    for (const other of ['ana', 'ana', 'ben']) react(mine, other);
    for (const other of ['ana', 'eva']) react(theirs, other);
    const members = ['m1', 'm2'] as const;
    mine.state = unite({ program: mine.program, members, mine: mine.state, theirs: theirs.state, refs: {} });
    expect(react(mine, 'ana').receipt.missed).toEqual([['rule:regla', 1, 'cap:day:other', 3, 3]]);
    expect(react(mine, 'eva').lines).toHaveLength(1);
  });
});

test.each([
  ['es', 'Como mucho 3 veces al día por cada otra persona.', 'Como mucho 20 veces al mes.'],
  ['en', 'At most 3 times a day for each other person.', 'At most 20 times a month.'],
] as const)('#67 the terms say for what a cap holds apart (%s)', (language, pair, month) => {
  const definitions = reactions([
    { per: 'day', times: 3, by: 'other' },
    { per: 'month', times: 20 },
  ]);
  const [rule] = definitions.rules;
  const told = rule === undefined ? [] : tellTerms('rules', rule, new TermsTeller(definitions, language));
  expect(told.slice(1)).toEqual([pair, month]);
});

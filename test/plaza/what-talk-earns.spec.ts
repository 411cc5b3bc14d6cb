import { shoppingCentre } from '@verbena/seeds/presets/shopping-centre.js';
import { aCompiledProgram, EngineRun } from '#support/engine-run.js';

const program = aCompiledProgram();
const place = { thread: 't', post: 'p', category: 'charla' };
const noon = (day: number): string => `2026-11-${String(day).padStart(2, '0')}T11:00:00.000Z`;
const midnight = (day: number): string => `2026-11-${String(day).padStart(2, '0')}T23:00:00.000Z`;

type Activity = (day: number, time: number) => Parameters<EngineRun['submit']>[0];

const thread = (day: number) => ({ type: 'forum.thread', occurredAt: noon(day), attributes: { ...place, length: 12 } });
const reply = (day: number, length: number) => ({
  type: 'forum.reply',
  occurredAt: noon(day),
  attributes: { ...place, length },
});
/** Of somebody else each time, to another post each day. */
const reaction = (day: number, time: number) => ({
  type: 'forum.reaction',
  occurredAt: noon(day),
  attributes: { ...place, post: `p${day}`, other: `member-${time}`, reaction: 'like' },
});

/** What an activity gives when it comes so many times on one day. */
function timesOf(times: number, activity: Activity): number[] {
  const run = new EngineRun(program);
  return Array.from({ length: times }, (_, time) =>
    run.submit(activity(10, time)).lines.reduce((sum, { by, amount }) => sum + (by.kind === 'rule' ? amount : 0), 0),
  );
}

const many = (times: number, amount: number): number[] => Array.from({ length: times }, () => amount);

describe('#67 what the forum earns in plaza', () => {
  test.each<[string, Activity, number, number]>([
    ['a thread, twice', thread, 2, 5],
    ['a reply of forty letters, ten times', (day) => reply(day, 40), 10, 3],
    ['a reaction, twenty times', reaction, 20, 1],
  ])('#67 %s a day, and one more is accepted and earns nothing', (_, activity, times, amount) => {
    expect(timesOf(times + 1, activity)).toEqual([...many(times, amount), 0]);
  });

  test('#67 a hundred reactions of one friend earn ten a month', () => {
    expect(timesOf(100, (day) => reaction(day, 0)).reduce((sum, one) => sum + one, 0)).toBe(10);
  });

  test('#77 FB17 the tenth reaction to a post brings its badge, once, however often it is crossed; another post another one', () => {
    const run = new EngineRun(program);
    const held = () => Object.keys(run.state.badges['buena-respuesta']?.of ?? {});
    for (let time = 0; time < 12; time += 1) run.submit(reaction(10, time));
    for (const seq of [1, 2, 3]) run.reverse(seq, noon(11));
    expect(held()).toEqual([]);
    for (let time = 0; time < 3; time += 1) run.submit(reaction(10, time));
    expect(held()).toEqual(['p10']);
    for (let time = 0; time < 10; time += 1) run.submit(reaction(12, time));
    expect(held()).toEqual(['p10', 'p12']);
  });

  test('#68 a reply of less than forty letters earns nothing', () => {
    expect(timesOf(1, (day) => reply(day, 39))).toEqual([0]);
  });

  test('#68 what is written is worth nothing until it stood for a day, and nothing at all where it is taken away before', () => {
    const run = new EngineRun(program);
    run.submit(thread(10));
    run.submit(reply(10, 200));
    run.reverse(2, noon(10));
    expect(run.state.balances['chispas'] ?? 0).toBe(0);
    run.strike(midnight(10));
    expect(run.state.balances['chispas'] ?? 0).toBe(0);
    run.strike(midnight(11));
    expect(run.state.balances['chispas']).toBe(5);
    run.reverse(1, noon(13));
    expect(run.state.balances['chispas'] ?? 0).toBe(0);
  });

  test('#67 nobody climbs by talk: it moves neither points nor tier, and of points only accepted answers give any', () => {
    const run = new EngineRun(program);
    for (let day = 1; day <= 28; day += 1) {
      for (let time = 0; time < 20; time += 1) run.submit(reaction(day, time));
      for (let time = 0; time < 10; time += 1) run.submit(reply(day, 400));
    }
    expect([run.balance, run.state.tier?.id, Object.keys(run.state.badges)]).toEqual([
      ...[0, 'socio', ['buena-respuesta']],
    ]);
    const ofForum = shoppingCentre.rules.filter(({ on }) => JSON.stringify(on).includes('forum.'));
    expect(ofForum.map(({ id, earn }) => [id, earn.map(({ currency }) => currency)])).toEqual([
      ['respuesta', ['puntos']],
      ['hilo', ['chispas']],
      ['mensaje', ['chispas']],
      ['reaccion', ['chispas']],
    ]);
    expect([...shoppingCentre.tiers, ...shoppingCentre.boards].map(({ currency }) => currency)).not.toContain(
      'chispas',
    );
  });
});

import { FORUM_ACTIVITIES } from '@verbena/shared/forums/forum-activities.js';
import type { BadgeGrant } from '@verbena/shared/badges/badge.js';
import { Definitions } from '@verbena/shared/programs/definitions.js';
import { TermsTeller, tellTerms } from '@verbena/shared/programs/tell-terms.js';
import { fold } from '@verbena/server/engine/fold.js';
import { initialState } from '@verbena/server/engine/initial-state.js';
import { unite } from '@verbena/server/engine/unite.js';
import { standingOf } from '@verbena/server/ledger/standing.js';
import { aCompiledProgram, EngineRun } from '#support/engine-run.js';
import { aBadge, aMission, aRule, aSmallProgram, points } from '#support/small-program.js';

const TYPE = 'forum.reaction';
const grant: BadgeGrant = { kind: 'count', activity: TYPE, target: 10, by: 'post' };
const answer = { id: 'buena-respuesta', grant };
const forum = (given: Partial<Definitions> = {}): Definitions =>
  aSmallProgram({
    activityTypes: [...aSmallProgram().activityTypes, ...FORUM_ACTIVITIES.map((type) => ({ ...type, rev: 1 }))],
    rules: [aRule({ id: 'premio', on: { badge: 'buena-respuesta' }, earn: points(50) })],
    badges: [aBadge(answer)],
    ...given,
  });
const aRun = (given?: Partial<Definitions>) => new EngineRun(aCompiledProgram({ definitions: forum(given) }));
let minute = 0;
const now = () => new Date(Date.UTC(2026, 2, 2, 9, (minute += 1))).toISOString();
const react = (run: EngineRun, post: string, member = 'm') => {
  run.submit({ type: TYPE, occurredAt: now(), attributes: { thread: 't', post, other: member } });
  return run.state.seq;
};
const reactTimes = (run: EngineRun, post: string, times: number) =>
  Array.from({ length: times }, (_, index) => react(run, post, `m${index}`));
const badgeEffects = (run: EngineRun) =>
  run.journal.flatMap(({ seq, effects }) =>
    effects.flatMap((effect) =>
      effect.type === 'badge.granted' || effect.type === 'badge.revoked' ? [`${seq} ${effect.type} ${effect.of}`] : [],
    ),
  );
const heldFor = (run: EngineRun) => run.state.badges['buena-respuesta']?.of;
const folded = (run: EngineRun) =>
  run.journal.reduce(
    (state, { seq, activity, lines, effects }) =>
      fold(JSON.parse(JSON.stringify(state)), JSON.parse(JSON.stringify({ seq, activity, lines, effects }))),
    initialState(run.program),
  );

describe('#77 F2 a badge for each value', () => {
  test('FB17 #77 at the tenth reaction to a post, once for it, and once for each other post', () => {
    const run = aRun();
    reactTimes(run, 'p1', 12);
    reactTimes(run, 'p2', 9);
    expect(badgeEffects(run)).toEqual(['10 badge.granted p1']);
    expect(run.journal[9]?.effects.at(-1)).toEqual({
      ...{ type: 'badge.granted', badge: 'buena-respuesta', rev: 1, on: '2026-03-02', of: 'p1' },
    });
    expect(run.journal[8]?.decision.receipt.missed).toContainEqual([
      'badge:buena-respuesta',
      1,
      'progress:ever',
      9,
      10,
    ]);
    expect(run.journal[11]?.decision.receipt.missed).toEqual([]);
    react(run, 'p2');
    expect(badgeEffects(run)).toEqual(['10 badge.granted p1', '22 badge.granted p2']);
    expect(heldFor(run)).toEqual({ p1: 1, p2: 1 });
    // What a badge sets off it sets off for each.
    expect(run.balance).toBe(100);
    expect(folded(run)).toEqual(run.state);
  });

  test('FB17 12 react, 3 withdraw, 3 react again: one grant for this post stands, and one was taken back', () => {
    const run = aRun();
    const seqs = reactTimes(run, 'p1', 12);
    reactTimes(run, 'p2', 10);
    for (const seq of seqs.slice(0, 3)) run.reverse(seq);
    expect(badgeEffects(run)).toEqual(['10 badge.granted p1', '22 badge.granted p2', '25 badge.revoked p1']);
    expect([heldFor(run), run.balance]).toEqual([{ p2: 1 }, 50]);
    reactTimes(run, 'p1', 3);
    expect(badgeEffects(run).slice(3)).toEqual(['26 badge.granted p1']);
    expect([heldFor(run), run.balance]).toEqual([{ p1: 1, p2: 1 }, 100]);
    // Each grant is taken back with what it set off, and no other's.
    for (const { seq, type, activity } of [...run.journal])
      if (type === TYPE && activity.attributes['post'] === 'p1' && !seqs.slice(0, 3).includes(seq)) run.reverse(seq);
    expect(badgeEffects(run).slice(4)).toEqual(['31 badge.revoked p1']);
    expect([heldFor(run), run.balance]).toEqual([{ p2: 1 }, 50]);
    expect(folded(run)).toEqual(run.state);
  });

  test('#77 the badge leaves with its last grant; with keep it stays', () => {
    const run = aRun();
    const [first = 0] = reactTimes(run, 'p1', 10);
    run.reverse(first);
    expect([run.state.badges, run.state.badgesGone, run.balance]).toEqual([{}, undefined, 0]);
    const kept = aRun({ badges: [aBadge({ ...answer, onReversal: 'keep' })] });
    const [one = 0, two = 0] = reactTimes(kept, 'p1', 10);
    kept.reverse(one);
    expect([heldFor(kept), kept.balance]).toEqual([{ p1: 1 }, 50]);
    reactTimes(kept, 'p1', 4);
    kept.reverse(two);
    expect(badgeEffects(kept)).toEqual(['10 badge.granted p1']);
  });

  test('#77 missions on the badge count each grant, and lose it with the grant', () => {
    const mission = aMission({ on: { badge: 'buena-respuesta' }, goal: { kind: 'count', target: 2, per: 'ever' } });
    const run = aRun({ missions: [mission], rules: [] });
    const [first = 0] = reactTimes(run, 'p1', 10);
    reactTimes(run, 'p2', 10);
    expect([run.state.missions['mision']?.completions, run.balance]).toEqual([1, 10]);
    run.reverse(first);
    expect([run.state.missions['mision']?.completions, run.balance]).toEqual([0, 0]);
    expect(run.state.missions['mision']?.periods).toEqual({ ever: { rev: 1, progress: 1, done: false } });
  });

  test('#77 staff withdraw it with all its grants and what they brought; each post begins anew', () => {
    const run = aRun();
    reactTimes(run, 'p1', 12);
    reactTimes(run, 'p2', 10);
    reactTimes(run, 'p3', 6);
    run.submit({
      type: 'badge.withdrawn',
      occurredAt: now(),
      attributes: { badge: 'buena-respuesta', along: true },
    });
    const { decision } = run.journal.at(-1) ?? {};
    expect(decision?.effects.filter(({ type }) => type === 'badge.revoked')).toEqual([
      { type: 'badge.revoked', badge: 'buena-respuesta', rev: 1, by: 'staff', count: 0, counts: { p1: 12, p2: 10 } },
    ]);
    expect(decision?.receipt.fired.filter(({ kind }) => kind === 'badge')).toHaveLength(1);
    expect([run.balance, run.state.badges]).toEqual([0, {}]);
    expect(run.state.badgesGone).toEqual({ 'buena-respuesta': { times: 1, count: 0, of: { p1: 12, p2: 10 } } });
    reactTimes(run, 'p1', 9);
    reactTimes(run, 'p3', 4);
    expect(heldFor(run)).toEqual({ p3: 1 });
    react(run, 'p1');
    expect(heldFor(run)).toEqual({ p1: 1, p3: 1 });
    expect(folded(run)).toEqual(run.state);
  });

  test('#77 accounts that are joined: what either was granted is there once, and their reactions to a post add up', () => {
    const [mine, theirs] = [aRun(), aRun()];
    reactTimes(mine, 'p1', 10);
    reactTimes(mine, 'p2', 6);
    reactTimes(theirs, 'p1', 11);
    reactTimes(theirs, 'p3', 10);
    reactTimes(theirs, 'p2', 3);
    const members = ['m1', 'm2'] as const;
    mine.state = unite({ program: mine.program, members, mine: mine.state, theirs: theirs.state, refs: {} });
    expect(heldFor(mine)).toEqual({ p1: 1, p3: 1 });
    react(mine, 'p2');
    expect(heldFor(mine)).toEqual({ p1: 1, p2: 1, p3: 1 });
  });

  test('#77 a count under another revision: what was granted stays until nothing of it is left', () => {
    const older = forum();
    const harder = forum({ badges: [aBadge({ ...answer, rev: 2, grant: { ...grant, target: 12 } })] });
    const run = new EngineRun(aCompiledProgram({ definitions: older }));
    const seqs = reactTimes(run, 'p1', 10);
    run.program = aCompiledProgram({ definitions: harder, older: [older] });
    const [other = 0] = reactTimes(run, 'p2', 12);
    expect(heldFor(run)).toEqual({ p1: 1, p2: 2 });
    for (const seq of seqs.slice(1)) run.reverse(seq);
    expect(heldFor(run)).toEqual({ p1: 1, p2: 2 });
    run.reverse(seqs[0] ?? 0);
    expect(heldFor(run)).toEqual({ p2: 2 });
    run.reverse(other);
    expect(heldFor(run)).toBeUndefined();
  });

  test('#77 held whole by an older revision it stays so; a plain badge knows nothing of values', () => {
    const plain = forum({ badges: [aBadge({ ...answer, grant: { kind: 'count', activity: TYPE, target: 2 } })] });
    const run = new EngineRun(aCompiledProgram({ definitions: plain }));
    reactTimes(run, 'p1', 3);
    expect(run.state.badges).toEqual({ 'buena-respuesta': { rev: 1, on: '2026-03-02' } });
    expect(run.state.counters).toEqual({ 'forum:reaction_count_ever': { ever: 3 } });
    run.program = aCompiledProgram({ definitions: forum({ badges: [aBadge({ ...answer, rev: 2 })] }), older: [plain] });
    reactTimes(run, 'p2', 11);
    expect(run.state.badges).toEqual({ 'buena-respuesta': { rev: 1, on: '2026-03-02' } });
  });

  test('#77 what a member sees of it: how often it is held, and how far its best post came', () => {
    const run = aRun();
    const today = { program: '2026-03-02', member: '2026-03-02' };
    reactTimes(run, 'p1', 4);
    reactTimes(run, 'p2', 7);
    expect(standingOf(run.program, run.state, today)).toMatchObject({
      badges: [],
      badgeProgress: { 'buena-respuesta': 7 },
    });
    reactTimes(run, 'p1', 6);
    reactTimes(run, 'p2', 3);
    expect(standingOf(run.program, run.state, today).badges).toEqual([
      { id: 'buena-respuesta', on: '2026-03-02', times: 2 },
    ]);
  });

  test.each([
    ['es', 'Se gana con «Reacción recibida» 10 veces por cada mensaje.'],
    ['en', 'You earn it with “Reaction received” 10 times for each post.'],
  ] as const)('#77 the terms say for what it counts apart (%s)', (language, sentence) => {
    expect(tellTerms('badges', aBadge(answer), new TermsTeller(forum(), language))).toEqual([sentence]);
  });
});

import { beginCatchUp, receiveCatchUp, receivePush, startStream } from './stream-reducer.js';
import type { StreamState, StreamStep } from './stream-reducer.js';

interface P {
  q: number;
}
const push = (q: number): P => ({ q });
const numbers = (pushes: readonly P[]) => pushes.map((p) => p.q);

describe('stream reducer', () => {
  test('applies the next push and drops what it knows', () => {
    const first = receivePush(startStream<P>(4), push(5));
    expect(numbers(first.apply)).toEqual([5]);
    expect(first.state.cur).toBe(5);
    for (const q of [5, 4, 1]) expect(receivePush(first.state, push(q))).toEqual({ state: first.state, apply: [] });
  });

  test('holds what comes after a gap, asks once, and never advances across it', () => {
    const gap = receivePush(startStream<P>(4), push(7));
    expect(gap).toMatchObject({ apply: [], fetchSince: 4, state: { cur: 4, catchingUp: true } });
    const more = receivePush(gap.state, push(8));
    expect(more.fetchSince).toBeUndefined();
    expect(more.state.cur).toBe(4);
    const caught = receiveCatchUp(more.state, { head: 8, pushes: [push(5), push(6), push(7)] });
    expect(numbers(caught.apply)).toEqual([5, 6, 7, 8]);
    expect(caught.state).toEqual({ cur: 8, held: [], catchingUp: false });
  });

  test('a push that fills the gap while the catch-up is under way waits for it', () => {
    const gap = receivePush(startStream<P>(4), push(6));
    const filled = receivePush(gap.state, push(5));
    expect(filled.apply).toEqual([]);
    const caught = receiveCatchUp(filled.state, { head: 6, pushes: [push(5), push(6)] });
    expect(numbers(caught.apply)).toEqual([5, 6]);
  });

  test('the same push twice while held is applied once', () => {
    let state = receivePush(startStream<P>(0), push(3)).state;
    state = receivePush(state, push(3)).state;
    expect(numbers(receiveCatchUp(state, { head: 3, pushes: [push(1), push(2)] }).apply)).toEqual([1, 2, 3]);
  });

  test('a catch-up that ends below its head asks for the rest', () => {
    const open = beginCatchUp(startStream<P>(0));
    expect(open.fetchSince).toBe(0);
    const first = receiveCatchUp(open.state, { head: 5, pushes: [push(1), push(2)] });
    expect(first).toMatchObject({ fetchSince: 2, state: { cur: 2, catchingUp: true } });
    const second = receiveCatchUp(first.state, { head: 5, pushes: [push(3), push(4), push(5)] });
    expect(second.fetchSince).toBeUndefined();
    expect(second.state.cur).toBe(5);
  });

  test('after the last page the cursor stands at head, also where superseded numbers are absent', () => {
    const open = beginCatchUp(startStream<P>(2));
    const caught = receiveCatchUp(open.state, { head: 6, pushes: [push(4), push(6)] });
    expect(numbers(caught.apply)).toEqual([4, 6]);
    expect(caught.state.cur).toBe(6);
    expect(receiveCatchUp(beginCatchUp(startStream<P>(2)).state, { head: 6, pushes: [] }).state.cur).toBe(6);
  });

  test('a reset moves to head, keeps what came later and says to read anew', () => {
    const state = receivePush(beginCatchUp(startStream<P>(3)).state, push(901)).state;
    const step = receiveCatchUp(receivePush(state, push(900)).state, { head: 900, pushes: [], reset: true });
    expect(step).toMatchObject({ reset: true, state: { cur: 901, held: [], catchingUp: false } });
    expect(numbers(step.apply)).toEqual([901]);
  });

  test('a head behind the cursor is a reset: the numbering began anew', () => {
    expect(receiveCatchUp(beginCatchUp(startStream<P>(9)).state, { head: 2, pushes: [] })).toMatchObject({
      reset: true,
      state: { cur: 2 },
    });
  });

  test('a heartbeat that finds a lost push fetches it without a disconnect', () => {
    const beat = beginCatchUp(startStream<P>(7));
    const caught = receiveCatchUp(beat.state, { head: 8, pushes: [push(8)] });
    expect(numbers(caught.apply)).toEqual([8]);
  });

  test('any order, duplicates and losses, with catch-ups in between: each once, in order', () => {
    let seed = 20_261_122;
    const random = (below: number) => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return seed % below;
    };
    for (let run = 0; run < 500; run += 1) {
      const applied: number[] = [];
      let state: StreamState<P> = startStream(0);
      let asked: number | undefined;
      const take = (step: StreamStep<P>) => {
        state = step.state;
        applied.push(...numbers(step.apply));
        if (step.fetchSince !== undefined) asked = step.fetchSince;
      };
      const journal: number[] = [];
      for (let turn = 0; turn < 60; turn += 1) {
        const dice = random(10);
        if (dice < 5) {
          journal.push(journal.length + 1);
          if (random(3) > 0) take(receivePush(state, push(journal.length)));
        } else if (dice < 8 && journal.length > 0) {
          take(receivePush(state, push(1 + random(journal.length))));
        } else if (asked !== undefined) {
          const since = asked;
          asked = undefined;
          const page = journal.filter((q) => q > since).slice(0, 1 + random(4));
          take(receiveCatchUp(state, { head: journal.length, pushes: page.map(push) }));
        }
      }
      take(beginCatchUp(state));
      while (asked !== undefined) {
        const since = asked;
        asked = undefined;
        take(receiveCatchUp(state, { head: journal.length, pushes: journal.filter((q) => q > since).map(push) }));
      }
      expect(applied).toEqual(journal);
      expect(state).toEqual({ cur: journal.length, held: [], catchingUp: false });
    }
  });
});

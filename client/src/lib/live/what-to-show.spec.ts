import { FRESH_MS, decideShow, stackToast } from './what-to-show.js';
import type { Showable, Shown } from './what-to-show.js';

const NOW = Date.parse('2026-11-22T12:00:00.000Z');
const award = (q: number, ageMs = 0): Showable => ({ q, at: new Date(NOW - ageMs).toISOString() });
const numbers = (show: ReturnType<typeof decideShow>) => ('awards' in show ? show.awards.map((a) => a.q) : []);

describe('what to show', () => {
  test('nothing that was seen anywhere is shown again', () => {
    expect(decideShow([award(1), award(2)], 2, NOW)).toEqual({ kind: 'nothing' });
    expect(numbers(decideShow([award(1), award(2), award(3)], 2, NOW))).toEqual([3]);
  });

  test('one award while offline is exactly one toast on return', () => {
    expect(decideShow([award(7, 30_000)], 6, NOW)).toMatchObject({ kind: 'toasts' });
  });

  test('up to three are toasts, five are exactly one summary', () => {
    expect(
      decideShow(
        [1, 2, 3].map((q) => award(q)),
        0,
        NOW,
      ).kind,
    ).toBe('toasts');
    const show = decideShow(
      [5, 4, 3, 2, 1].map((q) => award(q)),
      0,
      NOW,
    );
    expect(show.kind).toBe('summary');
    expect(numbers(show)).toEqual([1, 2, 3, 4, 5]);
  });

  test('older than ten minutes is a summary, however little', () => {
    expect(decideShow([award(1, FRESH_MS)], 0, NOW).kind).toBe('toasts');
    expect(decideShow([award(1, FRESH_MS + 1)], 0, NOW).kind).toBe('summary');
  });

  test('a push that came twice counts once', () => {
    expect(numbers(decideShow([award(1), award(1), award(1), award(1)], 0, NOW))).toEqual([1]);
  });

  test('two tabs and a device that hold the same pushes: exactly one of them shows each', () => {
    // The server answers `before` and keeps the greatest, whoever asks first.
    let seen = 4;
    const claim = (q: number) => {
      const before = seen;
      seen = Math.max(seen, q);
      return before;
    };
    const tabs = [[5], [5, 6], [5, 6]];
    const shown = tabs.flatMap((qs) =>
      numbers(
        decideShow(
          qs.map((q) => award(q)),
          claim(Math.max(...qs)),
          NOW,
        ),
      ),
    );
    expect(shown).toEqual([5, 6]);
  });

  test('a fourth toast joins the newest instead of making a wall', () => {
    let shown: readonly Shown<Showable>[] = [];
    for (const q of [1, 2, 3, 4, 5]) shown = stackToast(shown, award(q));
    expect(shown.map((toast) => toast.awards.map((a) => a.q))).toEqual([[1], [2], [3, 4, 5]]);
  });
});

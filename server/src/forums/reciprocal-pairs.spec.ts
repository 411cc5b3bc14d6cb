import { type Given, reciprocalPairs } from './reciprocal-pairs.js';

const from = Date.parse('2026-11-01T10:00:00Z');
let minute = 0;

/** So many, a minute apart. */
const gives = (who: string, whom: string, times: number): Given[] =>
  Array.from({ length: times }, () => ({ from: who, to: whom, at: new Date(from + (minute += 1) * 60_000) }));
/** So many of whom each gave once. */
const crowd = (whom: string, size: number): Given[] =>
  Array.from({ length: size }, (_, at) => gives(`vecina-${at}`, whom, 1)).flat();
const listed = (...given: Given[][]) =>
  reciprocalPairs(given.flat()).map(({ members, gave, percent }) => [...members, ...gave, percent]);

describe('#68 who gives one another', () => {
  test.each<[string, Given[][], unknown[]]>([
    ['nobody', [], []],
    ['two who give little to anybody else', [gives('a', 'b', 9), gives('b', 'a', 7)], [['a', 'b', 9, 7, 100]]],
    ['whoever gave more comes first', [gives('a', 'b', 5), gives('b', 'a', 6)], [['b', 'a', 6, 5, 100]]],
    ['each of them five times', [gives('a', 'b', 5), gives('b', 'a', 5)], [['a', 'b', 5, 5, 100]]],
    ['one of them four times', [gives('a', 'b', 40), gives('b', 'a', 4)], []],
    ['somebody who likes all that another one writes', [gives('fan', 'b', 60)], []],
    ['two whom everybody likes', [gives('a', 'b', 10), gives('b', 'a', 10), crowd('a', 30), crowd('b', 30)], []],
    [
      'a third of what both received',
      [gives('a', 'b', 5), gives('b', 'a', 5), crowd('a', 10), crowd('b', 10)],
      [['a', 'b', 5, 5, 33]],
    ],
    ['just less than a third', [gives('a', 'b', 5), gives('b', 'a', 5), crowd('a', 11), crowd('b', 10)], []],
    [
      'three who give each other, those who exchanged most first',
      [
        ...[gives('a', 'b', 5), gives('b', 'a', 5), gives('b', 'c', 8)],
        ...[gives('c', 'b', 8), gives('c', 'a', 6), gives('a', 'c', 6)],
      ],
      [
        ['b', 'c', 8, 8, 59],
        ['a', 'c', 6, 6, 48],
        ['a', 'b', 5, 5, 41],
      ],
    ],
  ])('#68 %s', (_, given, pairs) => {
    expect(listed(...given)).toEqual(pairs);
    // In whatever order they come.
    expect(listed(...given.toReversed())).toEqual(pairs);
  });

  test('#68 says when it began and when it was last, and lists fifty', () => {
    const [first, last] = [new Date('2026-11-02T08:00:00Z'), new Date('2026-11-28T21:30:00Z')];
    const between = [...gives('a', 'b', 4), ...gives('b', 'a', 4)];
    const ends = [
      { from: 'b', to: 'a', at: last },
      { from: 'a', to: 'b', at: first },
    ];
    const moved = between.map((one, at) => ({ ...one, at: new Date(first.getTime() + (at + 1) * 3_600_000) }));
    expect(reciprocalPairs([...ends, ...moved])).toMatchObject([{ firstAt: first, lastAt: last }]);
    const many = Array.from({ length: 60 }, (_, at) => [
      ...gives(`a${at}`, `b${at}`, 5),
      ...gives(`b${at}`, `a${at}`, 5),
    ]);
    expect(reciprocalPairs(many.flat())).toHaveLength(50);
  });
});

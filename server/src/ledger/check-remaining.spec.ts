import { Refusal } from '#platform/errors/refusal.js';
import { checkRemaining } from './check-remaining.js';

const bought = {
  total: 50,
  discount: -5,
  shop: 'centro',
  gift: true,
  items: [
    { n: 2, kind: 'pan' },
    { n: 5, kind: 'leche', from: { farm: 'sol', eggs: 3 } },
    { n: 1, kind: 'leche' },
  ],
  tags: ['a', 'b', 'a'],
  sizes: [3, 7],
};

/** What is wrong with what remains, as `path code`; `nothing` where nothing was returned. */
function wrongIn(changed: Readonly<Record<string, unknown>>): readonly string[] {
  try {
    checkRemaining(bought, { ...bought, ...changed });
    return [];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code === 'activity.nothingReturned') return ['nothing'];
    return error.fields.map(({ path, code }) => `${path.slice(1).join('.')} ${code}`);
  }
}

test.each([
  ['less of a figure', { total: 49 }],
  ['less of a discount', { discount: -3 }],
  ['a line less', { items: bought.items.slice(1) }],
  ['less of a line', { items: [{ n: 1, kind: 'pan' }, ...bought.items.slice(1)] }],
  ['no line at all', { items: [] }],
  ['lines in another order', { total: 49, items: bought.items.toReversed() }],
  [
    'a line that only fits where another one could stand too',
    {
      items: [
        { n: 1, kind: 'leche' },
        { n: 1, kind: 'pan' },
      ],
    },
  ],
  ['less deep inside', { items: [{ n: 5, kind: 'leche', from: { farm: 'sol', eggs: 1 } }] }],
  ['fewer words', { tags: ['a', 'a'] }],
  ['fewer and smaller sizes', { sizes: [6] }],
])('C5 a return may leave %s', (_, changed) => {
  expect(wrongIn(changed)).toEqual([]);
});

test.each([
  ['more of a figure', { total: 51 }, ['total maximum']],
  ['less than nothing of it', { total: -1 }, ['total minimum']],
  ['a greater discount', { discount: -6 }, ['discount minimum']],
  ['another text', { shop: 'norte' }, ['shop changed']],
  ['another truth', { gift: false }, ['gift changed']],
  ['a figure that was not there', { extra: 1 }, ['extra maximum']],
  ['more of a line', { items: [{ n: 30, kind: 'pan' }] }, ['items.0.n maximum']],
  ['another kind of line', { items: [{ n: 2, kind: 'queso' }] }, ['items.0.kind changed']],
  [
    'lines of nothing for more kinds',
    { total: 49, items: [...bought.items, { n: 0, kind: 'queso' }] },
    ['items.3.kind changed'],
  ],
  ['one line twice', { items: [bought.items[0], bought.items[0]] }, ['items.1 added']],
  [
    'more deep inside',
    { items: [{ n: 5, kind: 'leche', from: { farm: 'sol', eggs: 4 } }] },
    ['items.0.from.eggs maximum'],
  ],
  [
    'a line without what it said',
    { items: [{ n: 5, kind: 'leche', from: { eggs: 3 } }] },
    ['items.0.from.farm changed'],
  ],
  ['a word more', { tags: ['a', 'b', 'b'] }, ['tags.2 added']],
  ['all of it', {}, ['nothing']],
])('C5 a return that leaves %s is refused where it is so', (_, changed, wanted) => {
  expect(wrongIn(changed)).toEqual(wanted);
});

test('C5 a thousand lines that fit nowhere are refused without comparing all with all for ever', () => {
  const lines = (kind: string) => Array.from({ length: 1_000 }, (_, n) => ({ n, kind }));
  expect(() =>
    checkRemaining(
      { items: lines('pan') },
      { items: lines('pan').map(({ n }) => ({ n: 999 - n + (n % 2), kind: 'pan' })) },
    ),
  ).toThrow(Refusal);
  expect(() => checkRemaining({ items: lines('pan') }, { items: lines('queso') })).toThrow(Refusal);
});

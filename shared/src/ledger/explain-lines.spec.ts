import { Format } from '#words/format.js';
import { explainLines } from './explain-lines.js';
import { en } from './ledger.en.js';
import { es } from './ledger.es.js';
import { type LineKind, LineKind as LineKinds, type Pocket, type PointsLine } from './points-line.js';

const by = { kind: 'currency', id: 'puntos', rev: 1 } as const;
const lot = { activated: '2026-12-04', expires: null };
const dated = { lot: { ...lot, expires: '2027-12-05' } };

function line(kind: LineKind, amount: number, given: Partial<PointsLine> = {}): PointsLine {
  return { currency: 'puntos', amount, kind, by, lot, ...given };
}

function tell(
  lines: readonly PointsLine[],
  effects: Parameters<typeof explainLines>[0]['effects'] = [],
  words = es,
  partner?: string | null,
) {
  const told = explainLines(
    { lines: [...lines], effects },
    {
      words,
      format: new Format(words === es ? 'es' : 'en'),
      currencyName: () => 'Puntos',
      points: (_, count) => `${count} p`,
      partner,
    },
  );
  return told.map(({ points, because }) => [points?.amount ?? 0, because.join(' ')]);
}

test('C5 what becomes of points that were spent adds up to what the balance moved', () => {
  const lines = [line('cover', -50), line('cover', 50), line('forgive', 20), line('reverse', -100)];
  expect(tell(lines)).toEqual([
    [0, 'Ya habías usado 50 p de esos: se descuentan de los demás que tienes'],
    [20, 'Ya los habías usado y no tienes más: no se te descuentan'],
  ]);
  const owed = [line('owe', 75), line('owe', 75, { pocket: 'owed' }), line('reverse', -75)];
  expect(tell(owed)).toEqual([
    [75, 'Ya los habías usado: quedan pendientes 75 p, que saldrán de lo próximo que ganes'],
  ]);
  expect(tell([line('repay', -60), line('repay', -60, { pocket: 'owed' })], [], en)).toEqual([
    [-60, 'Pays what a return had left open'],
  ]);
});

test('C2 pending points are told with their day, as far as there is one', () => {
  const pend = line('pend', 30, { pocket: 'pending', ref: '7-1' });
  const set = { type: 'pending.set', pending: '7-1', currency: 'puntos', on: '2026-12-04' } as const;
  expect(tell([pend], [set])).toEqual([[0, 'Quedan pendientes: podrás usarlos desde el 4 de diciembre de 2026']]);
  expect(tell([pend], [{ ...set, on: null }], en)).toEqual([[0, 'They are pending until they are confirmed']]);
});

test('C4 C6 holds and adjustments are told with what they moved, and with what was short', () => {
  const held = [line('hold', -30), line('hold', -10), line('hold', 40, { pocket: 'held', ref: '7-1' })];
  expect(tell(held)).toEqual([[-40, 'Apartados: salen de tu saldo hasta que se usen o se liberen']]);
  const adjusted = { type: 'points.adjusted', currency: 'puntos', amount: -50, short: 20 } as const;
  expect(tell([line('adjust', -30)], [adjusted], en)).toEqual([
    [-30, 'Adjustment by the program’s team 20 p were not in your balance and have not been deducted'],
  ]);
});

test('A1 what comes with another account is told by pocket, in the account that stays and in the one that ends', () => {
  const pending = { pocket: 'pending', ref: '7-1001' } as const;
  const held = { pocket: 'held', ref: '7-1002' } as const;
  expect(tell([line('merge', 40, dated), line('merge', 5), line('merge', 7, pending), line('merge', 3, held)])).toEqual(
    [
      [45, 'Vienen de la cuenta que se unió a esta; los que tienen fecha de caducidad la conservan'],
      [0, '7 p pendientes que vienen de la cuenta que se unió a esta'],
      [0, '3 p apartados que vienen de la cuenta que se unió a esta'],
    ],
  );
  expect(tell([line('merge', 5)])).toEqual([[5, 'Vienen de la cuenta que se unió a esta']]);
  expect(tell([line('merge', -40)], [], en)).toEqual([[-40, 'They went to the account to which this one was joined']]);
});

test('every kind of line is told in both languages, by its definition or here', () => {
  const byDefinition: ReadonlySet<LineKind> = new Set(['earn', 'reverse', 'expire']);
  const pockets: readonly (Pocket | undefined)[] = [undefined, 'pending', 'held', 'transit', 'owed'];
  for (const kind of LineKinds.options) {
    for (const words of [es, en]) {
      const sentences = pockets.flatMap((pocket) =>
        tell([line(kind, 5, { ref: '7-1', ...(pocket === undefined ? {} : { pocket }) })], [], words),
      );
      // What comes with another account is told of every pocket of its own.
      const told = byDefinition.has(kind) ? 0 : kind === 'merge' ? 3 : 1;
      expect([kind, sentences.length]).toEqual([kind, told]);
    }
  }
});

test('C7 a gift is told with who gave it or was given it, as far as that is shown', () => {
  expect(tell([line('receive', 40, dated)], [], es, 'Lucía del barrio')).toEqual([
    [40, 'Te los ha regalado Lucía del barrio; los que tienen fecha de caducidad la conservan'],
  ]);
  // What ends by inactivity, or never, has no day of its own.
  expect(tell([line('receive', 40)], [], es, null)).toEqual([[40, 'Te los ha regalado otro socio']]);
  expect(tell([line('send', -40, dated)], [], en, 'Marcos')).toEqual([
    [-40, 'You gave them to Marcos; those that have a day on which they expire keep it'],
  ]);
});

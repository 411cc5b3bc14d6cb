import type { LineKind, LotDates, PointsLine } from '@verbena/shared/ledger/points-line.js';

/** Kinds of the available balance that mean one movement there and back. */
const FAMILIES = {
  earn: 'earned',
  reverse: 'earned',
  expire: 'expired',
  forgive: 'forgiven',
  owe: 'lent',
  repay: 'lent',
  hold: 'held',
  release: 'held',
  send: 'sent',
  return: 'sent',
  receive: 'sent',
  adjust: 'adjusted',
  cover: 'moved',
  merge: 'merged',
} as const satisfies Partial<Record<LineKind, string>>;
type Family = (typeof FAMILIES)[keyof typeof FAMILIES];

/** What a family is called where it comes in, and where it goes out. */
const KINDS: { readonly [F in Family]: readonly [came: LineKind, went: LineKind] } = {
  earned: ['earn', 'reverse'],
  expired: ['expire', 'expire'],
  forgiven: ['forgive', 'forgive'],
  lent: ['owe', 'repay'],
  held: ['release', 'hold'],
  sent: ['return', 'send'],
  adjusted: ['adjust', 'adjust'],
  moved: ['cover', 'cover'],
  merged: ['merge', 'merge'],
};

const POCKET_KINDS = {
  pending: ['pend', 'cancel'],
  held: ['hold', 'release'],
  transit: ['send', 'return'],
  owed: ['owe', 'repay'],
} as const satisfies Record<NonNullable<PointsLine['pocket']>, readonly [LineKind, LineKind]>;

/**
 * The lines that lead from what was recorded to what should have been: booked after the former, balances, lots, pockets and what
 * was earned are those of the latter. What was spent stays spent: where it would come from other lots, the points move between
 * lots, and what was forgiven for it goes to the lots that lack it. What comes in stands first, so that nothing falls below
 * zero on the way.
 */
export function linesBetween(recorded: readonly PointsLine[], wanted: readonly PointsLine[]): PointsLine[] {
  const available = new Map<string, PointsLine & { family: Family }>();
  const pockets = new Map<string, PointsLine>();
  const add = (line: PointsLine, sign: 1 | -1): void => {
    if (line.pocket === undefined) {
      const family = familyOf(line.kind);
      // A definition counts as one whatever its revision: the reader sees what it gives more or less.
      const by = family === 'earned' ? [line.by.kind, line.by.id, line.by.step] : [];
      const key = [family, line.currency, placeOf(line.lot), ...by].join(' ');
      addTo(available, key, { ...withoutRef(line), family }, sign);
    } else {
      const lot = line.pocket === 'held' || line.pocket === 'transit' ? placeOf(line.lot) : '';
      addTo(pockets, [line.pocket, line.currency, line.ref, lot].join(' '), line, sign);
    }
  };
  for (const line of recorded) add(line, -1);
  for (const line of wanted) add(line, 1);
  const lines = [...byCurrency([...available.values()].filter(isSomething)).values()].flatMap(settleLots);
  const moved = [...pockets.values()].filter(isSomething).map((line) => {
    const [came, went] = POCKET_KINDS[line.pocket ?? 'pending'];
    return { ...line, kind: line.amount > 0 ? came : went };
  });
  return [...lines, ...moved].sort((left, right) => Number(left.amount < 0) - Number(right.amount < 0));
}

type Sum = PointsLine & { family: Family };

function addTo<T extends PointsLine>(sums: Map<string, T>, key: string, line: T, sign: 1 | -1): void {
  const known = sums.get(key);
  // The wanted come last: theirs is the revision, and the date, that is shown.
  sums.set(key, { ...line, amount: (known?.amount ?? 0) + sign * line.amount });
}

/** Of one currency: what only changes its lot is a move, and what was forgiven or lent goes to the lots that lack it. */
function settleLots(sums: Sum[]): PointsLine[] {
  const moves = new Map<string, Sum>();
  const rest: Sum[] = [];
  const extra: Sum[] = [];
  for (const [family, own] of byFamily(sums)) {
    const total = own.reduce((sum, { amount }) => sum + amount, 0);
    const isGiven = family === 'forgiven' || family === 'lent';
    const isMove = family === 'moved' || isGiven || (total === 0 && (family === 'held' || family === 'sent'));
    if (!isMove) rest.push(...own);
    else for (const sum of own) addTo(moves, placeOf(sum.lot), { ...sum, family: 'moved' }, 1);
    const [one] = own;
    if (isGiven && total !== 0 && one !== undefined) extra.push({ ...one, amount: total });
  }
  // Moves only change lots, so what they come to in all is what was given: it stays in the lots that get more.
  for (const given of extra) {
    let left = given.amount;
    for (const move of moves.values()) {
      const part = left > 0 ? Math.min(left, Math.max(0, move.amount)) : Math.max(left, Math.min(0, move.amount));
      if (part === 0) continue;
      move.amount -= part;
      left -= part;
      rest.push({ ...given, lot: move.lot, amount: part });
    }
  }
  return [...rest, ...moves.values()].filter(isSomething).map(({ family, ...line }) => {
    const [came, went] = KINDS[family];
    const kind = line.amount > 0 ? came : went;
    if (family === 'earned') return { ...line, kind };
    return { ...line, kind, by: { kind: 'currency' as const, id: line.currency, rev: line.by.rev } };
  });
}

function byFamily(sums: readonly Sum[]): Map<Family, Sum[]> {
  const found = new Map<Family, Sum[]>();
  for (const sum of sums) found.set(sum.family, [...(found.get(sum.family) ?? []), sum]);
  return found;
}

function familyOf(kind: LineKind): Family {
  if (!Object.hasOwn(FAMILIES, kind)) throw new Error(`A line of the available balance cannot be a ${kind}.`);
  return FAMILIES[kind as keyof typeof FAMILIES];
}

function byCurrency(sums: readonly Sum[]): Map<string, Sum[]> {
  const found = new Map<string, Sum[]>();
  for (const sum of sums) found.set(sum.currency, [...(found.get(sum.currency) ?? []), sum]);
  return found;
}

function withoutRef({ ref: _, ...line }: PointsLine): PointsLine {
  return line;
}

function isSomething({ amount }: PointsLine): boolean {
  return amount !== 0;
}

function placeOf({ activated, expires }: LotDates): string {
  return `${activated}/${expires ?? ''}`;
}

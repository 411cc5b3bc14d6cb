import type { Definitions } from '@verbena/shared/programs/definitions.js';
import { decideInto } from '@verbena/server/ledger/decide-group.js';
import { extendInto, needsExtension } from '@verbena/server/ledger/extend-state.js';
import type { GroupDraft } from '@verbena/server/ledger/group-draft.js';
import { dueInstant } from '@verbena/server/ledger/member-clock.js';
import type { JournalEntry } from '@verbena/server/ledger/journal-entry.js';
import { reversalOf } from '@verbena/server/ledger/reversal.js';
import { entryIdOf, hashOf } from '@verbena/server/platform/crypto/hash.js';
import { scopeOf } from '@verbena/server/platform/mongo/scope.js';
import { aCompiledProgram, MADRID } from '#support/engine-run.js';
import { aRule, aSmallProgram, points } from '#support/small-program.js';

const PROGRAM = '01J00000000000000000000LAW';
const MEMBER = '01J0000000000000000000FR1E';
const random = { bytes: (count: number) => Buffer.alloc(count, 7) };

/** One member's journal as the ledger decides it, group by group, by the wall. */
class LedgerRun {
  readonly entries: JournalEntry[] = [];
  readonly ledgers: GroupDraft['ledgers'] = new Map();

  constructor(public program = aCompiledProgram({ definitions: zoned, time: 'wall' })) {}

  submit(type: string, at: string, attributes: Record<string, unknown> = {}): JournalEntry {
    const key = `k${this.entries.length}`;
    const fingerprint = hashOf(type, key);
    const activity = {
      type,
      key,
      source: 'program',
      occurredAt: at,
      receivedAt: at,
      channel: 'shop',
      attributes,
      depth: 0,
    } as const;
    return this.decide(
      {
        scope: scopeOf(PROGRAM),
        member: MEMBER,
        shard: 0,
        entryId: entryIdOf(PROGRAM, 'program', key),
        fingerprint,
        activity,
      },
      at,
    );
  }

  reverse(entry: JournalEntry, at: string): JournalEntry {
    const request = { fingerprint: 'r', channel: 'shop', occurredAt: at, receivedAt: at } as const;
    return this.decide(reversalOf(entry, request), at);
  }

  get state() {
    const ledger = this.ledgers.get(MEMBER);
    if (ledger === undefined) throw new Error('There is no entry yet.');
    return ledger.state;
  }

  get due(): string | null {
    const atMs = dueInstant(this.program, this.state);
    return atMs === null ? null : new Date(atMs).toISOString();
  }

  private decide(submission: Parameters<typeof decideInto>[1], at: string): JournalEntry {
    const draft: GroupDraft = {
      lane: '1.0',
      q: 1,
      atMs: Date.parse(at),
      entries: [],
      ledgers: this.ledgers,
      caused: [],
    };
    const ledger = this.ledgers.get(MEMBER);
    if (ledger !== undefined && needsExtension(ledger, this.program))
      extendInto(draft, ledger, this.program, random, this.entries);
    const entry = decideInto(draft, submission, this.program, random, { entries: this.entries, under: null });
    this.entries.push(...draft.entries);
    if (entry === null) throw new Error('Nothing was decided.');
    return entry;
  }
}

const base = aSmallProgram();
/** One point a day of the member’s own, which ends a month later by its own midnight. */
const zoned: Definitions = {
  ...base,
  currencies: base.currencies.map((currency) => ({
    ...currency,
    zone: 'member',
    expiry: { kind: 'months', months: 1 },
  })),
  rules: [
    aRule({
      id: 'diaria',
      zone: 'member',
      earn: points(1).map((earning) => ({ ...earning, cap: { per: 'day', times: 1 } })),
    }),
  ],
};

const AUCKLAND = 'Pacific/Auckland';
const BOGOTA = 'America/Bogota';

describe('A7 the zone of a member', () => {
  test('A7 is the program’s until the member chooses, and then cuts what its definitions ask for', () => {
    const run = new LedgerRun();
    const late = '2026-05-05T23:30:00.000Z';
    expect(run.submit('visit', late).facts.calendar.occurred).toEqual({ program: '2026-05-06', member: '2026-05-06' });
    const changed = run.submit('member.changed', '2026-05-05T23:40:00.000Z', { zone: BOGOTA });
    // The change itself still stands in the days of before.
    expect(changed.facts.calendar.occurred.member).toBe('2026-05-06');
    expect(run.state.zone).toBe(BOGOTA);
    const after = run.submit('visit', '2026-05-05T23:50:00.000Z');
    expect(after.facts.calendar).toEqual({
      occurred: { program: '2026-05-06', member: '2026-05-05' },
      now: { program: '2026-05-06', member: '2026-05-05' },
    });
    expect(after.lines).toMatchObject([{ lot: { activated: '2026-05-05', expires: '2026-06-06' } }]);
  });

  test('A7 a changed zone gives no date twice: the day that was had stays had', () => {
    const run = new LedgerRun();
    const given = (at: string) => run.submit('visit', at).lines.length;
    expect(given('2026-05-05T10:00:00.000Z')).toBe(1);
    run.submit('member.changed', '2026-05-05T11:00:00.000Z', { zone: AUCKLAND });
    // In Auckland it is the 5th until noon, then the 6th.
    expect(given('2026-05-05T11:30:00.000Z')).toBe(0);
    expect(given('2026-05-05T12:30:00.000Z')).toBe(1);
    run.submit('member.changed', '2026-05-05T13:00:00.000Z', { zone: BOGOTA });
    // Back on the 5th, and a whole 6th later: both were had.
    expect(given('2026-05-05T14:00:00.000Z')).toBe(0);
    expect(given('2026-05-06T14:00:00.000Z')).toBe(0);
    expect(given('2026-05-07T14:00:00.000Z')).toBe(1);
    expect(run.state.balances).toEqual({ puntos: 3 });
  });

  test('A7 what is not yet due moves with the zone; what was settled is not settled again', () => {
    const run = new LedgerRun();
    run.submit('visit', '2026-05-05T10:00:00.000Z');
    expect(run.due).toBe('2026-06-05T22:00:00.000Z');
    run.submit('member.changed', '2026-05-06T10:00:00.000Z', { zone: BOGOTA });
    expect(run.due).toBe('2026-06-06T05:00:00.000Z');
    run.submit('member.changed', '2026-06-05T20:00:00.000Z', { zone: AUCKLAND });
    // Auckland has been in the 6th for hours: it is over at once, with whatever comes next.
    expect(run.due).toBe('2026-06-05T12:00:00.000Z');
    run.submit('member.changed', '2026-06-05T20:01:00.000Z', { zone: BOGOTA });
    expect(run.entries.map(({ activity }) => activity.type).slice(-2)).toEqual(['clock.struck', 'member.changed']);
    expect(run.state.balances).toEqual({ puntos: 0 });
    expect(run.due).toBeNull();
  });

  test('A7 of two zones the earlier instant comes first, whatever its date says', () => {
    // The lot ends by the member’s midnight in Bogotá, the tier by the program’s in Madrid, on the same date.
    const tiered: Definitions = {
      ...zoned,
      currencies: zoned.currencies.map((currency) => ({ ...currency, expiry: { kind: 'months', months: 20 } })),
      tiers: [
        {
          id: 'socio',
          rev: 1,
          name: { es: 'Socio' },
          currency: 'puntos',
          threshold: 0,
          percent: 100,
          benefits: [],
          zone: 'program',
        },
        {
          id: 'plata',
          rev: 1,
          name: { es: 'Plata' },
          currency: 'puntos',
          threshold: 1,
          percent: 100,
          benefits: [],
          zone: 'program',
        },
      ],
    };
    const run = new LedgerRun(aCompiledProgram({ definitions: tiered, time: 'wall', zone: MADRID }));
    run.submit('member.changed', '2026-04-30T10:00:00.000Z', { zone: BOGOTA });
    run.submit('visit', '2026-04-30T15:00:00.000Z');
    expect(run.state.lots['puntos']).toEqual([{ activated: '2026-04-30', expires: '2027-12-31', amount: 1 }]);
    expect(run.state.tier).toMatchObject({ id: 'plata', until: '2027-12-31' });
    expect(run.due).toBe('2027-12-31T05:00:00.000Z');
    run.submit('member.changed', '2027-12-31T06:00:00.000Z', { boards: 'hidden' });
    expect(run.due).toBe('2027-12-31T23:00:00.000Z');
  });
});

describe('counters of a later version', () => {
  const counting: Definitions = {
    ...base,
    rules: [
      aRule({
        id: 'tercera',
        when: { count: { activity: 'visit', window: { period: 'month' } }, op: 'eq', value: 3 },
        earn: points(5),
      }),
    ],
  };

  test('C5 are filled without what was taken back, and give back what they were filled with', () => {
    const run = new LedgerRun(aCompiledProgram({ definitions: base, time: 'wall' }));
    const [first, second] = [
      run.submit('visit', '2026-05-05T10:00:00.000Z'),
      run.submit('visit', '2026-05-06T10:00:00.000Z'),
    ];
    run.submit('visit', '2026-05-07T10:00:00.000Z');
    run.reverse(first, '2026-05-08T10:00:00.000Z');
    run.program = aCompiledProgram({ definitions: counting, older: [base], time: 'wall' });
    const counted = () => Object.values(run.state.counters).map((buckets) => buckets['2026-05']);
    // Two remain, and this is the third.
    expect(run.submit('visit', '2026-05-09T10:00:00.000Z').lines).toMatchObject([{ amount: 5 }]);
    expect(counted()).toEqual([3]);
    run.reverse(second, '2026-05-10T10:00:00.000Z');
    expect(counted()).toEqual([2]);
    expect(run.submit('visit', '2026-05-11T10:00:00.000Z').lines).toMatchObject([{ amount: 5 }]);
  });

  test('C5 what was taken back, refused, the house’s own or is a reversal cannot be taken back', () => {
    const run = new LedgerRun();
    const visit = run.submit('visit', '2026-05-05T10:00:00.000Z');
    const left = run.submit('member.left', '2026-05-05T11:00:00.000Z');
    const refused = run.submit('visit', '2026-05-05T12:00:00.000Z');
    const reversal = run.reverse(visit, '2026-05-05T13:00:00.000Z');
    const entries = run.entries.length;
    const codeOf = (entry: JournalEntry): unknown => {
      try {
        return run.reverse(entry, '2026-05-05T14:00:00.000Z').outcome;
      } catch (error) {
        return error instanceof Error && 'code' in error ? error.code : error;
      }
    };
    expect([visit, left, refused, reversal].map(codeOf)).toEqual([
      'activity.alreadyReversed',
      'activity.notReversible',
      'activity.notReversible',
      'activity.notReversible',
    ]);
    expect(codeOf({ ...visit, _id: 'nobody' })).toBe('entry.notFound');
    expect(run.entries).toHaveLength(entries);
  });
});

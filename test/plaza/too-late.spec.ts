import type { GroupDraft } from '@verbena/server/ledger/group-draft.js';
import { decideInto } from '@verbena/server/ledger/decide-group.js';
import { clockSubmission } from '@verbena/server/ledger/member-clock.js';
import type { MemberLedger } from '@verbena/server/ledger/journal-entry.js';
import type { Submission } from '@verbena/server/ledger/submission.js';
import { entryIdOf, hashOf, shardOf } from '@verbena/server/platform/crypto/hash.js';
import { scopeOf } from '@verbena/server/platform/mongo/scope.js';
import { aCompiledProgram, MEMBER } from '#support/engine-run.js';

const PROGRAM = '01J00000000000000000000LAT';
const plaza = aCompiledProgram({ time: 'wall' });
const random = { bytes: (count: number) => Buffer.alloc(count, 7) };

function aPurchase(key: string, occurredAt: string): Submission {
  return {
    scope: scopeOf(PROGRAM),
    member: MEMBER,
    shard: shardOf(PROGRAM, MEMBER),
    entryId: entryIdOf(PROGRAM, 'program', key),
    fingerprint: hashOf(key),
    activity: {
      type: 'purchase',
      key,
      source: 'program',
      occurredAt,
      receivedAt: occurredAt,
      channel: 'shop',
      attributes: { totalMinor: 1_000 },
      depth: 0,
    },
  };
}

/** Ledgers after a purchase on 10 January 2026, whose points end a year later. */
function afterOnePurchase(): Map<string, MemberLedger> {
  const ledgers = new Map<string, MemberLedger>();
  decideInto(draftAt('2026-01-10T10:00:00.000Z', ledgers), aPurchase('a', '2026-01-10T10:00:00.000Z'), plaza, random);
  return ledgers;
}

function draftAt(at: string, ledgers: Map<string, MemberLedger>): GroupDraft {
  return { lane: '1.0', q: 1, atMs: Date.parse(at), entries: [], ledgers, caused: [] };
}

test('D3 whether an activity is too late does not depend on whether the sweep or the activity strikes the clock', () => {
  const now = '2027-03-01T10:00:00.000Z';
  const late = aPurchase('b', '2025-11-01T10:00:00.000Z');
  const first = draftAt(now, afterOnePurchase());
  expect(() => decideInto(first, late, plaza, random)).toThrow('too long ago');
  expect(first.entries).toEqual([]);

  const ledgers = afterOnePurchase();
  const ledger = ledgers.get(MEMBER);
  if (ledger?.dueAt == null) throw new Error('Nothing is due.');
  const swept = draftAt(now, ledgers);
  decideInto(swept, clockSubmission(ledger, ledger.dueAt.getTime(), swept.atMs, scopeOf(PROGRAM)), plaza, random);
  expect(swept.entries.map(({ activity }) => activity.type)).toEqual(['clock.struck']);
  expect(() => decideInto(swept, late, plaza, random)).toThrow('too long ago');

  // Ten months before the clock's entry is not too late, either way.
  const fine = draftAt(now, afterOnePurchase());
  decideInto(fine, aPurchase('c', '2026-03-15T10:00:00.000Z'), plaza, random);
  expect(fine.entries.map(({ activity }) => activity.type)).toContain('purchase');
});

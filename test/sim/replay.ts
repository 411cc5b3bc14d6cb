import { assessInto } from '@verbena/server/ledger/assess-member.js';
import { decideInto } from '@verbena/server/ledger/decide-group.js';
import { extendInto } from '@verbena/server/ledger/extend-state.js';
import type { GroupDraft } from '@verbena/server/ledger/group-draft.js';
import { clockSubmission } from '@verbena/server/ledger/member-clock.js';
import type { Past } from '@verbena/server/ledger/read-facts.js';
import type { JournalEntry, MemberLedger } from '@verbena/server/ledger/journal-entry.js';
import { RecordedBudgets } from '@verbena/server/ledger/group-budgets.js';
import { type ClosedJournals, withAbsorbed } from '@verbena/server/ledger/merged-past.js';
import { reversedEntryOf } from '@verbena/server/ledger/reversal.js';
import type { Submission } from '@verbena/server/ledger/submission.js';
import { localDateOf } from '@verbena/server/platform/clock/calendar.js';
import { hashOf } from '@verbena/server/platform/crypto/hash.js';
import { scopeOf } from '@verbena/server/platform/mongo/scope.js';
import { PlainMember } from '#support/plain-model.js';
import { type SimProgram, ZONE } from './sim-program.js';

/**
 * One member's accepted activities decided again, one after another, alone: every entry must come out with the same hash, and
 * the last state as it is stored. Where nothing was taken back, the plain model agrees too.
 */
export function replay(
  program: SimProgram,
  entries: readonly JournalEntry[],
  stored: MemberLedger | null,
  journals: ClosedJournals,
): string[] {
  const ledgers = new Map<string, MemberLedger>();
  const again: JournalEntry[] = [];
  const budgets = new RecordedBudgets(entries);
  const random = { bytes: () => Buffer.from(entries[again.length]?.salt ?? '', 'base64url') };
  for (const entry of entries) {
    if (again.length >= entry.seq) continue;
    const atMs = Date.parse(entry.at);
    const version = program.inForce(atMs);
    const draft: GroupDraft = { lane: entry.lane, q: entry.q, atMs, entries: again, ledgers, caused: [], budgets };
    const ledger = ledgers.get(entry.member);
    if (entry.activity.type === 'state.extended' && ledger !== undefined)
      extendInto(draft, ledger, version, random, withAbsorbed([...again], journals));
    else if (entry.activity.type === 'tier.assessed' && ledger !== undefined)
      assessInto(draft, ledger, version, random);
    else if (entry.activity.type === 'clock.struck' && ledger !== undefined) {
      const due = clockSubmission(ledger, Date.parse(entry.activity.occurredAt), atMs, scopeOf(entry.program));
      decideInto(draft, due, version, random);
    } else
      decideInto(
        draft,
        submissionOf(entry),
        version,
        random,
        pastOf(program, entry, withAbsorbed([...again], journals)),
      );
  }
  const different = entries.findIndex((entry, index) => again[index]?.hash !== entry.hash);
  if (different !== -1 || again.length !== entries.length)
    return [`I1 entry ${different + 1} of ${entries[0]?.member} comes out differently when it is decided again`];
  const last = entries.at(-1);
  const state = last === undefined ? null : (ledgers.get(last.member)?.state ?? null);
  if (hashOf(state) !== hashOf(stored?.state ?? null))
    return [`I1 the state of ${last?.member} is not what a replay comes to`];
  return comparePlain(entries, stored);
}

/** What a decision may ask of the member's past, and under which version: that of what is taken back in part. */
function pastOf(program: SimProgram, { activity }: JournalEntry, entries: readonly JournalEntry[]): Past {
  const reversed = reversedEntryOf(activity, entries);
  return { entries, under: reversed === undefined ? null : program.atVersion(reversed.version) };
}

function submissionOf({ _id: entryId, program, member, shard, fingerprint, activity }: JournalEntry): Submission {
  return { scope: scopeOf(program), member, shard, entryId, fingerprint, activity };
}

/** The plain model knows the first version, and nothing of taking back. */
function comparePlain(entries: readonly JournalEntry[], stored: MemberLedger | null): string[] {
  const isPlain = entries.every(
    ({ version, activity: { type } }) => version === 1 && !/\.reversed$|^member\.(?:closed|absorbed)$/.test(type),
  );
  if (!isPlain || stored === null) return [];
  const plain = new PlainMember();
  for (const { activity, at } of entries) if (!/^(?:clock|member)\./.test(activity.type)) plain.take(activity, at);
  plain.passTime(localDateOf(Date.parse(entries.at(-1)?.at ?? ''), ZONE));
  const { balances, tier, badges } = stored.state;
  const found = [balances['puntos'] ?? 0, tier?.id ?? 'socio', Object.keys(badges).toSorted().join()];
  const wanted = [plain.balance(), plain.tierId(), plain.badges.toSorted().join()];
  return found.join('|') === wanted.join('|')
    ? []
    : [`I1 ${entries[0]?.member} has ${found.join('|')}, the plain model ${wanted.join('|')}`];
}

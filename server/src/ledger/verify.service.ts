import { Injectable } from '@nestjs/common';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import { initialState } from '#engine/initial-state.js';
import { MembersService } from '#members/members.service.js';
import { entryIdOf, hashOf } from '#platform/crypto/hash.js';
import { Clock } from '#platform/clock/clock.js';
import { Refusal } from '#platform/errors/refusal.js';
import { type Scope, scopeOf } from '#platform/mongo/scope.js';
import { ProgramsService } from '#programs/programs.service.js';
import { groupHead, type JournalEntry, type MemberLedger } from './journal-entry.js';
import { LedgerRepository } from './ledger.repository.js';
import { LedgerService } from './ledger.service.js';
import { type Finding, MemberVerifier } from './verify-member.js';

const PAGE = 500;

/** What a verification found; `findings` empty: the books are right. */
export interface MembersReport {
  readonly members: number;
  readonly entries: number;
  readonly findings: readonly Finding[];
}

export interface LanesReport {
  readonly groups: number;
  readonly findings: readonly LaneFinding[];
}

/** What is wrong with a lane's chain. */
export interface LaneFinding {
  readonly lane: string;
  readonly q: number;
  readonly text: string;
}

/** Recomputes members from the journal and lanes from their outbox, compares, and reports. It repairs only when told to. */
@Injectable()
export class VerifyService {
  constructor(
    private readonly repository: LedgerRepository,
    private readonly ledger: LedgerService,
    private readonly programs: ProgramsService,
    private readonly members: MembersService,
    private readonly clock: Clock,
  ) {}

  /** Verifies every member of a program; `each` hears of progress. */
  async verifyProgram(
    scope: Scope,
    each: (members: number, entries: number) => void = () => undefined,
  ): Promise<MembersReport> {
    const findings: Finding[] = [];
    let members = 0;
    let entries = 0;
    for (let after: string | null = null; ;) {
      const page: string[] = (await this.members.list(scope, after, PAGE)).map(({ _id }) => _id);
      const states = new Map((await this.repository.findStates(scope, page)).map((state) => [state._id, state]));
      for (const member of page) {
        const checked = await this.verifyMember(scope, member, states.get(member) ?? null);
        findings.push(...checked.findings);
        members += 1;
        entries += checked.entries;
      }
      each(members, entries);
      const last = page.at(-1);
      if (page.length < PAGE || last === undefined) break;
      after = last;
    }
    return { members, entries, findings };
  }

  /** Verifies that each lane's groups are dense and chained, as far back as the outbox is kept. */
  async verifyLanes(): Promise<LanesReport> {
    const findings: LaneFinding[] = [];
    let groups = 0;
    for (const lane of await this.repository.listLanes()) {
      let previous: { q: number; head: string } | null = null;
      for (;;) {
        const rows = await this.repository.readOutbox(lane._id, previous?.q ?? 0, PAGE);
        for (const row of rows) {
          if (row.q > lane.q) break;
          const hashes = await this.repository.readHashes(row.entries.map(({ id }) => id));
          const isFirst = previous === null && row.q > 1;
          const text =
            previous !== null && row.q !== previous.q + 1
              ? `group ${row.q} follows ${previous.q}`
              : !isFirst && groupHead(previous?.head ?? '', hashes) !== row.head
                ? 'the chain does not fit'
                : null;
          if (text !== null) findings.push({ lane: lane._id, q: row.q, text });
          previous = { q: row.q, head: row.head };
          groups += 1;
        }
        if (rows.length < PAGE) break;
      }
      if (previous !== null && (previous.q !== lane.q || previous.head !== lane.head))
        findings.push({
          lane: lane._id,
          q: lane.q,
          text: `the lane stands elsewhere than its last group ${previous.q}`,
        });
    }
    return { groups, findings };
  }

  /**
   * Sets a member's state to the fold of its journal, as an entry of its own. Only where journal and state agree on the last
   * entry; refuses with `ledger.unrepairable` where the journal itself is broken. Says whether there was anything to repair.
   */
  async repair(scope: Scope, member: string): Promise<boolean> {
    const stored = await this.repository.findState(scope, member);
    if (stored === null) throw new Refusal('member.notFound');
    const { findings, state } = await this.verifyMember(scope, member, stored);
    if (findings.length === 0) return false;
    if (state === null || findings.some(({ kind }) => kind !== 'state')) throw new Refusal('ledger.unrepairable');
    const key = `repair:${member}:${stored.seq}`;
    const at = new Date(this.clock.now()).toISOString();
    const outcome = await this.ledger.submit({
      scope,
      member,
      shard: stored.shard,
      entryId: entryIdOf(scope.program, 'staff', key),
      fingerprint: hashOf('state.repaired', key),
      activity: {
        type: 'state.repaired',
        key,
        source: 'staff',
        occurredAt: state.newestOccurredAt ?? at,
        receivedAt: at,
        channel: 'system',
        attributes: { state },
        depth: 0,
      },
    });
    if (outcome.kind === 'refused') throw outcome.refusal;
    return true;
  }

  private async verifyMember(
    scope: Scope,
    member: string,
    stored: MemberLedger | null,
  ): Promise<{ findings: readonly Finding[]; entries: number; state: MemberState | null }> {
    let verifier: MemberVerifier | null = null;
    let entries = 0;
    for (let after = 0; ;) {
      const page: JournalEntry[] = await this.repository.readJournal(member, after, PAGE);
      for (const entry of page) {
        verifier ??= new MemberVerifier(
          member,
          initialState(await this.programs.atVersion(scope.program, entry.version)),
        );
        verifier.read(entry);
      }
      entries += page.length;
      const last = page.at(-1);
      if (page.length < PAGE || last === undefined) break;
      after = last.seq;
    }
    if (verifier === null) {
      const finding: Finding = { member, seq: 0, kind: 'gap', text: 'there is a state and no entry' };
      return { findings: stored === null ? [] : [finding], entries, state: null };
    }
    const state = verifier.finish(stored);
    return { findings: verifier.findings, entries, state };
  }
}

/** The scope of every program, one after another. */
export async function* eachScope(programs: ProgramsService): AsyncGenerator<{ scope: Scope; slug: string }> {
  for (const program of await programs.listAll()) yield { scope: scopeOf(program._id), slug: program.slug };
}

import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { ProgramFigures } from '@verbena/shared/ledger/reconciliation.routes.js';
import { decideRecorded } from '#engine/decide-recorded.js';
import { initialState } from '#engine/initial-state.js';
import type { CompiledProgram } from '#engine/compiled-program.js';
import { MembersService } from '#members/members.service.js';
import { entryIdOf, hashOf, shardOf } from '#platform/crypto/hash.js';
import { Clock } from '#platform/clock/clock.js';
import { Refusal } from '#platform/errors/refusal.js';
import { type Scope, scopeOf } from '#platform/mongo/scope.js';
import { ProgramsService } from '#programs/programs.service.js';
import { type BooksCheck, ChecksBooks, type JournalReader, type PageCheck } from './books-check.port.js';
import { decidedPartsOf, type JournalEntry, type MemberLedger } from './journal-entry.js';
import { FiguresTally } from './figures.js';
import { LedgerRepository } from './ledger.repository.js';
import { LedgerService } from './ledger.service.js';
import { checkRoots, type RootFinding } from './root.js';
import { RootsRepository } from './roots.repository.js';
import { RootsService } from './roots.service.js';
import { SnapshotsService } from './snapshots.service.js';
import { type LaneFinding, LaneVerifier, type Link } from './verify-lane.js';
import { type Finding, MemberVerifier } from './verify-member.js';

export type { RootFinding } from './root.js';
export type { LaneFinding } from './verify-lane.js';

const PAGE = 500;
const GROUPS_PER_READ = 64;
const ENTRIES_PER_PAGE = 500;
const EMPTY_PAGES_MAX = 4;

/** What a verification found; `findings` empty: the books are right. */
export interface MembersReport {
  readonly members: number;
  readonly entries: number;
  readonly findings: readonly Finding[];
  readonly figures: ProgramFigures;
}

export interface LanesReport {
  readonly groups: number;
  readonly roots: number;
  readonly findings: readonly (LaneFinding | RootFinding)[];
}

/** The members whose journals were gone through, by program: an entry of anybody else is nobody's. */
export type Visited = ReadonlyMap<string, ReadonlySet<string>>;

/** Recomputes members from the journal and lanes from their groups, compares, and reports. It repairs only when told to. */
@Injectable()
export class VerifyService implements OnModuleInit {
  private readonly checks: BooksCheck[] = [];

  constructor(
    private readonly repository: LedgerRepository,
    private readonly ledger: LedgerService,
    private readonly programs: ProgramsService,
    private readonly members: MembersService,
    private readonly rootsOf: RootsRepository,
    private readonly roots: RootsService,
    private readonly snapshots: SnapshotsService,
    private readonly discovery: DiscoveryService,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    for (const { instance } of this.discovery.getProviders({ metadataKey: ChecksBooks.KEY }))
      this.checks.push(instance as BooksCheck);
  }

  /**
   * Verifies every member of a program, and the views with it; `visited` is filled with them. `keepSnapshots`: writes down the
   * snapshots that are missing, which it has folded anyway.
   */
  async verifyProgram(
    scope: Scope,
    { visited = new Set<string>(), keepSnapshots = false } = {},
  ): Promise<MembersReport> {
    const findings: Finding[] = [];
    const now = this.clock.now();
    const tally = new FiguresTally(await this.programs.inForce(scope.program, now), now);
    let entries = 0;
    for await (const page of this.members.walkIds(scope, PAGE)) {
      const states = new Map((await this.repository.findStates(scope, page)).map((state) => [state._id, state]));
      const views: PageCheck[] = [];
      for (const check of this.checks) views.push(await check.begin(scope));
      for (const member of page) {
        visited.add(member);
        const stored = states.get(member) ?? null;
        const readers = [
          ...views.map((view) => view.of(member, shardOf(scope.program, member))),
          tally.of(stored?.state ?? null),
        ];
        const checked = await this.verifyMember(scope, member, stored, readers, keepSnapshots);
        findings.push(...checked.findings);
        entries += checked.entries;
      }
      for (const view of views) findings.push(...(await view.finish()));
    }
    for (const check of this.checks) findings.push(...(await check.finishProgram(scope)));
    return { members: visited.size, entries, findings, figures: tally.figures };
  }

  /**
   * Verifies that each lane's groups are dense and chained from the first on, that the signed roots follow one another and say the
   * same, and that no entry belongs to nobody. `visited` null: programs were left out, so that last is not asked.
   */
  async verifyLanes(visited: Visited | null = null): Promise<LanesReport> {
    const roots = await this.rootsOf.readAll();
    const findings: (LaneFinding | RootFinding)[] = checkRoots(roots, this.roots.trusted);
    // A root that was changed itself says nothing of a lane.
    const distrusted = new Set(findings.map((finding) => ('root' in finding ? finding.root : '')));
    let groups = 0;
    for (const lane of await this.repository.listLanes()) {
      const anchors = new Map<number, { head: string; root: string }>();
      for (const { day, lanes } of roots)
        for (const one of distrusted.has(day) ? [] : lanes)
          if (one.lane === lane._id) anchors.set(one.q, { head: one.head, root: day });
      const verifier = new LaneVerifier(lane._id, anchors);
      await this.readLane(lane._id, lane.q, verifier, visited, findings);
      verifier.finish(lane);
      groups += verifier.groups;
      findings.push(...verifier.findings);
    }
    return { groups, roots: roots.length, findings };
  }

  private async readLane(
    lane: string,
    throughQ: number,
    verifier: LaneVerifier,
    visited: Visited | null,
    findings: (LaneFinding | RootFinding)[],
  ): Promise<void> {
    for (let q = 0; q < throughQ; q += GROUPS_PER_READ) {
      const through = Math.min(q + GROUPS_PER_READ, throughQ);
      const found = await this.repository.readOutbox(lane, q, GROUPS_PER_READ, through);
      const rows = new Map(found.map((row) => [row.q, row]));
      const links = await this.repository.readLinks(lane, q, through);
      const byGroup = new Map<number, Link[]>();
      for (const link of links) {
        byGroup.set(link.q, [...(byGroup.get(link.q) ?? []), link]);
        const { member, seq, program } = link;
        if (visited !== null && visited.get(program)?.has(member) !== true && !(await this.isMember(program, member)))
          findings.push({ lane, q: link.q, text: 'an entry of a member that there is not', member, seq });
      }
      for (const [number, group] of byGroup) verifier.read(number, group, rows.get(number) ?? null);
    }
  }

  /** Who came while we read is one too. */
  private async isMember(program: unknown, member: unknown): Promise<boolean> {
    if (typeof program !== 'string' || typeof member !== 'string') return false;
    const found = await this.members.find(scopeOf(program), member).catch(() => null);
    return found !== null;
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
      entryId: entryIdOf(scope.program, 'house', key),
      fingerprint: hashOf('state.repaired', key),
      activity: {
        type: 'state.repaired',
        key,
        source: 'house',
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

  /** Beside a server that commits, entries may come between the reading of a state and of its journal: then both are read anew. */
  private async verifyMember(
    scope: Scope,
    member: string,
    stored: MemberLedger | null,
    readers: readonly JournalReader[] = [],
    keepSnapshots = false,
  ): Promise<{ findings: readonly Finding[]; entries: number; state: MemberState | null }> {
    const first = await this.readMember(scope, member, stored, readers, keepSnapshots);
    if (!first.findings.some(({ kind }) => kind === 'head' || kind === 'missingState' || kind === 'state'))
      return first;
    const fresh = await this.repository.findState(scope, member);
    if (fresh?.seq === stored?.seq) return first;
    return this.readMember(scope, member, fresh, [], false, fresh?.seq);
  }

  private async readMember(
    scope: Scope,
    member: string,
    stored: MemberLedger | null,
    readers: readonly JournalReader[],
    keepSnapshots: boolean,
    throughSeq = Number.MAX_SAFE_INTEGER,
  ): Promise<{ findings: readonly Finding[]; entries: number; state: MemberState | null }> {
    let verifier: MemberVerifier | null = null;
    let entries = 0;
    const compiled = new Map<number, CompiledProgram>();
    const kept = await this.snapshots.checkOf(member, keepSnapshots);
    let emptyPages = 0;
    for (let after = 0; ;) {
      const page = await this.repository.readAsItLies(member, after, ENTRIES_PER_PAGE);
      for (const entry of page) {
        if (entry.seq > throughSeq) break;
        verifier ??= new MemberVerifier(member, await this.initialOf(scope, entry), (state, one) => {
          const program = compiled.get(one.version);
          return program === undefined ? null : decideRecorded(program, state, decidedPartsOf(one));
        });
        if (!compiled.has(entry.version)) await this.learnVersion(scope, entry.version, compiled);
        verifier.read(entry);
        for (const reader of readers) readAlong(reader, entry);
        if (verifier.present.isSound) await kept.meet(entry, verifier.present.state);
        entries += 1;
      }
      after += ENTRIES_PER_PAGE;
      emptyPages = page.length === 0 ? emptyPages + 1 : 0;
      // Where whole pages are missing, what comes after them is still read: the state says how far the journal goes, if it is true.
      const isAtEnd = page.length < ENTRIES_PER_PAGE && after >= (stored?.seq ?? 0);
      if (after > throughSeq || isAtEnd || emptyPages > EMPTY_PAGES_MAX) break;
    }
    if (verifier === null) {
      const finding: Finding = { member, seq: 0, kind: 'gap', text: 'there is a state and no entry' };
      return { findings: stored === null ? [] : [finding], entries, state: null };
    }
    const state = verifier.finish(stored);
    return { findings: [...verifier.findings, ...kept.findings], entries, state };
  }

  /** The version may be what was changed: then the one in force then serves for what a member begins with. */
  private async initialOf(scope: Scope, { version, at }: JournalEntry): Promise<MemberState> {
    const program = await this.programs
      .atVersion(scope.program, version)
      .catch(() => this.programs.inForce(scope.program, Date.parse(at) || 0));
    return initialState(program);
  }

  private async learnVersion(scope: Scope, version: number, compiled: Map<number, CompiledProgram>): Promise<void> {
    const program = await this.programs.atVersion(scope.program, version).catch(() => null);
    if (program !== null) compiled.set(version, program);
  }
}

/** A view that stumbles over an entry that was changed says nothing; the entry itself is what was found. */
function readAlong(reader: JournalReader, entry: JournalEntry): void {
  try {
    reader.take(entry);
  } catch {
    // See above.
  }
}

/** The scope of every program, one after another. */
export async function* eachScope(programs: ProgramsService): AsyncGenerator<{ scope: Scope; slug: string }> {
  for (const program of await programs.listAll()) yield { scope: scopeOf(program._id), slug: program.slug };
}

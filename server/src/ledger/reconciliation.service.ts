import { Injectable } from '@nestjs/common';
import type {
  BooksFinding,
  ProgramFigures,
  Reconciliation,
  RepairProposal,
} from '@verbena/shared/ledger/reconciliation.routes.js';
import type { PartHealth } from '@verbena/shared/platform/health.js';
import { Clock } from '#platform/clock/clock.js';
import { type HealthPart, ReportsHealth } from '#platform/health/health-part.port.js';
import type { Scope } from '#platform/mongo/scope.js';
import { QueuesService } from '#platform/queues/queues.service.js';
import { ProgramsService } from '#programs/programs.service.js';
import { verifyLedger } from './ledger.jobs.js';
import { ReconciliationsRepository } from './reconciliations.repository.js';
import type { BooksReport, LocatedFinding } from './verify-books.service.js';
import type { Finding } from './verify-member.js';

const FINDINGS_KEPT = 50;
/** Nightly; a day and a half without one is worth a word. */
const OLD_MS = 36 * 3_600_000;
const RUNNING_MS_MAX = 6 * 3_600_000;
/** A worker takes it up at once; a job that Redis lost is not waited for any longer. */
const QUEUED_MS_MAX = 10 * 60_000;

const WHERE: Readonly<Record<Finding['kind'], BooksFinding['where']>> = {
  gap: 'entry',
  hash: 'entry',
  seal: 'entry',
  unreadable: 'entry',
  fold: 'entry',
  balance: 'entry',
  negative: 'entry',
  noMember: 'entry',
  replay: 'entry',
  head: 'state',
  state: 'state',
  missingState: 'state',
  standing: 'standing',
  budget: 'budget',
  snapshot: 'snapshot',
};

/** What verifications of the books found, for people and for the health page. Reports only; repairs are asked for by hand. */
@Injectable()
@ReportsHealth()
export class ReconciliationService implements HealthPart {
  readonly part = 'books';

  constructor(
    private readonly reports: ReconciliationsRepository,
    private readonly queues: QueuesService,
    private readonly programs: ProgramsService,
    private readonly clock: Clock,
  ) {}

  async check(scope?: Scope): Promise<PartHealth> {
    const last = await this.reports.findLast();
    if (last === null) return { status: 'ok', code: 'never' };
    const found = scope === undefined ? last.found : ((await this.last(scope)).last?.found ?? 0);
    if (found > 0) return { status: 'degraded', code: 'findings', at: last._id };
    const isOld = this.clock.now() - Date.parse(last._id) > OLD_MS;
    return isOld ? { status: 'degraded', code: 'old', at: last._id } : { status: 'ok', at: last._id };
  }

  /** What concerns a program: its own findings, and those of lanes and roots. */
  async last(scope: Scope): Promise<{ last: Reconciliation | null; running: boolean }> {
    const running = await this.reports.isRunning(new Date(this.clock.now()));
    const found = await this.reports.findLast();
    if (found === null) return { last: null, running };
    const { slug } = await this.programs.get(scope);
    const own = found.programs.find((one) => one.slug === slug);
    const findings = found.findings.filter(({ program }) => program === null || program === slug);
    return {
      running,
      last: {
        at: found._id,
        seconds: found.seconds,
        members: own?.members ?? 0,
        entries: own?.entries ?? 0,
        groups: found.groups,
        roots: found.roots,
        // What others' programs have is theirs to know; only where too many were found to keep, there may be more.
        found: found.found > found.findings.length ? found.found : findings.length,
        findings: findings.map(({ program: _, ...finding }) => finding),
      },
    };
  }

  /** The figures of a program, as the last verification counted them: one document, however many members there are. */
  async figures(scope: Scope): Promise<{ last: { at: string; figures: ProgramFigures } | null; running: boolean }> {
    const running = await this.reports.isRunning(new Date(this.clock.now()));
    const found = await this.reports.findLast();
    const { slug } = await this.programs.get(scope);
    const figures = found?.programs.find((one) => one.slug === slug)?.figures;
    return { last: found === null || figures === undefined ? null : { at: found._id, figures }, running };
  }

  /** Hands the work to a worker; throws `server.unavailable` while Redis is away. One that is under way is not joined by another. */
  async start(): Promise<{ started: boolean }> {
    const now = this.clock.now();
    // Under way from here on, not from when a worker takes it up: who asks right after must not read that nothing is.
    if (!(await this.reports.beginRunning(new Date(now), new Date(now + QUEUED_MS_MAX)))) return { started: false };
    try {
      await this.queues.add(verifyLedger, {});
    } catch (error) {
      await this.reports.markRunning(null);
      throw error;
    }
    return { started: true };
  }

  /** Around the work of a worker. What was under way when a worker was killed counts as such for some hours at most. */
  async record(verify: () => Promise<BooksReport>): Promise<BooksReport> {
    const started = this.clock.elapsed();
    await this.reports.markRunning(new Date(this.clock.now() + RUNNING_MS_MAX));
    try {
      const report = await verify();
      await this.reports.add({
        _id: new Date(this.clock.now()).toISOString(),
        seconds: Math.round((this.clock.elapsed() - started) / 100) / 10,
        programs: report.programs,
        groups: report.groups,
        roots: report.roots,
        found: report.findings.length,
        findings: report.findings.slice(0, FINDINGS_KEPT).map((finding) => findingOf(finding)),
      });
      return report;
    } finally {
      await this.reports.markRunning(null);
    }
  }
}

function findingOf(finding: LocatedFinding): BooksFinding & { readonly program: string | null } {
  if ('root' in finding)
    return { ...NOWHERE, where: 'root', place: finding.root, text: finding.text, proposal: 'restoreBackup' };
  if ('lane' in finding) {
    const { lane, q, member = null, seq = null, text } = finding;
    return { ...NOWHERE, where: 'lane', place: `${lane}:${q}`, member, seq, text, proposal: 'restoreBackup' };
  }
  const { program, member, seq, kind, text, fields = [] } = finding;
  const entry = { member: member === '' ? null : member, seq: seq > 0 ? seq : null, fields: [...fields] };
  return { ...NOWHERE, ...entry, program, where: WHERE[kind], text, proposal: proposalOf(kind) };
}

const NOWHERE = { program: null, member: null, seq: null, place: null, fields: [] };

function proposalOf(kind: Finding['kind']): RepairProposal {
  if (kind === 'state') return 'repairState';
  if (kind === 'standing') return 'rebuildBoards';
  return kind === 'snapshot' ? 'dropSnapshot' : 'restoreBackup';
}

import { Injectable, Logger } from '@nestjs/common';
import { DoesJob, type JobHandler } from '#platform/queues/job.js';
import { runInChild } from '#platform/queues/run-in-child.js';
import { ReconciliationService } from './reconciliation.service.js';
import { verifyLedger } from './ledger.jobs.js';
import type { BooksReport } from './verify-books.service.js';

const SHOWN_MAX = 20;

/** Verifies the books in a process of its own, and raises the alarm when they are not right. */
@Injectable()
@DoesJob(verifyLedger)
export class VerifyLedgerWorker implements JobHandler {
  private readonly logger = new Logger('Ledger');

  constructor(private readonly reconciliation: ReconciliationService) {}

  async run(): Promise<void> {
    // The child boots a whole server that leads nothing, so it stands with the other entry points above the modules.
    const report = await this.reconciliation.record(() =>
      runInChild<BooksReport>('../commands/verify.child', import.meta.url, {}),
    );
    const members = report.programs.reduce((sum, program) => sum + program.members, 0);
    if (report.findings.length === 0) {
      this.logger.log(`The books of ${members} members are right.`);
      return;
    }
    for (const finding of report.findings.slice(0, SHOWN_MAX)) this.logger.error(JSON.stringify(finding));
    this.logger.error(
      `The books are not right in ${report.findings.length} places. Nothing was changed: see npm run verify.`,
    );
  }
}

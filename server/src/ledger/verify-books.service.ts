import type { INestApplicationContext } from '@nestjs/common';
import type { ProgramFigures } from '@verbena/shared/ledger/reconciliation.routes.js';
import { ProgramsService } from '#programs/programs.service.js';
import type { Finding } from './verify-member.js';
import { eachScope, type LaneFinding, type RootFinding, VerifyService } from './verify.service.js';

/** A finding with the short name of its program, or of a lane, or of a root. */
export type LocatedFinding = (Finding & { readonly program: string }) | LaneFinding | RootFinding;

/** What was gone through of a program, and what was counted on the way. */
export interface VerifiedProgram {
  readonly slug: string;
  readonly members: number;
  readonly entries: number;
  readonly figures: ProgramFigures;
}

export interface BooksReport {
  readonly programs: readonly VerifiedProgram[];
  readonly groups: number;
  readonly roots: number;
  readonly findings: readonly LocatedFinding[];
}

/**
 * Verifies all programs, or one, the lanes' chains and the signed roots. `each` hears of every program when it is done;
 * `keepSnapshots` has missing snapshots written.
 */
export async function verifyBooks(
  app: INestApplicationContext,
  {
    only = null,
    keepSnapshots = false,
    each = () => undefined,
  }: {
    readonly only?: string | null;
    readonly keepSnapshots?: boolean;
    readonly each?: (program: VerifiedProgram) => void;
  } = {},
): Promise<BooksReport> {
  const verify = app.get(VerifyService);
  const programs: VerifiedProgram[] = [];
  const findings: LocatedFinding[] = [];
  const visited = new Map<string, Set<string>>();
  for await (const { scope, slug } of eachScope(app.get(ProgramsService))) {
    if (only !== null && only !== slug) continue;
    const own = new Set<string>();
    visited.set(scope.program, own);
    const { findings: found, ...gone } = await verify.verifyProgram(scope, { visited: own, keepSnapshots });
    programs.push({ slug, ...gone });
    each({ slug, ...gone });
    findings.push(...found.map((finding) => ({ ...finding, program: slug })));
  }
  const lanes = await verify.verifyLanes(only === null ? visited : null);
  return { programs, groups: lanes.groups, roots: lanes.roots, findings: [...findings, ...lanes.findings] };
}

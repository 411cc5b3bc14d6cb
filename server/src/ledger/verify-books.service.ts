import type { INestApplicationContext } from '@nestjs/common';
import { ProgramsService } from '#programs/programs.service.js';
import type { Finding } from './verify-member.js';
import { eachScope, type LaneFinding, VerifyService } from './verify.service.js';

/** A finding with the short name of its program, or of a lane. */
export type LocatedFinding = (Finding & { readonly program: string }) | LaneFinding;

export interface BooksReport {
  readonly programs: readonly { readonly slug: string; readonly members: number; readonly entries: number }[];
  readonly groups: number;
  readonly findings: readonly LocatedFinding[];
}

/** Verifies all programs, or one, and the lanes' chains. `each` hears of every program when it is done. */
export async function verifyBooks(
  app: INestApplicationContext,
  only: string | null = null,
  each: (program: BooksReport['programs'][number]) => void = () => undefined,
): Promise<BooksReport> {
  const verify = app.get(VerifyService);
  const programs: BooksReport['programs'][number][] = [];
  const findings: LocatedFinding[] = [];
  for await (const { scope, slug } of eachScope(app.get(ProgramsService))) {
    if (only !== null && only !== slug) continue;
    const { members, entries, findings: found } = await verify.verifyProgram(scope);
    programs.push({ slug, members, entries });
    each({ slug, members, entries });
    findings.push(...found.map((finding) => ({ ...finding, program: slug })));
  }
  const lanes = await verify.verifyLanes();
  return { programs, groups: lanes.groups, findings: [...findings, ...lanes.findings] };
}

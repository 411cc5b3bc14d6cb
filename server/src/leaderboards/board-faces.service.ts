import { Injectable } from '@nestjs/common';
import { LedgerService } from '#ledger/ledger.service.js';
import { MembersService } from '#members/members.service.js';
import type { Scope } from '#platform/mongo/scope.js';
import { StandingsRepository } from './standings.repository.js';

const FRESH_MS = 2_000;
const KNOWN_MAX = 50_000;

/** What others may see of a member on a board. */
export interface Face {
  readonly alias: string | null;
  readonly label: string;
  readonly tier: string | null;
}

/** Names and tiers beside the places, at most two seconds old: many viewers ask for the same hundred. */
@Injectable()
export class BoardFaces {
  private readonly known = new Map<string, { readonly face: Face; readonly atMs: number }>();

  constructor(
    private readonly members: MembersService,
    private readonly ledger: LedgerService,
    private readonly standings: StandingsRepository,
  ) {}

  /** The faces of these members; who does not stand on boards any more keeps a place in frozen runs, without the alias. */
  async of(scope: Scope, members: readonly string[]): Promise<ReadonlyMap<string, Face>> {
    const now = performance.now();
    const faces = new Map<string, Face>();
    const missing: string[] = [];
    for (const member of new Set(members)) {
      const known = this.known.get(member);
      if (known !== undefined && now - known.atMs < FRESH_MS) faces.set(member, known.face);
      else missing.push(member);
    }
    if (missing.length === 0) return faces;
    const shown = await this.members.facesOf(scope, missing);
    const tiers = await this.ledger.findTiers(scope, missing);
    const hidden = new Set(
      (await this.standings.findMembers(missing))
        .filter(({ isHidden, hasLeft }) => isHidden || hasLeft)
        .map(({ _id }) => _id),
    );
    if (this.known.size + missing.length > KNOWN_MAX) this.known.clear();
    for (const member of missing) {
      const known = hidden.has(member) ? undefined : shown.get(member);
      const alias = known?.alias ?? null;
      // Who does not show its tier shows it nowhere.
      const tier = known?.shows.tier === true ? (tiers.get(member) ?? null) : null;
      const face = { alias, label: alias ?? `·${member.slice(-4)}`, tier };
      this.known.set(member, { face, atMs: now });
      faces.set(member, face);
    }
    return faces;
  }
}

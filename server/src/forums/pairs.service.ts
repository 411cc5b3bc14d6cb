import { Injectable } from '@nestjs/common';
import { type listPairs, PAIRS_DAYS, type ReciprocalPair } from '@verbena/shared/forums/pairs.routes.js';
import type { RouteResponse } from '@verbena/shared/platform/route.js';
import { MembersService } from '#members/members.service.js';
import { Clock } from '#platform/clock/clock.js';
import type { Scope } from '#platform/mongo/scope.js';
import { reciprocalPairs } from './reciprocal-pairs.js';
import { ToldRepository } from './told.repository.js';

const DAY_MS = 86_400_000;
/** Kept in memory while they are counted. */
const LOOKED_AT_MAX = 100_000;

/** Who gives one another, for the staff to look at. Nothing follows from it. */
@Injectable()
export class PairsService {
  constructor(
    private readonly told: ToldRepository,
    private readonly members: MembersService,
    private readonly clock: Clock,
  ) {}

  /** Whose account was joined to another one is who it is today; a pair of two accounts of one member is none. */
  async list(scope: Scope): Promise<RouteResponse<typeof listPairs>> {
    const nowMs = this.clock.now();
    const since = new Date(nowMs - PAIRS_DAYS * DAY_MS);
    const { given, from, isCut } = await this.told.listGiven(scope, since, new Date(nowMs), LOOKED_AT_MAX);
    const found = reciprocalPairs(given);
    const survivors = await this.members.survivorsOf(
      scope,
      found.flatMap(({ members }) => members),
    );
    const called = await this.members.calledOf(scope, [...new Set(survivors.values())]);
    const items = found.flatMap(({ members, gave, percent, firstAt, lastAt }) => {
      const [one, other] = [survivors.get(members[0]) ?? members[0], survivors.get(members[1]) ?? members[1]];
      const pair: ReciprocalPair = {
        members: [
          { member: one, called: called.get(one) ?? null, gave: gave[0] },
          { member: other, called: called.get(other) ?? null, gave: gave[1] },
        ],
        ...{ percent, firstAt: firstAt.toISOString(), lastAt: lastAt.toISOString() },
      };
      return one === other ? [] : [pair];
    });
    return { items, since: from.toISOString(), isCut };
  }
}

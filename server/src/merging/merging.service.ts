import { Injectable } from '@nestjs/common';
import type { Account, AccountHolds, MergePreview } from '@verbena/shared/merging/merging.routes.js';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import { AMOUNT_MAX } from '@verbena/shared/programs/definition.js';
import { AuditService } from '#audit/audit.service.js';
import { holdingOf } from '#engine/holdings.js';
import { initialState } from '#engine/initial-state.js';
import { unite } from '#engine/unite.js';
import { IdentityService } from '#identity/identity.service.js';
import { closingKey, LedgerService } from '#ledger/ledger.service.js';
import { MemberEndings, type Pair } from '#members/member-endings.service.js';
import { type MemberDocument, MembersService } from '#members/members.service.js';
import { Clock } from '#platform/clock/clock.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { Actor } from '#platform/http/principal.js';
import { Mongo, type Session } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import { SourceOutbox } from '#platform/outbox/source-outbox.js';
import { ProgramsService } from '#programs/programs.service.js';

/** Who asks, and from where; guesses of codes are counted by both. */
export interface Claimer {
  readonly user: string;
  readonly ip: string;
}

/** Joins two accounts of one person. */
@Injectable()
export class MergingService {
  constructor(
    private readonly members: MembersService,
    private readonly endings: MemberEndings,
    private readonly ledger: LedgerService,
    private readonly programs: ProgramsService,
    private readonly identity: IdentityService,
    private readonly audit: AuditService,
    private readonly outbox: SourceOutbox,
    private readonly clock: Clock,
    private readonly mongo: Mongo,
  ) {}

  /** What staff are shown before they join two members. Refuses like `merge`. */
  async preview(scope: Scope, stays: string, ends: string): Promise<MergePreview> {
    return this.previewOf(scope, await this.endings.read(scope, ...(await this.named(scope, stays, ends))));
  }

  /**
   * Joins one member to another, for good. All that names the one leads to the other with the commit; the books follow from the same
   * transaction, exactly once. Refuses with the contract's errors of `mergeMembers`.
   */
  async merge(scope: Scope, stays: string, ends: string, reason: string, actor: Actor): Promise<string> {
    const [into, from] = await this.named(scope, stays, ends);
    await this.mongo.transact((session) => this.mergeIn(session, scope, into, from, actor, { by: 'staff', reason }));
    return this.settled(scope, into, from);
  }

  /** What a member is shown before it takes over the account of a claim code, which stays good. Refuses `claim.invalid` and like `merge`. */
  async previewClaim(scope: Scope, own: string, code: string, { user, ip }: Claimer): Promise<MergePreview> {
    const { _id: stays } = await this.members.find(scope, own);
    await this.identity.refuseGuesses(user, ip);
    const claimed = await this.identity.findClaimCode(scope, code);
    const pair = await this.claimedPair(scope, stays, claimed);
    this.identity.forgiveGuess(user, ip);
    return this.previewOf(scope, pair);
  }

  /** Takes over the account of a claim code as a member already. The code is spent with the commit. Refuses like `previewClaim`. */
  async claim(scope: Scope, own: string, code: string, { user, ip }: Claimer): Promise<string> {
    const { _id: stays } = await this.members.find(scope, own);
    await this.identity.refuseGuesses(user, ip);
    const ends = await this.mongo.transact(async (session) => {
      const claimed = await this.identity.takeClaimCode(scope, code, session);
      const pair = await this.claimedPair(scope, stays, claimed, session);
      const actor = { kind: 'user', id: user } as const;
      await this.mergeIn(session, scope, stays, pair.ends._id, actor, { by: 'claim' });
      return pair.ends._id;
    });
    this.identity.forgiveGuess(user, ip);
    return this.settled(scope, stays, ends);
  }

  private async claimedPair(scope: Scope, stays: string, ends: string | null, session?: Session): Promise<Pair> {
    const invalid = new Refusal('claim.invalid', {}, [{ path: ['claim'], code: 'invalid' }]);
    if (ends === null) throw invalid;
    const pair = await this.endings.read(scope, stays, ends, session).catch((error: unknown) => {
      throw error instanceof Refusal && error.code === 'member.closed' ? invalid : error;
    });
    if (pair.ends.user !== null) throw invalid;
    return pair;
  }

  private async mergeIn(
    session: Session,
    scope: Scope,
    stays: string,
    ends: string,
    actor: Actor,
    how: { readonly by: 'staff' | 'claim'; readonly reason?: string },
  ): Promise<void> {
    const pair = await this.endings.read(scope, stays, ends, session);
    if (how.by === 'staff' && actor.kind === 'user' && [pair.stays.user, pair.ends.user].includes(actor.id))
      throw new Refusal('merge.own');
    await this.refuseTooMuch(scope, pair);
    await this.endings.end(session, scope, pair);
    await this.audit.record(session, scope, {
      actor,
      action: 'member.merged',
      subject: { kind: 'member', id: stays },
      before: null,
      after: { ended: ends, ...how },
    });
    await this.outbox.add(session, {
      scope,
      member: ends,
      key: closingKey(ends),
      type: 'member.closed',
      occurredAt: new Date(this.clock.now()).toISOString(),
      attributes: { into: stays },
    });
  }

  /** Refuses `points.tooMany` where both together have more of a currency than anybody may: once one ended, all of it has to arrive. */
  private async refuseTooMuch(scope: Scope, { stays, ends }: Pair): Promise<void> {
    const { currencies } = await this.programs.inForce(scope.program, this.clock.now());
    const states = (await this.ledger.findStates(scope, [stays._id, ends._id])).map(({ state }) => state);
    for (const currency of currencies.keys())
      if (states.reduce((sum, state) => sum + holdingOf(state, currency), 0) > AMOUNT_MAX)
        throw new Refusal('points.tooMany');
  }

  /** Waits a moment until the books have followed; what takes longer comes all the same. */
  private async settled(scope: Scope, stays: string, ends: string): Promise<string> {
    await this.outbox.settle(ends);
    await this.ledger.takeIn(scope, ends);
    return stays;
  }

  /** As they are named, not where that leads: what was joined already is refused. */
  private async named(scope: Scope, stays: string, ends: string): Promise<[stays: string, ends: string]> {
    const [one, other] = [await this.members.findNamed(scope, stays), await this.members.findNamed(scope, ends)];
    return [one._id, other._id];
  }

  private async previewOf(scope: Scope, { stays, ends }: Pair): Promise<MergePreview> {
    const program = await this.programs.inForce(scope.program, this.clock.now());
    const stateOf = async (member: string): Promise<MemberState> =>
      (await this.ledger.stateOf(scope, member))?.state ?? initialState(program);
    const [mine, theirs] = [await stateOf(stays._id), await stateOf(ends._id)];
    const called = await this.members.calledOf(scope, [stays._id, ends._id]);
    const accountOf = (member: MemberDocument, state: MemberState): Account => ({
      id: member._id,
      called: called.get(member._id) ?? null,
      joinedAt: member.joinedAt.toISOString(),
      hasLogin: member.user !== null,
      ...holdsOf(state),
    });
    // Names of pockets are only told apart here.
    const refs = [theirs.pending, theirs.holds, theirs.transit].flatMap((part) => Object.keys(part ?? {}));
    const named = Object.fromEntries(refs.map((ref) => [ref, `${ends._id}:${ref}`]));
    const members = [stays._id, ends._id] as const;
    return {
      stays: accountOf(stays, mine),
      ends: accountOf(ends, theirs),
      together: holdsOf(unite({ program, members, mine, theirs, refs: named })),
      losesLogin: stays.user !== null && ends.user !== null,
    };
  }
}

function holdsOf({ balances, pending, holds, tier, badges }: MemberState): AccountHolds {
  const lots = Object.values(holds ?? {}).flatMap(({ currency, lots: held }) =>
    held.map(({ amount }) => ({ currency, amount })),
  );
  return {
    balances: { ...balances },
    pending: sumsOf(Object.values(pending ?? {})),
    held: sumsOf(lots),
    tier: tier?.id ?? null,
    badges: Object.keys(badges),
  };
}

function sumsOf(parts: readonly { readonly currency: string; readonly amount: number }[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { currency, amount } of parts) sums[currency] = (sums[currency] ?? 0) + amount;
  return sums;
}

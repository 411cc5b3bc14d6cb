import { Injectable } from '@nestjs/common';
import {
  type Invitation,
  InvitationCode,
  type MyReferrals,
  type ReferralStatus,
  type ReferredFriend,
} from '@verbena/shared/referrals/referrals.routes.js';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import * as z from 'zod/mini';
import { dayOf, periodKey } from '#engine/calendar.js';
import type { CompiledProgram, CompiledReferral } from '#engine/compiled-program.js';
import { IdentityService } from '#identity/identity.service.js';
import { type JournalEntry, LedgerService } from '#ledger/ledger.service.js';
import { LedgerViews } from '#ledger/ledger-views.service.js';
import { type MemberDocument, MembersService } from '#members/members.service.js';
import { localDateOf } from '#platform/clock/calendar.js';
import { Clock } from '#platform/clock/clock.js';
import { entryIdOf } from '#platform/crypto/hash.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { Scope } from '#platform/mongo/scope.js';
import { ProgramsService } from '#programs/programs.service.js';
import { fixedGiftsOf, sumOf, waitOf } from './fixed-gifts.js';

const FRIENDS_MAX = 200;

/** What an invitation is, and what became of a member's own. */
@Injectable()
export class ReferralsService {
  constructor(
    private readonly members: MembersService,
    private readonly ledger: LedgerService,
    private readonly views: LedgerViews,
    private readonly programs: ProgramsService,
    private readonly identity: IdentityService,
    private readonly clock: Clock,
  ) {}

  /**
   * What whoever follows a link may know of it. Refuses `invitation.notFound`, also for a code that no member could have, and
   * `rate.exceeded` for an address that guesses.
   */
  async invitation(scope: Scope, written: string, ip: string): Promise<Invitation> {
    const { program, referral } = await this.inForce(scope);
    await this.identity.refuseInvitationGuesses(ip);
    const code = z.safeParse(InvitationCode, written).data;
    const isAsked = code !== undefined && referral !== null;
    const advocate = isAsked ? await this.members.findByInviteCode(scope, code) : null;
    if (!isAsked || advocate === null) throw new Refusal('invitation.notFound');
    this.identity.forgiveInvitationGuess(ip);
    return { code, advocate: advocate.alias, ...termsOf(program, referral) };
  }

  /** A member's code and its friends (I1). Refuses `member.notFound`, `referral.none`. */
  async referrals(scope: Scope, ref: string): Promise<MyReferrals> {
    const member = await this.members.find(scope, ref);
    const { program, referral } = await this.inForce(scope);
    if (referral === null) throw new Refusal('referral.none');
    const friends = await this.members.listInvited(scope, member._id, FRIENDS_MAX);
    const rewards = await this.rewardsOf(scope, friends);
    // Read after them, so that it knows of every reward that is told.
    const { state, today } = await this.views.readState(scope, member._id);
    const items = describe(friends, rewards, state, localDateOf(this.clock.now(), program.zone));
    const counts: Record<ReferralStatus, number> = { pending: 0, qualified: 0, expired: 0, reversed: 0, blocked: 0 };
    for (const { status } of items) counts[status] += 1;
    return {
      code: await this.members.inviteCodeOf(scope, member),
      ...termsOf(program, referral),
      cap: capOf(state, today, program, referral),
      counts,
      items,
    };
  }

  private async inForce(scope: Scope): Promise<{ program: CompiledProgram; referral: CompiledReferral | null }> {
    const program = await this.programs.inForce(scope.program, this.clock.now());
    return { program, referral: program.referrals[0] ?? null };
  }

  /** What the advocate got for each friend, by the friend, and whether that was taken back. */
  private async rewardsOf(scope: Scope, friends: readonly MemberDocument[]): Promise<Rewards> {
    const idOf = (friend: string): string => entryIdOf(scope.program, 'cause', `referral:${friend}:advocate`);
    const entries = await this.ledger.findEntries(
      scope,
      friends.flatMap(({ _id, closedInto }) => (closedInto === null ? [idOf(_id)] : [idOf(_id), idOf(closedInto)])),
    );
    const reversals = await this.ledger.findReversals(scope, [...entries.values()]);
    return new Map(
      friends.flatMap(({ _id, closedInto }) => {
        // Whose account was joined to another counted before, or counts there.
        const reward = entries.get(idOf(_id)) ?? entries.get(idOf(closedInto ?? _id));
        return reward === undefined ? [] : [[_id, { reward, isReversed: reversals.has(reward._id) }] as const];
      }),
    );
  }
}

type Rewards = ReadonlyMap<string, { readonly reward: JournalEntry; readonly isReversed: boolean }>;

/**
 * Each friend's way, read from the journal: what the advocate got stands under a key that names the friend, and so does its
 * reversal under one that names the entry.
 */
function describe(
  friends: readonly MemberDocument[],
  rewards: Rewards,
  advocate: MemberState,
  today: string,
): ReferredFriend[] {
  return friends.flatMap(({ _id, alias, boards, invitedBy }) => {
    if (invitedBy === null) return [];
    const { reward, isReversed = false } = rewards.get(_id) ?? {};
    const isGiven = reward !== undefined && !isReversed;
    return {
      friend: boards === 'hidden' ? null : alias,
      status: statusOf(reward, isReversed, invitedBy.until < today),
      joinedAt: invitedBy.joinedAt.toISOString(),
      until: invitedBy.until,
      qualifiedAt: reward?.activity.occurredAt ?? null,
      points: isGiven ? earnedBy(reward) : {},
      ...(isGiven ? waitingOf(reward, advocate) : {}),
    };
  });
}

/** How many friends a period are rewarded, as the first rule says that does so, and how many of this period were. */
function capOf(
  state: MemberState,
  today: string,
  program: CompiledProgram,
  { definition: { gives } }: CompiledReferral,
): MyReferrals['cap'] {
  const caps = fixedGiftsOf(program, gives, 'advocate').flatMap(({ earning }) => earning.caps);
  const cap = caps.find(({ times, by }) => times !== undefined && by === undefined);
  if (cap?.times === undefined) return null;
  return { per: cap.per, times: cap.times, used: usedOf(state, cap.id, periodKey(dayOf(today), cap.per)) };
}

function termsOf(
  program: CompiledProgram,
  { definition: { gives, withinDays } }: CompiledReferral,
): Pick<Invitation, 'friendGets' | 'advocateGets' | 'withinDays' | 'waits'> {
  const waits = waitOf(program, gives);
  return {
    friendGets: sumOf(fixedGiftsOf(program, gives, 'friend')),
    advocateGets: sumOf(fixedGiftsOf(program, gives, 'advocate')),
    withinDays,
    ...(waits === undefined ? {} : { waits }),
  };
}

function statusOf(reward: JournalEntry | undefined, isReversed: boolean, isOver: boolean): ReferralStatus {
  if (reward === undefined) return isOver ? 'expired' : 'pending';
  return isReversed ? 'reversed' : 'qualified';
}

function earnedBy({ lines }: JournalEntry): Record<string, number> {
  return sumOf(
    lines
      .filter(({ kind }) => kind === 'earn' || kind === 'pend')
      .map(({ currency, amount }) => ({ currency, points: amount })),
  );
}

/** Since when to the advocate a reward's points still wait. What was joined from another account has new names, and is not found. */
function waitingOf({ lines }: JournalEntry, { pending = {} }: MemberState): Pick<ReferredFriend, 'usableOn'> {
  const ref = lines.find(({ kind }) => kind === 'pend')?.ref;
  if (ref === undefined || !Object.hasOwn(pending, ref)) return {};
  return { usableOn: pending[ref]?.on ?? null };
}

function usedOf({ caps }: MemberState, cap: string, period: string): number {
  const periods = Object.hasOwn(caps, cap) ? caps[cap] : undefined;
  return periods !== undefined && Object.hasOwn(periods, period) ? (periods[period]?.times ?? 0) : 0;
}

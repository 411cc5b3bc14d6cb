import { Injectable } from '@nestjs/common';
import { APPROVE_ABOVE_DEFAULT } from '@verbena/shared/currencies/approve-above.js';
import { MembersService } from '#members/members.service.js';
import { localDateOf } from '#platform/clock/calendar.js';
import { Clock } from '#platform/clock/clock.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { Principal } from '#platform/http/principal.js';
import type { Scope } from '#platform/mongo/scope.js';
import { ProgramsService } from '#programs/programs.service.js';
import { type Amounts, takenBy } from './given.js';
import { HandsRepository } from './hands.repository.js';
import type { JournalEntry } from './journal-entry.js';
import { LedgerService } from './ledger.service.js';
import { GivesMore, type Outcome, type Submission } from './submission.js';

/** Whoever does something by hand: a login, or the commands of this machine, which are one person. */
export type Person = string;

export const COMMANDS: Person = 'local';

/** Whose hand it is; null for an API key, which is nobody's: what it may send is bounded by its types and the rules. */
export function personOf(principal: Principal): Person | null {
  if (principal.kind === 'user') return principal.id;
  return principal.kind === 'local' ? COMMANDS : null;
}

/** One person may not give so much more today: another has to decide. Nothing was recorded. */
export class AboveLimit extends Refusal {
  constructor(
    readonly gives: Amounts,
    readonly currency: string,
    params: { readonly limit: number; readonly left: number },
  ) {
    super('adjustment.limit', { ...params, currency, amount: gives[currency] ?? 0 });
  }
}

const TRIES = 8;

/**
 * Four eyes: whatever one person gives by hand is counted, by currency and day of the program, over every way of giving; beyond the
 * currency's `approveAbove` it is not recorded. And nobody gives by hand to the member that it is itself.
 *
 * It is counted before it is booked, in a transaction of its own under the id of the entry: whoever dies in between has counted
 * it and finds that again with the same key; the committer refuses what would give more than was counted.
 */
@Injectable()
export class HandsService {
  constructor(
    private readonly repository: HandsRepository,
    private readonly ledger: LedgerService,
    private readonly members: MembersService,
    private readonly programs: ProgramsService,
    private readonly clock: Clock,
  ) {}

  /** Submits what somebody does by hand. Refusals: those of the ledger's `submit`, `adjustment.ownMember`, and {@link AboveLimit}. */
  async submit(person: Person, submission: Submission): Promise<Outcome> {
    const { scope, member, entryId, activity } = submission;
    try {
      await this.refuseOwn(scope, person, member);
      if (activity.type === 'transfer.sent') await this.refuseOwn(scope, person, String(activity.attributes['to']));
      let most: Amounts = {};
      for (let attempt = 0; attempt < TRIES; attempt += 1) {
        const outcome = await this.ledger.submit({ ...submission, most });
        if (outcome.kind !== 'refused' || !(outcome.refusal instanceof GivesMore)) return outcome;
        most = outcome.refusal.gives;
        await this.count(scope, person, entryId, most);
      }
      // What it gives rose each time: somebody else brings the member further in the same moments.
      throw new Refusal('lane.busy', { seconds: 1 });
    } catch (error) {
      if (error instanceof Refusal) return { kind: 'refused', refusal: error };
      throw error;
    }
  }

  /** @throws {Refusal} `adjustment.ownMember` where that member is the person itself, also after accounts were joined. */
  async refuseOwn(scope: Scope, person: Person | null, member: string): Promise<void> {
    if (person === null || person === COMMANDS) return;
    if ((await this.members.find(scope, member)).user === person) throw new Refusal('adjustment.ownMember');
  }

  /** What was given by hand today was taken back by this reversal: whoever gave it may give so much again. */
  async undone(scope: Scope, given: JournalEntry, reversal: JournalEntry): Promise<void> {
    await this.repository.giveBack(scope, given._id, await this.today(scope), takenBy(reversal));
  }

  private async count(scope: Scope, by: Person, entry: string, gives: Amounts): Promise<void> {
    const { currencies } = await this.programs.inForce(scope.program, this.clock.now());
    const limitOf = (id: string): number => currencies.get(id)?.definition.approveAbove ?? APPROVE_ABOVE_DEFAULT;
    const day = await this.today(scope);
    const tooMuch = await this.repository.take(scope, entry, { by, day }, gives, limitOf);
    if (tooMuch === null) return;
    const { currency, left } = tooMuch;
    throw new AboveLimit(gives, currency, { limit: limitOf(currency), left });
  }

  private async today(scope: Scope): Promise<string> {
    const now = this.clock.now();
    return localDateOf(now, (await this.programs.inForce(scope.program, now)).zone);
  }
}

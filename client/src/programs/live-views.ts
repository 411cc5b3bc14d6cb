import type { QueryClient } from '@tanstack/svelte-query';
import type { EntryRecorded } from '@verbena/shared/ledger/entry-recorded.js';
import { ledgerKeys, standingQuery } from '#ledger/ledger-queries.js';
import { boardKeys } from '#leaderboards/board-queries.js';
import { missionsKey, missionsQuery } from '#missions/mission-queries.js';
import { session } from '#lib/api/session.svelte.js';
import { profileKey } from '#members/profile-key.js';
import { referralsKey } from '#referrals/referral-queries.js';

/** Several entries within this span are read anew once. */
const GATHER_MS = 200;

/**
 * Keeps what the screens have read true to the stream: the figures that an entry carries are set at once, and the rest is
 * read anew a moment later.
 */
export class LiveViews {
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly queries: QueryClient,
    private readonly program: string,
  ) {}

  apply(entry: EntryRecorded): void {
    this.queries.setQueryData(standingQuery(this.program).queryKey, (standing) =>
      standing === undefined || standing.seq >= entry.seq
        ? standing
        : { ...standing, seq: entry.seq, balances: entry.balances },
    );
    this.queries.setQueryData(missionsQuery(this.program).queryKey, (missions) => {
      if (missions === undefined || missions.seq >= entry.seq) return missions;
      const items = missions.items.map((card) => {
        const progressed = entry.effects.findLast(
          (effect) =>
            (effect.type === 'mission.progressed' || effect.type === 'mission.reverted') &&
            effect.mission === card.id &&
            (effect.period === card.period || card.kind === 'streak'),
        );
        return progressed?.type === 'mission.progressed' || progressed?.type === 'mission.reverted'
          ? { ...card, progress: progressed.progress }
          : card;
      });
      return { seq: entry.seq, items };
    });
    const reversal = entry.effects.find((effect) => effect.type === 'activity.reversed');
    if (reversal?.type === 'activity.reversed') {
      void this.queries.invalidateQueries({ queryKey: ledgerKeys.entry(this.program, String(reversal.seq)) });
    }
    // The account went on as another one: whoever looks is that one now.
    if (entry.effects.some(({ type }) => type === 'member.closed')) location.reload();
    // It may have waited for the address, which was confirmed elsewhere.
    if (entry.cause.type === 'profile.completed') {
      void this.queries.invalidateQueries({ queryKey: profileKey(this.program) });
      void session.reload().catch(() => undefined);
    }
    // It may have corrected any of them.
    if (entry.effects.some(({ type }) => type === 'undo.applied'))
      void this.queries.invalidateQueries({ queryKey: ledgerKeys.anyEntry(this.program) });
    this.refreshSoon();
  }

  refreshSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.refresh();
    }, GATHER_MS);
  }

  async refresh(): Promise<void> {
    await Promise.all([
      this.queries.invalidateQueries({ queryKey: ledgerKeys.standing(this.program) }),
      this.queries.invalidateQueries({ queryKey: missionsKey(this.program) }),
      this.queries.invalidateQueries({ queryKey: ledgerKeys.entries(this.program) }),
      this.queries.invalidateQueries({ queryKey: boardKeys.open(this.program) }),
      this.queries.invalidateQueries({ queryKey: referralsKey(this.program) }),
    ]);
  }

  close(): void {
    clearTimeout(this.#timer);
  }
}

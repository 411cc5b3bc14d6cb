import type { ProgramFigures } from '@verbena/shared/ledger/reconciliation.routes.js';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import { addDays } from '#engine/calendar.js';
import type { CompiledProgram } from '#engine/compiled-program.js';
import { endOfLot, inactiveOn } from '#engine/due.js';
import { localDateOf } from '#platform/clock/calendar.js';
import type { JournalEntry, JournalReader } from './books-check.port.js';

const FIGURES_DAYS = 30;
const DAY_MS = 86_400_000;

/** What the house and the staff do is not the member's doing. */
const NOT_THE_MEMBER = new Set(['house', 'staff']);

/**
 * What a manager wants to know of a program, added up while its journals are verified anyway (#39): who did something in the last
 * thirty days, what was earned and completed by it, and what ends in the next thirty.
 */
export class FiguresTally {
  private active = 0;
  private completed = 0;
  private readonly earned: Record<string, number> = {};
  private readonly expiring: Record<string, number> = {};
  private readonly since: string;
  private readonly horizon: string;

  /** @param nowMs when it is counted */
  constructor(
    private readonly program: CompiledProgram,
    nowMs: number,
  ) {
    this.since = new Date(nowMs - FIGURES_DAYS * DAY_MS).toISOString();
    this.horizon = addDays(localDateOf(nowMs, program.zone), FIGURES_DAYS);
  }

  /** Reads one member's journal along; `state` is how it stands, null where it has none. */
  of(state: MemberState | null): JournalReader {
    if (state !== null) this.takeLots(state);
    let isActive = false;
    return {
      take: ({ at, outcome, activity, lines, effects }: JournalEntry) => {
        if (at < this.since || outcome !== 'accepted') return;
        if (!isActive && !NOT_THE_MEMBER.has(activity.source) && activity.channel !== 'system') {
          isActive = true;
          this.active += 1;
        }
        for (const { currency, amount, kind, pocket } of lines)
          if (pocket === undefined && (kind === 'earn' || kind === 'reverse')) add(this.earned, currency, amount);
        for (const effect of effects)
          if (effect.type === 'mission.completed') this.completed += 1;
          else if (effect.type === 'mission.reverted' && effect.takenBack) this.completed -= 1;
      },
    };
  }

  get figures(): ProgramFigures {
    const { active, completed, earned, expiring } = this;
    return { days: FIGURES_DAYS, active, completed: Math.max(0, completed), earned, expiring };
  }

  private takeLots(state: MemberState): void {
    for (const [id, lots] of Object.entries(state.lots)) {
      const currency = this.program.currencies.get(id);
      if (currency === undefined) continue;
      const inactive = inactiveOn(currency, state);
      for (const lot of lots) {
        const end = endOfLot(currency, lot, inactive);
        if (end !== null && end <= this.horizon) add(this.expiring, id, lot.amount);
      }
    }
  }
}

function add(sums: Record<string, number>, key: string, amount: number): void {
  sums[key] = (sums[key] ?? 0) + amount;
}

/**
 * `plaza` a second time, plain and slow, written from its description alone: no import from the engine, no sharing, no
 * cleverness. Laws feed both with the same activities in the same order and compare what each member then has.
 */

export interface PlainActivity {
  readonly type: string;
  readonly occurredAt: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

interface PlainMonth {
  visits: number;
  departments: string[];
  tenVisits: boolean;
  eightDepartments: boolean;
}

interface PlainLot {
  day: string;
  expires: string;
  points: number;
}

const LADDER = [
  { id: 'socio', from: 0, percent: 100 },
  { id: 'plata', from: 500, percent: 110 },
  { id: 'oro', from: 1500, percent: 125 },
  { id: 'platino', from: 4000, percent: 150 },
];

const madrid = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Madrid',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

export class PlainMember {
  earned = 0;
  earnedByYear: Record<string, number> = {};
  lots: PlainLot[] = [];
  tier = 0;
  until: string | null = null;
  purchases = 0;
  badges: string[] = [];
  completions: Record<string, number> = {};
  months: Record<string, PlainMonth> = {};
  /** Monday of each week with a purchase: used up or free. */
  weeks: Record<string, 'free' | 'used'> = {};
  couponsByDay: Record<string, number> = {};
  answersByDay: Record<string, number> = {};
  friendsByMonth: Record<string, number> = {};
  hasProfile = false;

  balance(): number {
    return this.lots.reduce((sum, lot) => sum + lot.points, 0);
  }

  /** What one activity does when it arrives at a moment of the member's time. */
  take(activity: PlainActivity, now: string): void {
    const today = dayIn(now);
    this.passTime(today);
    const day = dayIn(activity.occurredAt);
    const earnedBefore = this.earned;
    const percent = LADDER[this.tier]?.percent ?? 0;
    this.applyRules(activity, day, percent);
    const newBadges: string[] = [];
    if (activity.type === 'purchase') {
      this.purchases += 1;
      this.visit(day);
      if (this.explore(activity, day)) newBadges.push('exploradora');
      this.markWeek(day);
      if (this.purchases >= 1) newBadges.push('primera-compra');
      if (this.purchases >= 100) newBadges.push('cliente-fiel');
    }
    for (const badge of newBadges) if (!this.badges.includes(badge)) this.badges.push(badge);
    if (this.earned > earnedBefore) this.assess(day, today);
    this.passTime(today);
  }

  /** What happens by itself until the beginning of a day. */
  passTime(today: string): void {
    this.lots = this.lots.filter((lot) => lot.expires > today);
    while (this.until !== null && this.until < today) {
      this.tier -= 1;
      this.until = this.tier === 0 ? null : `${Number(this.until.slice(0, 4)) + 1}-12-31`;
    }
  }

  private applyRules(activity: PlainActivity, day: string, percent: number): void {
    const number = (name: string): number => Number(activity.attributes[name] ?? 0);
    if (activity.type === 'purchase') {
      const factor = new Date(`${day}T12:00:00Z`).getUTCDay() === 3 ? 2n : 1n;
      this.give(Number((BigInt(number('totalMinor')) * BigInt(percent) * factor) / 10_000n), day);
      if (number('privateLabelMinor') >= 100) this.give(Math.floor(number('privateLabelMinor') / 100), day);
    }
    if (activity.type === 'coupon.redeemed') {
      const used = this.couponsByDay[day] ?? 0;
      if (used < 4) {
        this.couponsByDay[day] = used + 1;
        this.give(25, day);
      }
    }
    if (activity.type === 'referral.qualified') {
      if (activity.attributes['role'] === 'friend') this.give(150, day);
      const month = day.slice(0, 7);
      const friends = this.friendsByMonth[month] ?? 0;
      if (activity.attributes['role'] === 'advocate' && friends < 10) {
        this.friendsByMonth[month] = friends + 1;
        this.give(300, day);
      }
    }
    if (activity.type === 'profile.completed' && !this.hasProfile) {
      this.hasProfile = true;
      this.give(50, day);
    }
    if (activity.type === 'forum.accepted') {
      const used = this.answersByDay[day] ?? 0;
      if (used < 5) {
        this.answersByDay[day] = used + 1;
        this.give(20, day);
      }
    }
  }

  private visit(day: string): void {
    const month = this.month(day);
    month.visits += 1;
    if (month.visits >= 10 && !month.tenVisits) {
      month.tenVisits = true;
      this.complete('diez-visitas', 100, day);
    }
  }

  private explore(activity: PlainActivity, day: string): boolean {
    const month = this.month(day);
    const departments = activity.attributes['departments'];
    for (const department of Array.isArray(departments) ? departments : []) {
      if (!month.departments.includes(department.name)) month.departments.push(department.name);
    }
    if (month.departments.length < 8 || month.eightDepartments) return false;
    month.eightDepartments = true;
    this.complete('ocho-secciones', 50, day);
    return true;
  }

  private markWeek(day: string): void {
    const week = mondayOf(day);
    if (this.weeks[week] !== undefined) return;
    this.weeks[week] = 'free';
    let first = week;
    while (this.weeks[plusDays(first, -7)] === 'free') first = plusDays(first, -7);
    const run: string[] = [];
    for (let one = first; this.weeks[one] === 'free'; one = plusDays(one, 7)) run.push(one);
    if (run.length < 4) return;
    for (const one of run.slice(0, 4)) this.weeks[one] = 'used';
    this.complete('racha-semanal', 80, day);
  }

  private complete(mission: string, points: number, day: string): void {
    this.completions[mission] = (this.completions[mission] ?? 0) + 1;
    this.give(points, day);
  }

  private give(points: number, day: string): void {
    if (points <= 0) return;
    this.earned += points;
    const year = day.slice(0, 4);
    this.earnedByYear[year] = (this.earnedByYear[year] ?? 0) + points;
    const nextYear = `${Number(year) + 1}${day.slice(4)}`;
    const lastDay = day.endsWith('-02-29') ? `${nextYear.slice(0, 8)}28` : nextYear;
    this.lots.push({ day, expires: plusDays(lastDay, 1), points });
  }

  private assess(day: string, today: string): void {
    const year = Number(day.slice(0, 4));
    const end = `${year + 1}-12-31`;
    if (end < today) return;
    let reached = 0;
    for (let step = 0; step < LADDER.length; step += 1) {
      if ((this.earnedByYear[String(year)] ?? 0) >= (LADDER[step]?.from ?? Infinity)) reached = step;
    }
    if (reached === 0 || reached < this.tier) return;
    this.tier = reached;
    if (this.until === null || this.until < end) this.until = end;
  }

  private month(day: string): PlainMonth {
    const key = day.slice(0, 7);
    this.months[key] ??= { visits: 0, departments: [], tenVisits: false, eightDepartments: false };
    return this.months[key];
  }

  tierId(): string {
    return LADDER[this.tier]?.id ?? '';
  }
}

function dayIn(instant: string): string {
  return madrid.format(new Date(instant));
}

function plusDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

function mondayOf(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return plusDays(day, weekday === 0 ? -6 : 1 - weekday);
}

import type { Instant } from '@verbena/shared/platform/time.js';
import type { Effect, EffectType, TierExtended, TierMoved } from '@verbena/shared/ledger/effect.js';
import type {
  HeldTier,
  LimitUse,
  MemberState,
  MissionState,
  MissionWait,
  PeriodProgress,
} from '@verbena/shared/ledger/member-state.js';
import { addDays } from './calendar.js';
import { own } from './own.js';
import { setHold, setPending, setTransit } from './pockets.js';
import type { StateDraft } from './state-draft.js';
import { applyPatch } from './state-patch.js';

/** Before everything: nothing is newer than nothing. */
const EPOCH = '1970-01-01T00:00:00.000Z';

/** So many of a type keep others apart: more than one a day for as long as anything may be late. */
export const TAKEN_MAX = 500;

type Appliers = { [T in EffectType]: (draft: StateDraft, effect: Extract<Effect, { type: T }>) => void };

/**
 * What each effect does to a state. Deciding and folding go through here alike, so a state is the fold of its journal by
 * construction. Nothing but the effect may be read: a fold has no program.
 */
const appliers: Appliers = {
  'counter.added': (draft, { counter, bucket, amount }) => {
    const buckets = draft.entry<Record<string, number>>(draft.part('counters'), counter, () => ({}));
    buckets[bucket] = (Object.hasOwn(buckets, bucket) ? (buckets[bucket] ?? 0) : 0) + amount;
  },
  'cap.used': (draft, { cap, period, times, points }) => {
    const periods = draft.entry(draft.part('caps'), cap, () => ({}));
    const used = draft.entry(periods, period, () => ({ times: 0, points: 0 }));
    used.times += times;
    used.points += points;
  },
  // What all share lies in portions, not in states; only points that wait remember what to give back.
  'budget.used': (draft, { budget, period, amount, ref }) => {
    if (ref === undefined || amount < 0) return;
    setPending(draft, ref, (points) =>
      points === undefined ? null : { ...points, budgets: [...(points.budgets ?? []), { budget, period }] },
    );
  },
  'mission.progressed': (draft, { mission, rev, period, progress, items, week, freezes }) => {
    const state = missionState(draft, mission);
    if (week !== undefined) {
      state.weeks = draft.copied(state.weeks);
      state.weeks[week] = { rev, used: false };
      if (freezes !== undefined) state.freezes = freezes;
      return;
    }
    state.periods = draft.copied(state.periods);
    const present = draft.entry<PeriodProgress>(state.periods, period, () => ({ rev, progress: 0, done: false }));
    present.progress = progress;
    if (items !== undefined) present.items = [...(present.items ?? []), ...items];
  },
  'mission.completed': (draft, { mission, rev, period, completions, weeks, again }) => {
    const state = missionState(draft, mission);
    state.completions = completions;
    if (weeks !== undefined) {
      state.weeks = draft.copied(state.weeks);
      for (const week of weeks) state.weeks[week] = { ...state.weeks[week], rev, used: true };
      return;
    }
    state.periods = draft.copied(state.periods);
    const present = draft.entry<PeriodProgress>(state.periods, period, () => ({ rev, progress: 0, done: false }));
    if (again === undefined) {
      present.done = true;
      return;
    }
    present.progress = 0;
    delete present.items;
    present.times = (present.times ?? 0) + 1;
  },
  'mission.stepped': (draft, { mission, rev, period, steps }) => {
    const state = missionState(draft, mission);
    state.periods = draft.copied(state.periods);
    draft.entry<PeriodProgress>(state.periods, period, () => ({ rev, progress: 0, done: false })).steps = steps;
  },
  'mission.failed': (draft, { mission, from, until, gone }) => {
    const state = missionState(draft, mission);
    if (gone === undefined && from === undefined) {
      // As it was recorded while only the latest attempt counted.
      if (until === null) delete state.pausedUntil;
      else state.pausedUntil = until;
      return;
    }
    const waits = [...waitsOf(state)];
    if (until !== null) waits.push({ ...(from === undefined ? {} : { from }), until });
    const place = waits.findIndex((one) => one.from === gone?.from && one.until === gone?.until);
    if (place >= 0) waits.splice(place, 1);
    delete state.pausedUntil;
    if (waits.length === 0) delete state.waits;
    else state.waits = waits;
  },
  'streak.kept': (draft, { mission, rev, period, by, freezes }) => {
    const state = missionState(draft, mission);
    state.weeks = draft.copied(state.weeks);
    state.weeks[period] = { rev, used: false, kept: by };
    if (freezes !== undefined) state.freezes = freezes;
  },
  'streak.granted': (draft, { mission, freezes, from }) => {
    const state = missionState(draft, mission);
    state.freezes = freezes;
    if (from !== undefined) state.freezesFrom = from;
  },
  'streak.planned': (draft, { mission, pauses, days }) => {
    const state = missionState(draft, mission);
    state.pauses = [...pauses];
    delete state.pause;
    if (days === undefined) delete state.pauseDays;
    else state.pauseDays = days;
  },
  'streak.paused': (draft, { mission, from, until, year, days }) => {
    const state = missionState(draft, mission);
    state.pauseDays = { ...state.pauseDays, [year]: days };
    if (from === null || until === null) delete state.pause;
    else state.pause = { from, until };
  },
  'activity.counted': (draft, { activity, occurredAt, period, times, apart }) => {
    const key = limitKey(activity);
    const { [key]: present, ...rest } = draft.state.limits ?? {};
    const counted = (present?.times[period] ?? 0) + times;
    const { [period]: _, ...others } = present?.times ?? {};
    const left = counted > 0 ? { ...others, [period]: counted } : others;
    const before = takenOf(present);
    // What was taken back holds nothing up any more.
    const taken = (times > 0 ? [...before, occurredAt] : before.filter((one) => one !== occurredAt)).toSorted();
    const newest = taken.at(-1) ?? EPOCH;
    const keepsAll = apart === true || present?.taken !== undefined;
    const use = { newest, times: left, ...(keepsAll ? { taken: taken.slice(-TAKEN_MAX) } : {}) };
    draft.state.limits =
      times < 0 && Object.keys(left).length === 0 && newest === EPOCH ? rest : { ...rest, [key]: use };
  },
  'badge.granted': (draft, { badge, rev, on, until, of }) => {
    const badges = draft.part('badges');
    const held = of === undefined ? undefined : own(badges, badge);
    badges[badge] = {
      rev,
      on: held?.on ?? on,
      ...(until === undefined ? {} : { until }),
      ...(of === undefined ? {} : { of: { ...held?.of, [of]: rev } }),
    };
  },
  'tier.moved': (draft, effect) => {
    draft.state.tier = tierAfter(draft.state.tier, effect);
  },
  'tier.extended': (draft, effect) => {
    draft.state.tier = tierAfter(draft.state.tier, effect);
  },
  'tier.warned': (draft, { until }) => {
    if (draft.state.tier !== null) draft.state.tier = { ...draft.state.tier, warned: until };
  },
  'member.began': (draft, { on }) => {
    draft.state.joined = on;
  },
  'mission.reverted': (draft, effect) => {
    const { mission, rev, period, progress, completions, done, items, weeks, left, steps = 0, times = 0 } = effect;
    const state = missionState(draft, mission);
    state.completions = completions;
    if (weeks !== undefined || left !== undefined) {
      state.weeks = draft.copied(state.weeks);
      for (const week of weeks ?? []) state.weeks[week] = { ...state.weeks[week], rev, used: false };
      if (left !== undefined) delete state.weeks[left];
      return;
    }
    state.periods = draft.copied(state.periods);
    if (progress === 0 && !done && steps === 0 && times === 0) {
      delete state.periods[period];
      return;
    }
    state.periods[period] = {
      rev,
      progress,
      done,
      ...(items === undefined || (items.length === 0 && times > 0) ? {} : { items: [...items] }),
      ...(steps === 0 ? {} : { steps }),
      ...(times === 0 ? {} : { times }),
    };
  },
  'badge.revoked': (draft, { badge, by, count = 0, counts, of }) => {
    const badges = draft.part('badges');
    const held = own(badges, badge);
    const { [of ?? '']: _, ...left } = held?.of ?? {};
    if (of === undefined || Object.keys(left).length === 0) delete badges[badge];
    else if (held !== undefined) badges[badge] = { ...held, of: left };
    if (by === undefined) return;
    const gone = draft.state.badgesGone?.[badge];
    const since = counts === undefined && gone?.of === undefined ? {} : { of: { ...gone?.of, ...counts } };
    draft.state.badgesGone = {
      ...draft.state.badgesGone,
      [badge]: { times: (gone?.times ?? 0) + 1, count, ...since },
    };
  },
  'activity.reversed': () => {},
  'pending.set': (draft, { pending, on, until, expires }) => {
    setPending(draft, pending, (points) => {
      if (points === undefined) return null;
      const { until: _, ...others } = points;
      return {
        ...others,
        on,
        ...(until === undefined ? {} : { until }),
        ...(expires === undefined ? {} : { expires }),
      };
    });
  },
  'hold.set': (draft, { hold, until }) => {
    setHold(draft, hold, (held) => (held === undefined ? null : { ...held, until }));
  },
  'points.adjusted': () => {},
  'transfer.sent': (draft, { transfer, to, currency, amount, on }) => {
    const before = own(draft.state.sent ?? {}, currency);
    const sent = before !== undefined && before.on === on ? before.amount + amount : amount;
    draft.state.sent = { ...draft.state.sent, [currency]: { on, amount: sent } };
    setTransit(draft, transfer, (transit) => (transit === undefined ? null : { ...transit, to }));
  },
  'transfer.received': () => {},
  'expiry.extended': (draft, { currency, until, lapsed }) => {
    draft.state.activeUntil = { ...draft.state.activeUntil, [currency]: until };
    if (lapsed === undefined) return;
    for (const [ref, held] of Object.entries(draft.state.holds ?? {}))
      if (held.currency === currency) setHold(draft, ref, () => ({ ...held, lapsed }));
    for (const [ref, sent] of Object.entries(draft.state.transit ?? {}))
      if (sent.currency === currency) setTransit(draft, ref, () => ({ ...sent, lapsed }));
  },
  'expiry.shortened': (draft, { currency, until }) => {
    const { [currency]: _, ...others } = draft.state.activeUntil ?? {};
    const left = until === null ? others : { ...others, [currency]: until };
    if (Object.keys(left).length > 0) draft.state.activeUntil = left;
    else delete draft.state.activeUntil;
    // Of the sooner end the member is to be told too.
    const { [currency]: told, ...rest } = draft.state.noticed ?? {};
    if (told === undefined || (until !== null && told <= addDays(until, 1))) return;
    if (Object.keys(rest).length > 0) draft.state.noticed = rest;
    else delete draft.state.noticed;
  },
  'expiry.noticed': (draft, { currency, expires }) => {
    const told = own(draft.state.noticed ?? {}, currency) ?? '';
    draft.state.noticed = { ...draft.state.noticed, [currency]: expires > told ? expires : told };
  },
  'member.joined': (draft, { invitedBy }) => {
    delete draft.state.left;
    if (invitedBy !== undefined) draft.state.invitedBy = invitedBy;
  },
  'member.changed': (draft, { zone, attributes }) => {
    if (zone !== undefined) draft.state.zone = zone;
    if (attributes === undefined) return;
    const known = { ...draft.state.attributes };
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null) delete known[name];
      else known[name] = value;
    }
    draft.state.attributes = known;
  },
  'member.left': (draft) => {
    draft.state.left = true;
  },
  'referral.qualified': (draft) => {
    delete draft.state.invitedBy;
    draft.state.referred = true;
  },
  'state.extended': (draft, { counters, dropped, joined }) => {
    if (joined !== undefined) draft.state.joined = joined;
    const part = draft.part('counters');
    for (const [counter, buckets] of Object.entries(counters)) part[counter] = { ...buckets };
    for (const counter of dropped) delete part[counter];
  },
  'state.repaired': (draft, { state }) => {
    for (const key of OPTIONAL) delete draft.state[key];
    Object.assign(draft.state, state);
  },
  'undo.applied': (draft, { changes }) => {
    applyPatch(draft, changes);
  },
  'member.closed': (draft, { into }) => {
    const { seq, newestOccurredAt, balances, lots } = draft.state;
    // Whatever it is that states hold: nothing of it is left here.
    for (const key of Object.keys(draft.state)) delete (draft.state as Record<string, unknown>)[key];
    const nothing = { earned: {}, counters: {}, caps: {}, missions: {}, badges: {}, tier: null };
    Object.assign(draft.state, { seq, newestOccurredAt, balances, lots, ...nothing, closed: into });
  },
  'member.absorbed': (draft, { changes }) => {
    applyPatch(draft, changes);
  },
};

/** What a state may lack: a repaired one has of these what it has, and nothing that was there before. */
const OPTIONAL = [
  'zone',
  'invitedBy',
  'referred',
  'left',
  'owed',
  'pending',
  'holds',
  'activeUntil',
  'noticed',
  'transit',
  'sent',
  'badgesGone',
  'limits',
  'joined',
  'attributes',
  'closed',
  'absorbed',
] as const;

/** Where a state keeps what counts towards the limit of a type; dots are not for keys. */
export function limitKey(activity: string): string {
  return activity.replaceAll('.', ':');
}

/** The days on which failed attempts make a mission wait, also where the state is of the time when the latest alone counted. */
export function waitsOf({ waits, pausedUntil }: MissionState): readonly MissionWait[] {
  return waits ?? (pausedUntil === undefined ? [] : [{ until: pausedUntil }]);
}

/** When those of a limited type were that were taken, as far as the state knows. */
export function takenOf(use: LimitUse | undefined): readonly Instant[] {
  if (use?.taken !== undefined) return use.taken;
  return use === undefined || use.newest === EPOCH ? [] : [use.newest];
}

/** The tier that is held after it was moved or lasts longer. */
export function tierAfter(held: HeldTier | null, effect: TierMoved | TierExtended): HeldTier {
  const isMoved = effect.type === 'tier.moved';
  const { rev, until } = effect;
  const { since = null } = isMoved ? effect : (held ?? {});
  const floor = isMoved || effect.floor !== undefined ? effect.floor : held?.floor;
  return { id: isMoved ? effect.to : effect.tier, rev, since, until, ...(floor == null ? {} : { floor }) };
}

/** Writes one effect into a draft. */
export function applyEffect(draft: StateDraft, effect: Effect): void {
  // One function of the map per member of the union: TypeScript cannot see the correlation through an index.
  const apply = appliers[effect.type] as (draft: StateDraft, effect: Effect) => void;
  apply(draft, effect);
}

function missionState(draft: StateDraft, mission: string): MemberState['missions'][string] {
  return draft.entry(draft.part('missions'), mission, () => ({ completions: 0, periods: {}, weeks: {} }));
}

import type { Effect } from '@verbena/shared/ledger/effect.js';
import { isSystemType } from '@verbena/shared/activities/activity-type.js';

interface Told {
  readonly type: string;
  readonly source: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Stands where an effect names another member, in what a member or a shop is shown. */
export const SOMEBODY = '0'.repeat(26);

/** What the house says of other members in its activities; `purchase` is the key under which a friend bought, `state` all that an account had. */
const TOLD_OF_OTHERS = new Set(['to', 'other', 'advocate', 'purchase', 'state']);
const NAMING: ReadonlySet<string> = new Set<Effect['type']>([
  'transfer.sent',
  'transfer.received',
  'member.joined',
  'referral.qualified',
  'member.closed',
  'member.absorbed',
  'state.repaired',
]);

/** Of a gift; an account that was joined to this one is the member's own. */
const isGiver = (name: string, type: string): boolean => name === 'from' && type.startsWith('transfer.');

/**
 * The attributes of an entry's activity without what they tell of other members. Whom a gift came from is shown by the alias
 * of today; an id would name for ever who took care not to be seen.
 */
export function attributesWithoutOthers({ type, source, attributes }: Told): Record<string, unknown> {
  if (!isSystemType(type) && source !== 'cause') return { ...attributes };
  return Object.fromEntries(
    Object.entries(attributes).filter(([name]) => !TOLD_OF_OTHERS.has(name) && !isGiver(name, type)),
  );
}

/** The effects of an entry with `SOMEBODY` for every other member that they name. */
export function effectsWithoutOthers(effects: readonly Effect[]): Effect[] {
  return effects.map((effect) => (NAMING.has(effect.type) ? unnamed(effect) : effect));
}

/** Whether an entry, as it is stored, tells its member the id of another one. */
export function namesOthers({
  member,
  activity,
  effects,
  caused = [],
}: {
  readonly member: string;
  readonly activity: Told;
  readonly effects: readonly Effect[];
  readonly caused?: readonly { readonly member: string }[];
}): boolean {
  return (
    caused.some((one) => one.member !== member) ||
    Object.keys(attributesWithoutOthers(activity)).length < Object.keys(activity.attributes).length ||
    effects.some((effect) => NAMING.has(effect.type) && JSON.stringify(unnamed(effect)) !== JSON.stringify(effect))
  );
}

function unnamed<T extends Effect>(effect: T): T {
  return JSON.parse(JSON.stringify(effect), (name, one: unknown) =>
    typeof one === 'string' && (name === 'to' || name === 'advocate' || isGiver(name, effect.type)) ? SOMEBODY : one,
  ) as T;
}

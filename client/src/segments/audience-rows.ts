import { ROLES } from '@verbena/shared/platform/manifest.js';
import type { MemberAttribute } from '@verbena/shared/members/member-attribute.js';
import type { MemberTest } from '@verbena/shared/rules/condition.js';
import type { Audience } from '@verbena/shared/segments/audience.js';

export type RowKind = 'tier' | 'badge' | 'segment' | 'role' | 'member';
/** How a row tests; of badges and segments there is one way. */
export type RowTest = 'atLeast' | 'is' | 'has' | 'eq' | 'gte' | 'lte' | 'exists';

/** One test as the form asks for it: texts as they are chosen or typed, empty until then. */
export interface AudienceRow {
  readonly kind: RowKind;
  /** Of what: a tier, badge, role or attribute by its id, a segment by its slug. */
  readonly of: string;
  readonly test: RowTest;
  readonly not: boolean;
  /** Against what an attribute is held. */
  readonly value: string;
}

/** What the form shows: rows of which all are fulfilled, or any. */
export interface AudienceRows {
  readonly join: 'all' | 'any';
  readonly rows: readonly AudienceRow[];
}

type Attributes = readonly Pick<MemberAttribute, 'id' | 'schema'>[];

/** In which ways something can be tested, the usual one first. */
export function testsOf(kind: RowKind, of: string, attributes: Attributes): readonly RowTest[] {
  if (kind === 'tier') return ['atLeast', 'is'];
  if (kind === 'role') return ['atLeast'];
  if (kind !== 'member') return ['has'];
  return attributes.find(({ id }) => id === of)?.schema.type === 'integer'
    ? ['gte', 'lte', 'eq', 'exists']
    : ['eq', 'exists'];
}

/** An audience as rows; null where it says what rows cannot: then nothing of it may be lost by showing a part. */
export function rowsOf(audience: Audience, attributes: Attributes): AudienceRows | null {
  const join = 'any' in audience ? 'any' : 'all';
  const parts = 'any' in audience ? audience.any : 'all' in audience ? audience.all : [audience];
  const rows = parts.map((part) => rowOf(part, attributes));
  return rows.every((row) => row !== null) ? { join, rows } : null;
}

function rowOf(part: Audience, attributes: Attributes): AudienceRow | null {
  if ('not' in part) {
    const inside = rowOf(part.not, attributes);
    return inside === null ? null : { ...inside, not: !inside.not };
  }
  const bare = { not: false, value: '' };
  if ('tier' in part)
    return 'is' in part.tier
      ? { ...bare, kind: 'tier', of: part.tier.is, test: 'is' }
      : { ...bare, kind: 'tier', of: part.tier.atLeast, test: 'atLeast' };
  if ('badge' in part) return { ...bare, kind: 'badge', of: part.badge, test: 'has' };
  if ('segment' in part) return { ...bare, kind: 'segment', of: part.segment, test: 'has' };
  if ('role' in part) return { ...bare, kind: 'role', of: part.role.atLeast, test: 'atLeast' };
  return 'member' in part ? memberRowOf(part, attributes) : null;
}

function memberRowOf(part: MemberTest, attributes: Attributes): AudienceRow | null {
  // Of one that is not declared any more nobody knows which kind of value it has.
  if (!attributes.some(({ id }) => id === part.member)) return null;
  const row = { kind: 'member', of: part.member } as const;
  switch (part.op) {
    case 'exists':
    case 'missing':
      return { ...row, test: 'exists', not: part.op === 'missing', value: '' };
    case 'eq':
    case 'ne':
      return { ...row, test: 'eq', not: part.op === 'ne', value: String(part.value) };
    case 'gte':
    case 'lte':
      // Another number than a whole one cannot be typed.
      return Number.isInteger(part.value) ? { ...row, test: part.op, not: false, value: String(part.value) } : null;
    default:
      return null;
  }
}

/** The audience that rows say; undefined while something of them is missing. */
export function audienceOf({ join, rows }: AudienceRows, attributes: Attributes): Audience | undefined {
  const parts = rows.map((row) => partOf(row, attributes));
  if (!parts.every((part) => part !== undefined) || parts[0] === undefined) return undefined;
  return parts.length === 1 ? parts[0] : join === 'all' ? { all: parts } : { any: parts };
}

/** The test of one row; undefined while something of it is missing. */
export function partOf(row: AudienceRow, attributes: Attributes): Audience | undefined {
  const { kind, of, test, not } = row;
  if (of === '') return undefined;
  if (kind === 'member') return memberPartOf(row, attributes);
  const part = testOf(kind, of, test);
  return part === undefined || !not ? part : { not: part };
}

function testOf(kind: Exclude<RowKind, 'member'>, of: string, test: RowTest): Audience | undefined {
  if (kind === 'tier') return { tier: test === 'is' ? { is: of } : { atLeast: of } };
  if (kind === 'badge') return { badge: of };
  if (kind === 'segment') return { segment: of };
  const atLeast = ROLES.find((role) => role === of);
  return atLeast && { role: { atLeast } };
}

/** With the opposites that its tests have themselves. */
function memberPartOf({ of: member, test, not, value }: AudienceRow, attributes: Attributes): Audience | undefined {
  if (test === 'exists') return { member, op: not ? 'missing' : 'exists' };
  const given = valueOf(value.trim(), attributes.find(({ id }) => id === member)?.schema.type);
  if (given === undefined) return undefined;
  if (test === 'eq') return { member, op: not ? 'ne' : 'eq', value: given };
  if (typeof given !== 'number' || (test !== 'gte' && test !== 'lte')) return undefined;
  const part = { member, op: test, value: given };
  return not ? { not: part } : part;
}

function valueOf(typed: string, type: MemberAttribute['schema']['type'] | undefined) {
  if (type === 'boolean') return typed === '' ? undefined : typed === 'true';
  if (type === 'integer') return /^-?\d{1,15}$/.test(typed) ? Number(typed) : undefined;
  return typed === '' ? undefined : typed;
}

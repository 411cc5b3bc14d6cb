interface Exported {
  readonly externalId: string | null;
  readonly member: string;
}

/**
 * The order of an export: external ids that are numbers by their value, then the others by their characters, then members
 * without one; so the same members always give the same file.
 */
export function compareExported(one: Exported, other: Exported): number {
  const rank = rankOf(one);
  if (rank !== rankOf(other)) return rank - rankOf(other);
  const [mine, theirs] = [one.externalId ?? one.member, other.externalId ?? other.member];
  if (rank === 0 && mine.length !== theirs.length) return mine.length - theirs.length;
  return mine < theirs ? -1 : mine > theirs ? 1 : 0;
}

/** A number without leading zeros is as long as it is large, so digits need no arithmetic. */
function rankOf({ externalId }: Exported): 0 | 1 | 2 {
  if (externalId === null) return 2;
  return /^(?:0|[1-9]\d*)$/.test(externalId) ? 0 : 1;
}

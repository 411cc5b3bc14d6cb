/** One thing that a change touched: its dotted path, and what it said before and after; undefined where it was not there. */
export interface Change {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** So many lines can be read; a whole set of definitions has thousands. */
export const CHANGES_MAX = 40;

/** What differs between two things of the audit log, leaf by leaf, in the order of the later one. */
export function listChanges(before: unknown, after: unknown): readonly Change[] {
  const [old, fresh] = [leavesOf(before), leavesOf(after)];
  return [...new Set([...fresh.keys(), ...old.keys()])]
    .map((path) => ({ path, before: old.get(path), after: fresh.get(path) }))
    .filter((change) => change.before !== change.after);
}

/** Each leaf as it would be read, by its path. A list of plain values is one leaf. */
function leavesOf(value: unknown, path = '', leaves = new Map<string, string>()): Map<string, string> {
  if (value === null || value === undefined) {
    if (path !== '' && value === null) leaves.set(path, '—');
  } else if (Array.isArray(value) && value.every((item) => typeof item !== 'object' || item === null)) {
    leaves.set(path, value.map(String).join(', '));
  } else if (typeof value === 'object') {
    for (const [name, part] of Object.entries(value)) leavesOf(part, path === '' ? name : `${path}.${name}`, leaves);
  } else {
    leaves.set(path, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return leaves;
}

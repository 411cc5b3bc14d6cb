import type { DefinitionChange } from '@verbena/shared/programs/definition-change.js';
import { CHANGE_KINDS, type ChangeKind, type Definitions } from '@verbena/shared/programs/definitions.js';
import { isSame } from '@verbena/shared/programs/judge-change.js';

/** A definition that both sides changed, each in its own way. */
export interface Conflict {
  readonly kind: ChangeKind;
  readonly id: string;
}

type One = NonNullable<Definitions[ChangeKind]>[number];

/**
 * The later set, but with every definition that changed for the worse still as it was: what may be in force before the
 * notice is over. What is new stays new, what was removed stays until then.
 */
export function withoutWorse(
  before: Definitions,
  after: Definitions,
  changes: readonly DefinitionChange[],
): Definitions {
  const waiting = new Set(
    changes.filter(({ verdict }) => verdict === 'worse').map(({ kind, id }) => `${kind}:${id ?? ''}`),
  );
  return buildSet((kind) => {
    const [was, is]: [readonly One[], readonly One[]] = [before[kind] ?? [], after[kind] ?? []];
    const waits = ({ id }: One) => waiting.has(`${kind}:${id}`);
    const next = is.map((definition) => (waits(definition) ? (findIn(was, definition.id) ?? definition) : definition));
    return inOrder(kind, [...next, ...was.filter((old) => waits(old) && findIn(is, old.id) === undefined)]);
  });
}

/**
 * Brings what somebody made of an older set onto a newer one, definition by definition: what one side left as it was is taken
 * from the other. Where both changed the same definition differently, `mine` stays and is told.
 */
export function mergeDefinitions(
  base: Definitions,
  mine: Definitions,
  theirs: Definitions,
): { definitions: Definitions; conflicts: readonly Conflict[] } {
  const conflicts: Conflict[] = [];
  const definitions = buildSet((kind) => {
    const [old, own, other]: [readonly One[], readonly One[], readonly One[]] = [
      base[kind] ?? [],
      mine[kind] ?? [],
      theirs[kind] ?? [],
    ];
    // The order is that of whoever changed it; of both, mine.
    const first = isSame(idsOf(own), idsOf(old)) ? other : own;
    const ids = [...new Set([...idsOf(first), ...idsOf(own), ...idsOf(other)])];
    return inOrder(
      kind,
      ids.flatMap((id) => {
        const [was, here, there] = [findIn(old, id), findIn(own, id), findIn(other, id)];
        const isMine = !isSameContent(was, here);
        const isTheirs = !isSameContent(was, there);
        if (isMine && isTheirs && !isSameContent(here, there)) conflicts.push({ kind, id });
        const chosen = isMine ? here : there;
        return chosen === undefined ? [] : [chosen];
      }),
    );
  });
  return { definitions, conflicts };
}

function buildSet(listOf: (kind: ChangeKind) => readonly One[]): Definitions {
  // Sets of before there were member attributes stay as they are without any.
  const lists = CHANGE_KINDS.map((kind) => [kind, listOf(kind)] as const).filter(
    ([kind, list]) => kind !== 'memberAttributes' || list.length > 0,
  );
  // Each list holds what stood under the same kind before.
  return Object.fromEntries(lists) as unknown as Definitions;
}

/** Tiers are a ladder: whatever is merged, the higher stands above the lower. */
function inOrder(kind: ChangeKind, list: readonly One[]): readonly One[] {
  return kind === 'tiers' ? list.toSorted((a, b) => thresholdOf(a) - thresholdOf(b)) : list;
}

function thresholdOf(definition: One): number {
  return 'threshold' in definition ? definition.threshold : 0;
}

function findIn(list: readonly One[], id: string): One | undefined {
  return list.find((one) => one.id === id);
}

function idsOf(list: readonly One[]): string[] {
  return list.map(({ id }) => id);
}

function isSameContent(one: One | undefined, other: One | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return isSame({ ...one, rev: 0 }, { ...other, rev: 0 });
}

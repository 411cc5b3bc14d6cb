import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { StatePatch } from '@verbena/shared/ledger/state-patch.js';
import { isSame } from '@verbena/shared/programs/judge-change.js';
import { own } from './own.js';
import type { StateDraft } from './state-draft.js';

/** Parts of a state that hold something by key; in those that may be absent, nothing means absent. */
const KEPT = ['counters', 'caps', 'missions', 'badges'] as const;
const OPTIONAL = ['badgesGone', 'limits', 'pending', 'holds', 'transit', 'sent', 'activeUntil', 'noticed'] as const;
const RECORDS = [...KEPT, ...OPTIONAL] as const;
/** Parts of which lines say all that an undo changes, but not all that joining two accounts does. */
const MERGED = [...RECORDS, 'earned', 'attributes'] as const;
/** Parts that are one value. */
const SINGLE = ['tier', 'joined', 'invitedBy', 'referred', 'absorbed'] as const;

type Part = Readonly<Record<string, unknown>>;

/** What makes one state another, points aside; null where nothing does. `merged`: with what only joining accounts changes. */
export function patchBetween(from: MemberState, to: MemberState, merged = false): StatePatch | null {
  const patch: Record<string, unknown> = {};
  for (const name of merged ? MERGED : RECORDS) {
    const changes = changesOf(from[name] ?? {}, to[name] ?? {});
    if (Object.keys(changes).length > 0) patch[name] = changes;
  }
  for (const name of SINGLE) if (!isSame(from[name], to[name])) patch[name] = to[name] ?? null;
  // Built from parts of a state by their own names.
  return Object.keys(patch).length === 0 ? null : (patch as StatePatch);
}

/** Makes a state what the patch says. */
export function applyPatch(draft: StateDraft, patch: StatePatch): void {
  const state = draft.state as unknown as Record<string, unknown>;
  for (const name of MERGED) {
    const changes: Part | undefined = patch[name];
    if (changes === undefined) continue;
    const part = { ...(draft.state[name] as Part | undefined) };
    for (const [key, value] of Object.entries(changes)) {
      if (value === null) delete part[key];
      else part[key] = value;
    }
    if (Object.keys(part).length > 0 || !isOptional(name)) state[name] = part;
    else delete state[name];
  }
  for (const name of SINGLE) {
    const value = patch[name];
    if (value === undefined) continue;
    if (value === null && name !== 'tier') delete state[name];
    else state[name] = value;
  }
}

function changesOf(from: Part, to: Part): Record<string, unknown> {
  const changes: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(from), ...Object.keys(to)]))
    if (!isSame(own(from, key), own(to, key))) changes[key] = own(to, key) ?? null;
  return changes;
}

function isOptional(name: string): boolean {
  return name === 'attributes' || (OPTIONAL as readonly string[]).includes(name);
}

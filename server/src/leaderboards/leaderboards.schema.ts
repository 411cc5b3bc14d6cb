import { elementOf, listOf, orderKey } from './place-order.js';

/** A member's score in one run of a board. `_id` is `list|member`. */
export interface StandingDocument {
  readonly _id: string;
  readonly program: string;
  readonly board: string;
  readonly run: string;
  readonly member: string;
  readonly shard: number;
  readonly score: number;
  /** `at` of the entry that changed the score last. */
  readonly reachedAt: Date;
  /** The member's entry that is in the score last: what comes again at or below it is there already. */
  readonly seq: number;
  readonly hidden: boolean;
  /** Sorts the run; null for whoever has no place, hidden or without points. */
  readonly order: string | null;
  /** Rises with each write: the compare-and-set. */
  readonly v: number;
}

/** What a member said of its standing on boards; absent for those who never said anything. `_id` is the member. */
export interface BoardMemberDocument {
  readonly _id: string;
  readonly program: string;
  readonly seq: number;
  readonly isHidden: boolean;
  readonly hasLeft: boolean;
  readonly v: number;
}

export interface FrozenPlace {
  readonly member: string;
  readonly score: number;
  readonly reachedAtMs: number;
}

/**
 * One run of a board, from its first points on. `closing`: its time is over, the last batches come in. `closed`: its standings
 * are frozen, in pages whose hashes `sha256` is made of. `_id` is the list.
 */
export interface BoardRunDocument {
  readonly _id: string;
  readonly program: string;
  readonly board: string;
  readonly run: string;
  readonly state: 'open' | 'closing' | 'closed';
  /** When to look whether it may be closed; null: never, or it is. */
  readonly dueAt: Date | null;
  readonly closedAt: Date | null;
  readonly total: number | null;
  readonly sha256: string | null;
  readonly top: readonly FrozenPlace[];
  /** The local day at whose beginning its order was last noted. */
  readonly notedOn: string | null;
}

/** A thousand places of a closed run, for ever. `_id` is `list|number`. */
export interface BoardPageDocument {
  readonly _id: string;
  readonly list: string;
  readonly number: number;
  readonly places: readonly FrozenPlace[];
  readonly sha256: string;
}

/** Who stood where when a day began, a thousand members a page in order of their places. `_id` is `list|day|number`. */
export interface BoardNoteDocument {
  readonly _id: string;
  readonly list: string;
  readonly day: string;
  readonly number: number;
  readonly members: readonly string[];
}

/** A standing as it is computed; the document follows from it. */
export type Standing = Omit<StandingDocument, '_id' | 'order' | 'v' | 'reachedAt'> & { readonly reachedAtMs: number };

export function standingId(list: string, member: string): string {
  return `${list}|${member}`;
}

export function standingDocument(standing: Standing, v: number): StandingDocument {
  const { program, board, run, member, shard, score, reachedAtMs, seq, hidden } = standing;
  const list = listOf(program, board, run);
  return {
    _id: standingId(list, member),
    program,
    board,
    run,
    member,
    shard,
    score,
    reachedAt: new Date(reachedAtMs),
    seq,
    hidden,
    order: hidden || score <= 0 ? null : orderKey(list, standing),
    v,
  };
}

/** What stands for it in Redis; null for whoever has no place. */
export function elementOfStanding({ order, member, reachedAt }: StandingDocument): string | null {
  return order === null ? null : elementOf({ member, reachedAtMs: reachedAt.getTime() });
}

import type { MemberState } from '@verbena/shared/ledger/member-state.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * A state that grows out of another one without touching it: what is written to is copied first, once, the rest is shared.
 * So a decision costs what it changes, and a cached state stays what it was until the commit.
 */
export class StateDraft {
  readonly state: Mutable<MemberState>;
  /** A dozen or two: a list is searched faster than a set is made. */
  private readonly copies: object[] = [];

  constructor(base: MemberState) {
    this.state = { ...base };
  }

  /** A part of the state, safe to write to. */
  part<K extends 'balances' | 'lots' | 'earned' | 'counters' | 'caps' | 'missions' | 'badges'>(key: K): MemberState[K] {
    const part = this.copied(this.state[key]);
    this.state[key] = part;
    return part;
  }

  /** The value under a key of a part, safe to write to; made by `create` where there is none. */
  entry<T extends object>(part: Record<string, T>, key: string, create: () => T): T {
    const present = Object.hasOwn(part, key) ? part[key] : undefined;
    const value = present === undefined ? create() : this.copied(present);
    if (present === undefined) this.copies.push(value);
    part[key] = value;
    return value;
  }

  /** A list under a key of a part, safe to write to. */
  list<T>(part: Record<string, T[]>, key: string): T[] {
    const present = Object.hasOwn(part, key) ? part[key] : undefined;
    if (present !== undefined && this.copies.includes(present)) return present;
    const list = present === undefined ? [] : present.slice();
    this.copies.push(list);
    part[key] = list;
    return list;
  }

  /** The object itself if it is already a copy of this draft, else a copy, which the caller puts in its place. */
  copied<T extends object>(value: T): T {
    if (this.copies.includes(value)) return value;
    const copy = { ...value };
    this.copies.push(copy);
    return copy;
  }
}

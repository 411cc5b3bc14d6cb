import { createHash } from 'node:crypto';
import type { Effect } from '@verbena/shared/ledger/effect.js';
import type { Facts, ReversedEntry, SetOff } from '@verbena/shared/ledger/facts.js';
import type { PointsLine } from '@verbena/shared/ledger/points-line.js';
import type { JournalEntry } from './journal-entry.js';
import { inNames } from './ref-names.js';

/** The whole journals of accounts that were joined to others, by member. */
export type ClosedJournals = ReadonlyMap<string, readonly JournalEntry[]>;

export const NO_CLOSED: ClosedJournals = new Map();

/** The accounts that the entries of a journal took in, earliest first. */
export function absorbedIn(entries: readonly Pick<JournalEntry, 'effects'>[]): string[] {
  return entries.flatMap(({ effects }) =>
    effects.flatMap((effect) => (effect.type === 'member.absorbed' ? [effect.from] : [])),
  );
}

/** Reads the journals of the accounts that were joined to a member, and to those in their turn. */
export async function readClosed(
  entries: readonly JournalEntry[],
  read: (member: string) => Promise<readonly JournalEntry[]>,
): Promise<ClosedJournals> {
  const found = new Map<string, readonly JournalEntry[]>();
  for (const waiting = absorbedIn(entries); waiting.length > 0;) {
    const member = waiting.shift() ?? '';
    const journal = await read(member);
    found.set(member, journal);
    waiting.push(...absorbedIn(journal));
  }
  return found;
}

/**
 * A member's journal with those of the accounts that were joined to it, by `at`: what a return has to read, because an activity of
 * either may have brought a mission forward that is now one. Entries of a joined account keep their ids and get numbers below 0,
 * always the same ones (its closing entry is left out); what they set aside has the name that it has here. The same array where
 * nothing was joined.
 */
export function withAbsorbed(own: readonly JournalEntry[], closed: ClosedJournals): readonly JournalEntry[] {
  let floor = 0;
  const blocks: JournalEntry[] = [];
  for (const { effects } of own)
    for (const effect of effects) {
      if (effect.type !== 'member.absorbed') continue;
      const journal = closed.get(effect.from);
      if (journal === undefined) throw new Error(`The journal of ${effect.from}, which was joined, was not read.`);
      const shift = floor - effect.seq;
      const whole = withAbsorbed(
        journal.filter(({ seq }) => seq < effect.seq),
        closed,
      );
      for (const entry of whole) {
        const moved = renumbered(entry, shift, effect.refs);
        floor = Math.min(floor, moved.seq);
        blocks.push(moved);
      }
    }
  if (blocks.length === 0) return own;
  return [...blocks, ...own].toSorted((one, other) => (one.at === other.at ? 0 : one.at < other.at ? -1 : 1));
}

function renumbered(entry: JournalEntry, shift: number, refs: Readonly<Record<string, string>>): JournalEntry {
  const seqOf = (seq: number): number => seq + shift;
  // What was used up before the end has a name that no entry of the other member can have made.
  const nameOf = (ref: string): string => {
    if (Object.hasOwn(refs, ref)) return refs[ref] ?? ref;
    return ref.startsWith('0') ? ref : usedUpName(entry.member, ref);
  };
  const lineOf = (line: PointsLine): PointsLine => (line.ref === undefined ? line : { ...line, ref: nameOf(line.ref) });
  const effectOf = (effect: Effect): Effect => {
    switch (effect.type) {
      case 'activity.reversed':
        return { ...effect, seq: seqOf(effect.seq) };
      case 'pending.set':
        return { ...effect, pending: nameOf(effect.pending) };
      case 'hold.set':
        return { ...effect, hold: nameOf(effect.hold) };
      case 'transfer.sent':
        return { ...effect, transfer: nameOf(effect.transfer) };
      case 'budget.used':
        return effect.ref === undefined ? effect : { ...effect, ref: nameOf(effect.ref) };
      default:
        return effect;
    }
  };
  const setOff = <T extends SetOff>(one: T): T => ({
    ...one,
    seq: seqOf(one.seq),
    lines: one.lines.map(lineOf),
    effects: one.effects.map(effectOf),
  });
  return {
    ...entry,
    seq: seqOf(entry.seq),
    activity: inNames(entry.activity, nameOf),
    lines: entry.lines.map(lineOf),
    effects: entry.effects.map(effectOf),
    facts: factsOf(entry.facts, seqOf, setOff),
  };
}

/** A number of its own for what an account had used up: it begins with 0, as no entry's name does. */
function usedUpName(member: string, ref: string): string {
  const [, place = '0'] = ref.split('-');
  const digest = createHash('sha256').update(`${member}:${ref}`).digest().readUIntBE(0, 6);
  return `0${String(digest % 1_000_000_000_000).padStart(12, '0')}-${place}`;
}

/** What a return was told, with the numbers and names that its entries have here. */
function reversedWith(reversed: ReversedEntry, setOff: <T extends SetOff>(one: T) => T): ReversedEntry {
  return {
    ...setOff(reversed),
    badges: reversed.badges.map(setOff),
    ...(reversed.promotions === undefined ? {} : { promotions: reversed.promotions.map(setOff) }),
    missions: reversed.missions.map(({ completion, others, steps, completions, ...rest }) => ({
      ...rest,
      ...(completion === undefined ? {} : { completion: setOff(completion) }),
      ...(others === undefined ? {} : { others: others.map(setOff) }),
      ...(steps === undefined ? {} : { steps: steps.map(setOff) }),
      ...(completions === undefined ? {} : { completions: completions.map(setOff) }),
    })),
  };
}

function factsOf(facts: Facts, seqOf: (seq: number) => number, setOff: <T extends SetOff>(one: T) => T): Facts {
  const { reversed, undone } = facts;
  return {
    ...facts,
    ...(reversed === undefined ? {} : { reversed: reversedWith(reversed, setOff) }),
    ...(undone === undefined
      ? {}
      : {
          undone: {
            ...undone,
            seq: seqOf(undone.seq),
            entries: undone.entries.map(setOff),
            gone: undone.gone.map(seqOf),
            ...(undone.came === undefined ? {} : { came: undone.came.map(seqOf) }),
          },
        }),
  };
}

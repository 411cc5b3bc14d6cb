import type mongoose from 'mongoose';
import type { Submission } from './submission.js';
import type { JournalEntry, MemberLedger, OutboxRow, RecordedActivity } from './journal-entry.js';

/**
 * The documents of the hot path. They are plain objects of the driver: mongoose's own documents never enter a
 * transaction here (its retry forgets what was saved in the first try).
 */
export type JournalDocument = Omit<JournalEntry, 'at' | 'activity'> & {
  readonly at: Date;
  readonly activity: Omit<RecordedActivity, 'occurredAt' | 'receivedAt'> & {
    readonly occurredAt: Date;
    readonly receivedAt: Date;
  };
};

export type MemberStateDocument = MemberLedger;
export type OutboxDocument = OutboxRow;

export interface LaneDocument {
  readonly _id: string;
  readonly epoch: number;
  readonly q: number;
  readonly at: Date;
  readonly head: string;
  /** How far the relay has submitted what groups caused. */
  readonly relayed: number;
}

export interface LeaseDocument {
  readonly _id: string;
  readonly epoch: number;
  readonly node: string;
  readonly until: Date;
  /** The database session in which the leader commits; absent from leases that older versions wrote. */
  readonly session?: mongoose.mongo.Binary;
}

export interface QuarantineDocument {
  readonly _id: string;
  readonly submission: Submission;
  readonly reason: string;
  readonly at: Date;
}

export function toDocument(entry: JournalEntry): JournalDocument {
  const { occurredAt, receivedAt } = entry.activity;
  return {
    ...entry,
    at: new Date(entry.at),
    activity: { ...entry.activity, occurredAt: new Date(occurredAt), receivedAt: new Date(receivedAt) },
  };
}

export function fromDocument(document: JournalDocument): JournalEntry {
  const { occurredAt, receivedAt } = document.activity;
  return {
    ...document,
    at: document.at.toISOString(),
    activity: { ...document.activity, occurredAt: occurredAt.toISOString(), receivedAt: receivedAt.toISOString() },
  };
}

/** The same of a document that somebody may have changed: what is no date stays what it is, so that no hash fits. */
export function fromAnyDocument(document: JournalDocument): JournalEntry {
  const activity: Partial<JournalDocument['activity']> | null = document.activity;
  if (typeof activity !== 'object' || activity === null)
    return { ...document, at: instantOf(document.at), activity } as unknown as JournalEntry;
  const { occurredAt, receivedAt } = activity;
  const read = { ...activity, occurredAt: instantOf(occurredAt), receivedAt: instantOf(receivedAt) };
  return { ...document, at: instantOf(document.at), activity: read } as JournalEntry;
}

function instantOf(value: unknown): string {
  return value instanceof Date && !Number.isNaN(value.getTime())
    ? value.toISOString()
    : `not a moment: ${String(value)}`;
}

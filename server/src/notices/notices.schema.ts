import type { NoticeReason } from '@verbena/shared/notices/notice.js';

/** Something that happened and of which people are to be told; it stays until all of them are. */
export interface NoticeOutboxRow {
  readonly _id: string;
  readonly program: string;
  /** Which source knows who they are. */
  readonly kind: string;
  readonly subject: string;
  /** It was told of before, and changed. */
  readonly isChange: boolean;
  readonly at: Date;
}

/** One member is told of one thing, once. What it reads of it its source says at that moment. */
export interface NoticeDocument {
  /** Made of member, kind and subject. */
  readonly _id: string;
  readonly program: string;
  readonly member: string;
  /** Its place among those of the member, from 1. */
  readonly q: number;
  readonly kind: string;
  readonly subject: string;
  readonly reason: NoticeReason;
  /** Those of one group are one notice. */
  readonly group: string;
  /** When it happened. */
  readonly at: Date;
}

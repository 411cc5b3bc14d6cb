import type { LocalizedText } from '@verbena/shared/platform/localized-text.js';
import type { Audience } from '@verbena/shared/segments/audience.js';
import type { SegmentKind } from '@verbena/shared/segments/segments.routes.js';

/** Members who belong together under a name. */
export interface SegmentDocument {
  readonly _id: string;
  readonly program: string;
  /** Unique in the program, and fixed for ever: audiences name it. */
  readonly slug: string;
  readonly name: LocalizedText;
  readonly kind: SegmentKind;
  /** Null for a list. */
  readonly condition: Audience | null;
  /** How many a list holds; 0 for a condition. */
  readonly size: number;
  /** The last number that was given on the list. */
  readonly lastNumber: number;
  readonly createdAt: Date;
  readonly archivedAt: Date | null;
}

/** A member on a list. */
export interface SegmentMemberDocument {
  /** `<segment>|<member>`: nobody stands on a list twice. */
  readonly _id: string;
  readonly program: string;
  readonly segment: string;
  /** As it was called when it was added; where it was joined to another one since, that one is meant. */
  readonly member: string;
  /** Its place on the list, from 1 in the order in which they were added; who was removed leaves a gap. */
  readonly number: number;
  readonly addedAt: Date;
}

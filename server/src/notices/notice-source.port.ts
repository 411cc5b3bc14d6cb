import { DiscoveryService } from '@nestjs/core';
import type { NoticeReason } from '@verbena/shared/notices/notice.js';
import type { Scope } from '#platform/mongo/scope.js';

/** What was announced. */
export interface Announced {
  /** What it is about, in the source's own words: the id of a post. */
  readonly subject: string;
  /** It was told of before and changed: then only those whom the change concerns are meant. */
  readonly isChange: boolean;
}

/** Who is told, and why; those of one group are shown as one. */
export interface NoticeRecipient {
  readonly member: string;
  readonly reason: NoticeReason;
  readonly group: string;
}

/** What a member may read now of something that it was told of. */
export interface NoticeView {
  /** Who did it: the member, and the alias that others see. */
  readonly author: string;
  readonly alias: string | null;
  readonly title: string;
  /** What was said of it. */
  readonly detail?: string;
  /** Below the program's address. */
  readonly path: string;
}

/**
 * Who knows of one kind of thing whom it concerns. Each kind has one source, found at boot by `@TellsNotices()`; it stands above this
 * module, which knows nothing of rights. It is asked again where the server died meanwhile: nobody is told twice.
 */
export interface NoticeSource {
  readonly kind: string;

  /** Each member once, never who did it, and nobody who may not read it. */
  recipientsOf(scope: Scope, announced: Announced): Promise<readonly NoticeRecipient[]>;

  /** What a member reads of each of these, in their order; null where it may not, or there is nothing any more. */
  viewsOf(scope: Scope, member: string, subjects: readonly string[]): Promise<readonly (NoticeView | null)[]>;
}

export const TellsNotices = DiscoveryService.createDecorator();

import { DiscoveryService } from '@nestjs/core';
import type { PushEnvelope, StreamKind, StreamName } from '@verbena/shared/realtime/socket.js';

/** Whose stream is asked for. */
export interface StreamSubject {
  readonly program: string;
  readonly member: string;
}

/**
 * What streams of one kind are read from: the data themselves, never a buffer of what was sent. Each kind has exactly one
 * source, found at boot by `@ServesStream()`; boot fails where one has two or none.
 */
export interface StreamSource {
  readonly kind: StreamKind;

  /** Whether it is kept how far each member has seen it; a stream of what is only true now has no such thing. */
  readonly hasCursor: boolean;

  /** The number of the last entry that is committed; 0 where there is none. Refuses with `stream.unknown` what this member may not open. */
  head(subject: StreamSubject, stream: StreamName): Promise<number>;

  /** At most `limit` envelopes with `q > since`, in order and without a gap, of committed entries only. */
  read(subject: StreamSubject, since: number, limit: number, stream: StreamName): Promise<readonly PushEnvelope[]>;
}

export const ServesStream = DiscoveryService.createDecorator();

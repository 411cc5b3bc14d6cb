import { DiscoveryService } from '@nestjs/core';
import type { PushEnvelope, StreamName } from '@verbena/shared/realtime/socket.js';

/** Whose stream is asked for. */
export interface StreamSubject {
  readonly program: string;
  readonly member: string;
}

/**
 * What a stream is read from: the data themselves, never a buffer of what was sent. Each name of `StreamName` has exactly
 * one source, found at boot by `@ServesStream()`; boot fails where one has two or none.
 */
export interface StreamSource {
  readonly stream: StreamName;

  /** The number of the last entry that is committed; 0 where there is none. */
  head(subject: StreamSubject): Promise<number>;

  /** At most `limit` envelopes with `q > since`, in order and without a gap, of committed entries only. */
  read(subject: StreamSubject, since: number, limit: number): Promise<readonly PushEnvelope[]>;
}

export const ServesStream = DiscoveryService.createDecorator();

import { DiscoveryService } from '@nestjs/core';
import type { Role } from '@verbena/shared/identity/role.js';
import type { PushEnvelope, StreamKind, StreamName } from '@verbena/shared/realtime/socket.js';

/** Whose stream is asked for. */
export interface StreamSubject {
  readonly program: string;
  readonly member: string;
  readonly role: Role;
}

/** A stream that somebody has open. */
export interface OpenStream {
  readonly subject: StreamSubject;
  readonly stream: StreamName;
}

/**
 * What streams of one kind are read from: the data themselves, never a buffer of what was sent. Each kind has exactly one
 * source, found at boot by `@ServesStream()`; boot fails where one has two or none.
 */
export interface StreamSource {
  readonly kind: StreamKind;

  /** Whether it is kept how far each member has seen it: so that something is shown once on all devices. */
  readonly hasCursor: boolean;

  /** Whether what was missed can be read; of a stream of what is only true now, whoever missed something reads the state anew. */
  readonly hasPast: boolean;

  /** All of it is new to a member who opens it for the first time; else what was there until then counts as seen and read. */
  readonly isNewAtFirst?: true;

  /** The number of the last entry that is committed; 0 where there is none. Refuses with `stream.unknown` what this member may not open. */
  head(subject: StreamSubject, stream: StreamName): Promise<number>;

  /** At most `limit` envelopes with `q > since`, in order and without a gap, of committed entries only. */
  read(subject: StreamSubject, since: number, limit: number, stream: StreamName): Promise<readonly PushEnvelope[]>;

  /** Of these, who may no longer follow what they opened. Asked every other second; absent where a right to it is never lost. */
  lost?(open: readonly OpenStream[]): Promise<ReadonlySet<OpenStream>>;

  /** How those who are writing there sign, in the order asked for; absent where it is not told who is there. */
  signaturesOf?(program: string, members: readonly string[]): Promise<readonly (string | null)[]>;
}

export const ServesStream = DiscoveryService.createDecorator();

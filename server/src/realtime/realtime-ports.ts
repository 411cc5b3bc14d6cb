import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { STREAM_KINDS, type StreamKind, type StreamName, streamKindOf } from '@verbena/shared/realtime/socket.js';
import { AuthenticatesSockets, type SocketAuthenticator } from './socket-authenticator.port.js';
import { ServesStream, type StreamSource } from './stream-source.port.js';

/** Finds at boot who authenticates sockets and what each stream is read from; refuses to boot on two or none. */
@Injectable()
export class RealtimePorts implements OnModuleInit {
  private readonly sources = new Map<StreamKind, StreamSource>();
  private found: SocketAuthenticator | null = null;

  constructor(private readonly discovery: DiscoveryService) {}

  onModuleInit(): void {
    for (const { instance } of this.discovery.getProviders({ metadataKey: AuthenticatesSockets.KEY })) {
      if (this.found !== null) throw new Error('Two providers authenticate sockets.');
      this.found = instance as SocketAuthenticator;
    }
    if (this.found === null) throw new Error('Nobody authenticates sockets.');
    for (const { instance } of this.discovery.getProviders({ metadataKey: ServesStream.KEY })) {
      const source = instance as StreamSource;
      if (this.sources.has(source.kind)) throw new Error(`The streams "${source.kind}" have two sources.`);
      this.sources.set(source.kind, source);
    }
    for (const kind of STREAM_KINDS)
      if (!this.sources.has(kind)) throw new Error(`The streams "${kind}" have no source.`);
  }

  get authenticator(): SocketAuthenticator {
    if (this.found === null) throw new Error('Nobody authenticates sockets.');
    return this.found;
  }

  source(stream: StreamName): StreamSource {
    return this.sourceOf(streamKindOf(stream));
  }

  sourceOf(kind: StreamKind): StreamSource {
    const source = this.sources.get(kind);
    if (source === undefined) throw new Error(`The streams "${kind}" have no source.`);
    return source;
  }
}

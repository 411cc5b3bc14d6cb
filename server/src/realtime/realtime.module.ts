import { Module } from '@nestjs/common';
import * as socket from '@verbena/shared/realtime/socket.js';
import { NamesSchemas } from '#platform/serving/component-schemas.js';
import { PresenceService } from './presence.service.js';
import { RealtimePorts } from './realtime-ports.js';
import { RealtimeGateway } from './realtime.gateway.js';
import { RealtimeService } from './realtime.service.js';
import { SocketSweep } from './socket-sweep.js';
import { StreamCursorsRepository } from './stream-cursors.repository.js';
import { StreamsService } from './streams.service.js';

/**
 * Owns: sockets, and `streamCursors` (how far each member has seen a stream). Takes in: who a socket is
 * (`SocketAuthenticator`) and what a stream holds (`StreamSource`), from above. Gives out: pushes to the sockets of this node, who is there
 * now, and how far a member read a stream.
 */
@NamesSchemas(socket)
@Module({
  providers: [
    RealtimePorts,
    RealtimeService,
    StreamCursorsRepository,
    StreamsService,
    PresenceService,
    SocketSweep,
    RealtimeGateway,
  ],
  exports: [RealtimeService, StreamsService, PresenceService],
})
export class RealtimeModule {}

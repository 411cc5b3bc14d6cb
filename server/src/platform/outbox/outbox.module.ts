import { Global, Module } from '@nestjs/common';
import { SourceOutbox } from './source-outbox.js';
import { SourceOutboxRepository } from './source-outbox.repository.js';
import { SourceRelay } from './source-relay.js';

/**
 * Owns: `sourceOutbox`. Takes in: activities that modules write with a change of theirs, and who counts them (port
 * `ActivityIntake`). Gives out: each of them submitted, at least once, in its member's order.
 */
@Global()
@Module({ providers: [SourceOutboxRepository, SourceRelay, SourceOutbox], exports: [SourceOutbox, SourceRelay] })
export class OutboxModule {}

import { createParamDecorator, type ExecutionContext, Injectable, type PipeTransform } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { scopeOf } from '#platform/mongo/scope.js';
import { ForumAccess, type ForumReader } from './forum-access.service.js';

@Injectable()
class ReaderPipe implements PipeTransform<FastifyRequest, Promise<ForumReader>> {
  constructor(private readonly access: ForumAccess) {}

  transform({ tenant, ownMember = null, ownRole = null }: FastifyRequest): Promise<ForumReader> {
    if (tenant === undefined) throw new Error('This route has no :program in its path.');
    return this.access.readerOf(scopeOf(tenant.id), ownMember, ownRole);
  }
}

const TheRequest = createParamDecorator((_: unknown, context: ExecutionContext) =>
  context.switchToHttp().getRequest<FastifyRequest>(),
);
/** Whoever asks, as the forum knows it. */
export const Reading = (): ParameterDecorator => TheRequest(ReaderPipe);

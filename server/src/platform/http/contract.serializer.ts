import {
  type CallHandler,
  type ExecutionContext,
  SetMetadata,
  StandardSchemaSerializerInterceptor,
} from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import { map, type Observable } from 'rxjs';
import * as z from 'zod/mini';
import type { RouteSpec } from '@verbena/shared/platform/route.js';
import { ROUTE } from './implements.decorator.js';

const AS_BUILT = 'verbena:asBuilt';

/**
 * For a handler on the hot path whose answer is built field by field: it is sent as it is. Going through the schema takes
 * longer there than writing the JSON (13 ms a batch of 1,000, and the loop that commits stands still meanwhile).
 */
export const AsBuilt = (): MethodDecorator => SetMetadata(AS_BUILT, true);

/**
 * Every answer goes through its route's schema, so that nothing leaves that the contract does not name. Answers that are
 * sent as built are only held against it, and only in tests.
 */
export class ContractSerializer extends StandardSchemaSerializerInterceptor {
  constructor(
    private readonly routes: Reflector,
    private readonly isTest: boolean,
  ) {
    super(routes);
  }

  override intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const handler = context.getHandler();
    if (this.routes.get<true | undefined>(AS_BUILT, handler) !== true) return super.intercept(context, next);
    if (!this.isTest) return next.handle();
    const route = this.routes.get<RouteSpec>(ROUTE, handler);
    return next.handle().pipe(map((answer: unknown) => held(answer, route)));
  }
}

function held(answer: unknown, route: RouteSpec): unknown {
  const parsed = z.safeParse(route.response, answer);
  if (!parsed.success) throw new Error(`${route.method} ${route.path} breaks its contract: ${parsed.error.message}`);
  return answer;
}

import {
  applyDecorators,
  createParamDecorator,
  Delete,
  Get,
  HttpCode,
  Patch,
  Post,
  Put,
  Res,
  SetMetadata,
  Body,
  Query,
  Param,
  type ExecutionContext,
} from '@nestjs/common';
import { SerializeOptions } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiSecurity } from '@nestjs/swagger';
import { BODY_ERRORS, COMMON_ERRORS, type ErrorCode, LOGIN_ERRORS } from '@verbena/shared/errors/catalogue.js';
import { ERRORS } from '@verbena/shared/manifests.js';
import type { RouteSpec } from '@verbena/shared/platform/route.js';
import type { FastifyRequest } from 'fastify';
import type { Principal } from './principal.js';

export const ROUTE = 'verbena:route';

/** What the document calls the shape of every refusal. */
export const PROBLEM_SCHEMA = 'ProblemDetails';

const VERBS = { GET: Get, POST: Post, PUT: Put, PATCH: Patch, DELETE: Delete } as const;

/**
 * Makes a controller's method the implementation of a route of the contract: method, path, status, rights, response
 * schema and its page in the reference all come from the value. A handler without it does not boot.
 */
export function Implements(route: RouteSpec): MethodDecorator {
  const errors = new Set([
    ...COMMON_ERRORS,
    ...(route.access === 'public' ? [] : LOGIN_ERRORS),
    ...(route.body === undefined ? [] : BODY_ERRORS),
    ...(route.errors ?? []),
  ]);
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of errors) {
    const status = ERRORS[code].status;
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return applyDecorators(
    SetMetadata(ROUTE, route),
    VERBS[route.method](route.path.slice(1)),
    HttpCode(route.status ?? 200),
    SerializeOptions({ schema: route.response }),
    ApiOperation({ summary: route.summary, description: describeAccess(route.access) }),
    ...(route.access === 'public' ? [] : [ApiSecurity('bearer')]),
    ApiResponse({ status: route.status ?? 200, description: 'Done', standardSchema: route.response }),
    ...[...byStatus].map(([status, codes]) =>
      ApiResponse({
        status,
        description: codes.map((code) => `\`${code}\` ${ERRORS[code].title.en}`).join(' · '),
        content: {
          'application/problem+json': {
            schema: {
              allOf: [{ $ref: `#/components/schemas/${PROBLEM_SCHEMA}` }, { properties: { code: { enum: codes } } }],
            },
          },
        },
      }),
    ),
  );
}

/** The validated body of a route. */
export const RouteBody = (route: RouteSpec): ParameterDecorator =>
  route.body === undefined ? Body() : Body({ schema: route.body });

/** The validated query of a route. */
export const RouteQuery = (route: RouteSpec): ParameterDecorator =>
  route.query === undefined ? Query() : Query({ schema: route.query });

/** One parameter of a route's path. */
export const RouteParam = (name: string): ParameterDecorator => Param(name);

/** Who asks, as the guard found out. */
export const Asking = createParamDecorator(
  (_: unknown, context: ExecutionContext): Principal => context.switchToHttp().getRequest<FastifyRequest>().principal,
);

/**
 * The reply, for a header; the value is still returned. Not a decorator of our own: Nest awaits what those give, and
 * awaiting Fastify's reply waits until it is sent.
 */
export const Reply = (): ParameterDecorator => Res({ passthrough: true });

/** How the document describes what only commands of this machine may call. */
export const LOCAL_ACCESS = 'Rights: commands of this machine.';

function describeAccess(access: RouteSpec['access']): string {
  if (typeof access === 'object') return `Rights: the member itself, or \`${access.ownOr}\`.`;
  if (access === 'public') return 'Rights: none needed.';
  if (access === 'signedIn') return 'Rights: any login.';
  if (access === 'joining') return 'Rights: any login, also one without a place in the program.';
  if (access === 'local') return LOCAL_ACCESS;
  return `Rights: \`${access}\`.`;
}

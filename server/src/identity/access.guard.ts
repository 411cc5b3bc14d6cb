import { type CanActivate, type ExecutionContext, Inject, Injectable, Logger } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { refresh } from '@verbena/shared/identity/identity.routes.js';
import { KeyPermission, Permission } from '@verbena/shared/identity/permissions.js';
import { SANDBOX } from '@verbena/shared/platform/ids.js';
import type { ProblemParams } from '@verbena/shared/platform/problem.js';
import type { RouteSpec } from '@verbena/shared/platform/route.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '#platform/clock/clock.js';
import { Config } from '#platform/config/config.js';
import { Refusal } from '#platform/errors/refusal.js';
import { FROM_ANY_SITE, isOpenToSites } from '#platform/http/other-sites.js';
import { ROUTE } from '#platform/http/implements.decorator.js';
import type { Principal } from '#platform/http/principal.js';
import type { Tenant } from '#platform/http/tenant.js';
import { Authenticator } from './authenticator.js';
import { type Bearer, readBearer } from './bearer.js';
import { decideAccess } from './decide-access.js';
import { isLoopback } from './loopback.js';
import { Logins } from './logins.js';
import { ProgramFinder } from './program-finder.js';
import { RateLimits } from './rate-limits.js';
import { addressSubject, type RateRules, rateRulesOf } from './rate-rules.js';
import type { RateRule } from './sliding-window.js';

/**
 * The one guard before every handler: who asks, how often, in which program, and whether that is allowed. It leaves
 * `principal`, `tenant`, `ownMember` and `ownRole` on the request.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  private readonly logger = new Logger('Access');
  private readonly rules: RateRules;

  constructor(
    private readonly reflector: Reflector,
    @Inject(Config) private readonly config: Config,
    private readonly authenticator: Authenticator,
    private readonly logins: Logins,
    private readonly programs: ProgramFinder,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
  ) {
    this.rules = rateRulesOf(config.rates);
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    // Sockets show who they are once, with their handshake.
    if (context.getType() !== 'http') return true;
    const route = this.reflector.get<RouteSpec | undefined>(ROUTE, context.getHandler());
    if (route === undefined) throw new Refusal('auth.forbidden');
    if (isOpenToSites(route)) context.switchToHttp().getResponse<FastifyReply>().headers(FROM_ANY_SITE);
    const request = context.switchToHttp().getRequest<FastifyRequest<{ Params: Record<string, string> }>>();
    request.principal = await this.identify(request, route.access === 'public');
    this.limit(request, route, context.switchToHttp().getResponse<FastifyReply>());
    if (request.principal.kind === 'anonymous' && route.access !== 'public') throw new Refusal('auth.required');
    await this.authorize(request, route);
    return true;
  }

  /** Who asks. On a public route a credential that does not hold counts as none; elsewhere it is refused. */
  private async identify(request: FastifyRequest, isPublic: boolean): Promise<Principal> {
    try {
      return await this.authenticator.byBearer(bearerOf(request));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (isPublic) return { kind: 'anonymous' };
      this.limits.spend(this.rules.address, addressSubject(request.ip));
      throw error;
    }
  }

  /** Counts one request, and has its answer, a refusal too, say what is left; nothing for the commands of this machine. */
  private limit(request: FastifyRequest, route: RouteSpec, reply: FastifyReply): void {
    const [rule, subject] = this.limitOf(request, route);
    if (rule === null) return;
    try {
      this.limits.spend(rule, subject);
    } finally {
      reply.headers(this.limits.headersOf(rule, subject));
    }
  }

  private limitOf({ principal, ip, headers }: FastifyRequest, route: RouteSpec): [RateRule | null, string] {
    if (principal.kind === 'local') return [null, ''];
    if (principal.kind !== 'anonymous') return [this.rules[principal.kind], principal.id];
    // Whoever is logged in stays so, however many strangers share the address.
    const session = route === refresh ? this.authenticator.sessionOfCookie(headers.cookie) : null;
    return session === null ? [this.rules.address, addressSubject(ip)] : [this.rules.user, session];
  }

  private async authorize(
    request: FastifyRequest<{ Params: Record<string, string> }>,
    route: RouteSpec,
  ): Promise<void> {
    const { principal } = request;
    const { program: programRef, member: memberRef } = request.params;
    const tenant = programRef === undefined ? null : await this.tenantOf(programRef, principal, route);
    const program = tenant === null ? null : (tenant.sandboxOf ?? tenant.id);
    const isSandbox = tenant?.sandboxOf !== undefined;
    const enrolment =
      program === null || principal.kind !== 'user' ? null : await this.logins.enrolment(principal.id, program);
    const refusal = decideAccess({
      access: route.access,
      isLooking: route.method === 'GET',
      principal,
      program,
      isSandbox,
      enrolment,
      memberRef: memberRef ?? null,
      signup: this.config.signup,
      nowMs: this.clock.now(),
    });
    if (refusal !== null && principal.kind !== 'anonymous')
      this.logger.warn(`${route.method} ${route.path} was refused to ${nameOf(principal)}: ${refusal}`);
    if (refusal === 'auth.secondFactorNeeded') await this.askForSecondFactor(principal);
    if (refusal !== null) throw new Refusal(refusal, refusal === 'auth.forbidden' ? lackOf(route, principal) : {});
    if (tenant !== null) request.tenant = tenant;
    request.ownMember = isSandbox ? null : (enrolment?.member ?? null);
    request.ownRole = enrolment?.role ?? null;
  }

  /** Where a path leads: a test key's to the sandbox, that of a public page never there. */
  private async tenantOf(ref: string, principal: Principal, { access }: RouteSpec): Promise<Tenant> {
    const named = await this.programs.find(ref);
    if (named === null) throw new Refusal('program.notFound');
    const home = named.sandboxOf ?? named.id;
    const isTest = principal.kind === 'key' && principal.mode === 'test';
    const wanted = access === 'public' ? home : isTest ? `${named.slug.replace(SANDBOX, '')}${SANDBOX}` : ref;
    return (wanted === ref ? named : await this.programs.find(wanted)) ?? named;
  }

  /** The screen asks for a code, or, where the login has no second factor yet, leads to where it is set up. */
  private async askForSecondFactor(principal: Principal): Promise<never> {
    const user = principal.kind === 'user' ? await this.logins.user(principal.id) : null;
    throw new Refusal('auth.secondFactorNeeded', { isOn: user?.secondFactor?.isOn === true });
  }
}

/** What a key lacks, and what it has, for whoever has to put it right. */
function lackOf({ access }: RouteSpec, principal: Principal): ProblemParams {
  // What only this machine's commands may, no right opens.
  if (access === 'local') return {};
  const right = typeof access === 'object' ? access.ownOr : access;
  if (!isRight(right)) return principal.kind === 'key' ? { person: true } : {};
  if (principal.kind !== 'key') return { right };
  return isKeyRight(right) ? { right, has: principal.permissions.join(', ') } : { right, person: true };
}

const isRight = (access: string): boolean => (Permission.options as readonly string[]).includes(access);
const isKeyRight = (access: string): boolean => (KeyPermission.options as readonly string[]).includes(access);

function nameOf(principal: Principal): string {
  return 'id' in principal ? `${principal.kind} ${principal.id}` : principal.kind;
}

/** This machine's token is taken from this machine only: from the peer itself, and from whom a proxy here speaks for. */
function bearerOf({ headers, ip, socket }: FastifyRequest): Bearer {
  const bearer = readBearer(headers.authorization);
  const isHere = isLoopback(socket.remoteAddress ?? '') && isLoopback(ip) && headers['x-forwarded-for'] === undefined;
  return bearer.kind === 'local' && !isHere ? { kind: 'unreadable' } : bearer;
}

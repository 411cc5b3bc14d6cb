import { Controller } from '@nestjs/common';
import {
  beginSecondFactor,
  confirmSecondFactor,
  getSecondFactor,
  removeSecondFactor,
  showSecondFactor,
} from '@verbena/shared/identity/second-factor.routes.js';
import type { RouteResponse } from '@verbena/shared/platform/route.js';
import type { FastifyReply } from 'fastify';
import type { output } from 'zod/mini';
import { Asking, Implements, Reply, RouteBody } from '#platform/http/implements.decorator.js';
import { type Principal, userOf } from '#platform/http/principal.js';
import { OwnPassword } from './own-password.js';
import { SecondFactorService } from './second-factor.service.js';

/** The authenticator app of a login. */
@Controller()
export class SecondFactorController {
  constructor(
    private readonly secondFactor: SecondFactorService,
    private readonly passwords: OwnPassword,
  ) {}

  @Implements(getSecondFactor)
  async get(@Asking() principal: Principal): Promise<RouteResponse<typeof getSecondFactor>> {
    return this.secondFactor.describe(userOf(principal));
  }

  @Implements(beginSecondFactor)
  async begin(
    @RouteBody(beginSecondFactor) { password }: output<typeof beginSecondFactor.body>,
    @Asking() principal: Principal,
    @Reply() reply: FastifyReply,
  ): Promise<RouteResponse<typeof beginSecondFactor>> {
    void reply.header('cache-control', 'no-store');
    return this.secondFactor.begin(await this.passwords.require(userOf(principal).id, password));
  }

  @Implements(confirmSecondFactor)
  async confirm(
    @RouteBody(confirmSecondFactor) { code }: output<typeof confirmSecondFactor.body>,
    @Asking() principal: Principal,
    @Reply() reply: FastifyReply,
  ): Promise<RouteResponse<typeof confirmSecondFactor>> {
    void reply.header('cache-control', 'no-store');
    const { recoveryCodes, untilMs } = await this.secondFactor.confirm(userOf(principal), code);
    return { recoveryCodes, until: new Date(untilMs).toISOString() };
  }

  @Implements(showSecondFactor)
  async show(
    @RouteBody(showSecondFactor) { code }: output<typeof showSecondFactor.body>,
    @Asking() principal: Principal,
  ): Promise<RouteResponse<typeof showSecondFactor>> {
    return { until: new Date(await this.secondFactor.show(userOf(principal), code)).toISOString() };
  }

  @Implements(removeSecondFactor)
  async remove(
    @RouteBody(removeSecondFactor) { password, code }: output<typeof removeSecondFactor.body>,
    @Asking() principal: Principal,
  ): Promise<RouteResponse<typeof removeSecondFactor>> {
    await this.secondFactor.remove(await this.passwords.require(userOf(principal).id, password), code);
    return { removed: true };
  }
}

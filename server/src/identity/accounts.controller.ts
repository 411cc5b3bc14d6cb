import { Controller, Inject, Req } from '@nestjs/common';
import {
  changeMe,
  changePassword,
  confirmReset,
  register,
  requestReset,
  resendVerification,
  verifyEmail,
} from '@verbena/shared/identity/accounts.routes.js';
import type { AccessGrant, Me } from '@verbena/shared/identity/identity.routes.js';
import type { RouteResponse } from '@verbena/shared/platform/route.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { output } from 'zod/mini';
import { Config } from '#platform/config/config.js';
import { Asking, Implements, Reply, RouteBody } from '#platform/http/implements.decorator.js';
import { type Principal, userOf } from '#platform/http/principal.js';
import { readAsker } from './asker.js';
import { LoginService } from './login.service.js';
import { OwnPassword } from './own-password.js';
import { RegistrationService } from './registration.service.js';
import { ResetsService } from './resets.service.js';
import { SessionCookies } from './session-cookies.js';
import { VerificationService } from './verification.service.js';

/** What a person does with an account of their own. */
@Controller()
export class AccountsController {
  constructor(
    private readonly registrations: RegistrationService,
    private readonly verifications: VerificationService,
    private readonly resets: ResetsService,
    private readonly passwords: OwnPassword,
    private readonly logins: LoginService,
    private readonly cookies: SessionCookies,
    @Inject(Config) private readonly config: Config,
  ) {}

  @Implements(register)
  async register(
    @RouteBody(register) draft: output<typeof register.body>,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<AccessGrant> {
    return this.cookies.grant(await this.registrations.register(draft, readAsker(request, this.config)), reply);
  }

  @Implements(verifyEmail)
  async verify(
    @RouteBody(verifyEmail) { code }: output<typeof verifyEmail.body>,
  ): Promise<RouteResponse<typeof verifyEmail>> {
    return { email: await this.verifications.verify(code) };
  }

  @Implements(resendVerification)
  async resend(
    @RouteBody(resendVerification) { program }: output<typeof resendVerification.body>,
    @Asking() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<RouteResponse<typeof resendVerification>> {
    const asker = readAsker(request, this.config);
    return { sent: await this.verifications.resend(userOf(principal).id, program, asker) };
  }

  @Implements(requestReset)
  async requestReset(
    @RouteBody(requestReset) { email, program }: output<typeof requestReset.body>,
    @Req() request: FastifyRequest,
  ): Promise<RouteResponse<typeof requestReset>> {
    await this.resets.request(email, program, readAsker(request, this.config));
    return { asked: true };
  }

  @Implements(confirmReset)
  async confirmReset(
    @RouteBody(confirmReset) { code, password }: output<typeof confirmReset.body>,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<AccessGrant> {
    return this.cookies.grant(await this.resets.confirm(code, password, readAsker(request, this.config)), reply);
  }

  @Implements(changePassword)
  async changePassword(
    @RouteBody(changePassword) { current, password }: output<typeof changePassword.body>,
    @Asking() principal: Principal,
  ): Promise<RouteResponse<typeof changePassword>> {
    return { ended: await this.passwords.change(userOf(principal), current, password) };
  }

  @Implements(changeMe)
  async changeMe(
    @RouteBody(changeMe) change: output<typeof changeMe.body>,
    @Asking() principal: Principal,
  ): Promise<Me> {
    return this.logins.change(userOf(principal), change);
  }
}

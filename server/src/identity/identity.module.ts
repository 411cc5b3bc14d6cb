import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AuditModule } from '#audit/audit.module.js';
import { AccessGuard } from './access.guard.js';
import { ApiKeysController } from './api-keys.controller.js';
import { ApiKeysRepository } from './api-keys.repository.js';
import { ApiKeysService } from './api-keys.service.js';
import { Authenticator } from './authenticator.js';
import { ClaimCodes } from './claim-codes.js';
import { IdentityController } from './identity.controller.js';
import { IdentityService } from './identity.service.js';
import { LoginService } from './login.service.js';
import { Logins } from './logins.js';
import { OneTimeCodesRepository } from './one-time-codes.repository.js';
import { ProgramFinder } from './program-finder.js';
import { RateLimits } from './rate-limits.js';
import { SessionsRepository } from './sessions.repository.js';
import { SessionsService } from './sessions.service.js';
import { UsersRepository } from './users.repository.js';

/**
 * Owns: logins, sessions, API keys, and the guard before every handler. Takes in: credentials, and what programs exist
 * (port `ProgramDirectory`). Gives out: who asks, in which program, with which rights; whose a socket is.
 */
@Module({
  imports: [AuditModule],
  controllers: [IdentityController, ApiKeysController],
  providers: [
    UsersRepository,
    SessionsRepository,
    ApiKeysRepository,
    OneTimeCodesRepository,
    Logins,
    SessionsService,
    Authenticator,
    ProgramFinder,
    RateLimits,
    ClaimCodes,
    IdentityService,
    LoginService,
    ApiKeysService,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [IdentityService, ApiKeysService],
})
export class IdentityModule {}

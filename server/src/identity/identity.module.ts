import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import * as accountsRoutes from '@verbena/shared/identity/accounts.routes.js';
import * as identityRoutes from '@verbena/shared/identity/identity.routes.js';
import * as permissions from '@verbena/shared/identity/permissions.js';
import * as role from '@verbena/shared/identity/role.js';
import * as secondFactorRoutes from '@verbena/shared/identity/second-factor.routes.js';
import * as apiKeysRoutes from '@verbena/shared/identity/api-keys.routes.js';
import { NamesSchemas } from '#platform/serving/component-schemas.js';
import { AuditModule } from '#audit/audit.module.js';
import { RealtimeModule } from '#realtime/realtime.module.js';
import { AccessGuard } from './access.guard.js';
import { ActorNames } from './actor-names.js';
import { AccountAudit } from './account-audit.js';
import { AccountMails } from './account-mails.js';
import { AddressLimit } from './address-limit.service.js';
import { AccountsController } from './accounts.controller.js';
import { ApiKeysController } from './api-keys.controller.js';
import { ApiKeysRepository } from './api-keys.repository.js';
import { ApiKeysService } from './api-keys.service.js';
import { Authenticator } from './authenticator.js';
import { ClaimCodes } from './claim-codes.js';
import { IdentityController } from './identity.controller.js';
import { IdentityService } from './identity.service.js';
import { LoginService } from './login.service.js';
import { Logins } from './logins.js';
import { MailedCodes } from './mailed-codes.js';
import { MailReaders } from './mail-readers.js';
import { NewPasswords } from './new-passwords.js';
import { OneTimeCodesRepository } from './one-time-codes.repository.js';
import { OwnPassword } from './own-password.js';
import { PasswordChange } from './password-change.js';
import { ProgramFinder } from './program-finder.js';
import { RateLimits } from './rate-limits.js';
import { RefusedActs } from './refused-acts.service.js';
import { RegistrationService } from './registration.service.js';
import { ResetsService } from './resets.service.js';
import { SecondFactorCodes } from './second-factor-codes.js';
import { SecondFactorController } from './second-factor.controller.js';
import { SecondFactorService } from './second-factor.service.js';
import { SessionCookies } from './session-cookies.js';
import { SessionsController } from './sessions.controller.js';
import { SessionsRepository } from './sessions.repository.js';
import { SessionsService } from './sessions.service.js';
import { UsersRepository } from './users.repository.js';
import { VerificationService } from './verification.service.js';
import { VerifiedAddresses } from './verified-addresses.js';
import { VouchingService } from './vouching.service.js';

/**
 * Owns: logins, sessions, second factors, one-time codes, API keys, and the guard before every handler. Takes in: credentials, and what programs exist
 * (port `ProgramDirectory`). Gives out: who asks, in which program, with which rights; whose a socket is; and that an
 * address was verified (port `HearsAddresses`).
 */
@NamesSchemas(accountsRoutes, identityRoutes, permissions, role, secondFactorRoutes, apiKeysRoutes)
@Module({
  imports: [AuditModule, RealtimeModule],
  controllers: [IdentityController, AccountsController, SessionsController, SecondFactorController, ApiKeysController],
  providers: [
    UsersRepository,
    VerifiedAddresses,
    SessionsRepository,
    ApiKeysRepository,
    OneTimeCodesRepository,
    Logins,
    SessionsService,
    Authenticator,
    ProgramFinder,
    RateLimits,
    AddressLimit,
    RefusedActs,
    ClaimCodes,
    IdentityService,
    LoginService,
    SessionCookies,
    AccountMails,
    AccountAudit,
    ActorNames,
    MailedCodes,
    NewPasswords,
    MailReaders,
    PasswordChange,
    OwnPassword,
    RegistrationService,
    VerificationService,
    VouchingService,
    ResetsService,
    SecondFactorCodes,
    SecondFactorService,
    ApiKeysService,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [IdentityService, VouchingService, ApiKeysService, AddressLimit, RefusedActs],
})
export class IdentityModule {}

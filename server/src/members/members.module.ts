import { Module } from '@nestjs/common';
import * as memberAttribute from '@verbena/shared/members/member-attribute.js';
import * as memberAttributesRoutes from '@verbena/shared/members/member-attributes.routes.js';
import * as membersRoutes from '@verbena/shared/members/members.routes.js';
import * as memberCode from '@verbena/shared/members/member-code.js';
import * as consentsRoutes from '@verbena/shared/members/consents.routes.js';
import * as consents from '@verbena/shared/members/consents.js';
import { NamesSchemas } from '#platform/serving/component-schemas.js';
import { AuditModule } from '#audit/audit.module.js';
import { IdentityModule } from '#identity/identity.module.js';
import { ProgramsModule } from '#programs/programs.module.js';
import { CardsService } from './cards.service.js';
import { ClaimingService } from './claiming.service.js';
import { ConsentsController } from './consents.controller.js';
import { ConsentsRepository } from './consents.repository.js';
import { ConsentsService } from './consents.service.js';
import { EnrolmentService } from './enrolment.service.js';
import { JoiningController } from './joining.controller.js';
import { JoiningService } from './joining.service.js';
import { MemberEndings } from './member-endings.service.js';
import { MemberFinder } from './member-finder.js';
import { MemberIndexRepository } from './member-index.repository.js';
import { MemberNaming } from './member-naming.service.js';
import { MemberRecord } from './member-record.js';
import { MembersController } from './members.controller.js';
import { MembersRepository } from './members.repository.js';
import { MembersService } from './members.service.js';
import { MemberViews } from './member-views.service.js';
import { NamesForStaff } from './names-for-staff.js';
import { ProfileService } from './profile.service.js';

/**
 * Owns: `members`, `memberHeads`, `memberWords`, `externalIds`, `consentRecords`. Takes in: the brands' own ids, with the first activity; who joins, leaves, and what members
 * say of themselves; cards that staff give and take; when somebody earned first (port `FirstPoints`). Gives out: which member that is, and, through the
 * source outbox, that it joined, changed or left. It knows no points.
 */
@NamesSchemas(memberAttribute, memberAttributesRoutes, membersRoutes, memberCode, consentsRoutes, consents)
@Module({
  imports: [AuditModule, IdentityModule, ProgramsModule],
  controllers: [MembersController, JoiningController, ConsentsController],
  providers: [
    MembersService,
    EnrolmentService,
    JoiningService,
    ProfileService,
    ClaimingService,
    CardsService,
    ConsentsService,
    ConsentsRepository,
    MemberEndings,
    MemberFinder,
    NamesForStaff,
    MemberNaming,
    MemberViews,
    MemberRecord,
    MembersRepository,
    MemberIndexRepository,
  ],
  exports: [MembersService, MemberNaming, MemberViews, MemberEndings, ProfileService, ConsentsService],
})
export class MembersModule {}

import { Controller } from '@nestjs/common';
import type { ConsentDraft } from '@verbena/shared/members/consents.js';
import { changeConsents, getConsents, type MemberConsents } from '@verbena/shared/members/consents.routes.js';
import { Asking, Implements, RouteBody } from '#platform/http/implements.decorator.js';
import type { Principal } from '#platform/http/principal.js';
import { InScope, MemberRefParam } from '#platform/http/tenant.js';
import type { Scope } from '#platform/mongo/scope.js';
import { ConsentsService } from './consents.service.js';

@Controller()
export class ConsentsController {
  constructor(private readonly consents: ConsentsService) {}

  @Implements(getConsents)
  async get(@InScope() scope: Scope, @MemberRefParam() ref: string): Promise<MemberConsents> {
    return this.consents.read(scope, ref);
  }

  @Implements(changeConsents)
  async change(
    @InScope() scope: Scope,
    @MemberRefParam() ref: string,
    @RouteBody(changeConsents) draft: ConsentDraft,
    @Asking() asking: Principal,
  ): Promise<MemberConsents> {
    return this.consents.change(scope, ref, draft, asking);
  }
}

import { Controller } from '@nestjs/common';
import {
  getLegalTexts,
  type LegalDraft,
  type LegalTexts,
  previewLegalText,
  publishLegalTexts,
} from '@verbena/shared/programs/legal.routes.js';
import { Refusal } from '#platform/errors/refusal.js';
import { Asking, Implements, RouteBody, RouteParam, RouteQuery } from '#platform/http/implements.decorator.js';
import { actorOf, type Principal } from '#platform/http/principal.js';
import { InScope } from '#platform/http/tenant.js';
import type { Scope } from '#platform/mongo/scope.js';
import { renderLegalText } from './legal-markdown.js';
import { LegalService } from './legal.service.js';
import { ProgramsService } from './programs.service.js';

@Controller()
export class LegalController {
  constructor(
    private readonly legal: LegalService,
    private readonly programs: ProgramsService,
  ) {}

  @Implements(getLegalTexts)
  async get(
    @RouteParam('program') ref: string,
    @RouteQuery(getLegalTexts) { version, source }: { readonly version?: number; readonly source?: string },
  ): Promise<LegalTexts> {
    const program = await this.programs.find(ref);
    if (program === null) throw new Refusal('program.notFound');
    return this.legal.read(program, version, source === 'true');
  }

  @Implements(publishLegalTexts)
  async publish(
    @InScope() scope: Scope,
    @RouteBody(publishLegalTexts) draft: LegalDraft,
    @Asking() asking: Principal,
  ): Promise<LegalTexts> {
    return this.legal.publish(scope, draft, actorOf(asking));
  }

  @Implements(previewLegalText)
  preview(@RouteBody(previewLegalText) { markdown }: { readonly markdown: string }): { html: string } {
    return { html: renderLegalText(markdown) };
  }
}

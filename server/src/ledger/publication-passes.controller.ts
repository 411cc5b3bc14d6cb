import { Controller } from '@nestjs/common';
import { getPublicationPass, type PublicationPass } from '@verbena/shared/ledger/publication-pass.routes.js';
import { Implements } from '#platform/http/implements.decorator.js';
import { InScope } from '#platform/http/tenant.js';
import type { Scope } from '#platform/mongo/scope.js';
import { PublicationPasses } from './publication-passes.service.js';

@Controller()
export class PublicationPassesController {
  constructor(private readonly passes: PublicationPasses) {}

  @Implements(getPublicationPass)
  async get(@InScope() scope: Scope): Promise<{ pass: PublicationPass | null }> {
    return { pass: await this.passes.stateOf(scope) };
  }
}

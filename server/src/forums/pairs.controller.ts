import { Controller } from '@nestjs/common';
import { listPairs } from '@verbena/shared/forums/pairs.routes.js';
import type { RouteResponse } from '@verbena/shared/platform/route.js';
import { Implements } from '#platform/http/implements.decorator.js';
import { InScope } from '#platform/http/tenant.js';
import type { Scope } from '#platform/mongo/scope.js';
import { PairsService } from './pairs.service.js';

@Controller()
export class PairsController {
  constructor(private readonly pairs: PairsService) {}

  @Implements(listPairs)
  async list(@InScope() scope: Scope): Promise<RouteResponse<typeof listPairs>> {
    return this.pairs.list(scope);
  }
}

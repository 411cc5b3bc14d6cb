import { Readable } from 'node:stream';
import { Controller, StreamableFile } from '@nestjs/common';
import { getMemberCopy } from '@verbena/shared/copies/copies.routes.js';
import { Asking, Implements } from '#platform/http/implements.decorator.js';
import type { Principal } from '#platform/http/principal.js';
import { MemberRefParam, Tenant } from '#platform/http/tenant.js';
import { CopiesService } from './copies.service.js';

@Controller()
export class CopiesController {
  constructor(private readonly copies: CopiesService) {}

  @Implements(getMemberCopy)
  async copy(
    @Tenant() tenant: Tenant,
    @MemberRefParam() ref: string,
    @Asking() asking: Principal,
  ): Promise<StreamableFile> {
    const pieces = await this.copies.begin(tenant, ref, asking);
    return new StreamableFile(Readable.from(pieces, { objectMode: false }), {
      type: 'application/json; charset=utf-8',
      disposition: `attachment; filename="${tenant.slug}-member.json"`,
    });
  }
}

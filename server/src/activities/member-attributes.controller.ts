import { Controller } from '@nestjs/common';
import {
  changeMemberAttributes,
  getMemberAttributes,
  type MemberAttributes,
} from '@verbena/shared/members/member-attributes.routes.js';
import type { MemberAttributeValues } from '@verbena/shared/members/member-attribute.js';
import type { RouteBody as BodyOf } from '@verbena/shared/platform/route.js';
import { isDay, NO_SUCH_DAY } from '@verbena/shared/platform/given-time.js';
import { compileAttributes } from '#engine/compile-attributes.js';
import type { CompiledProgram } from '#engine/compiled-program.js';
import { HandsService, personOf } from '#ledger/hands.service.js';
import { LedgerViews } from '#ledger/ledger-views.service.js';
import { MemberActs } from '#ledger/member-acts.service.js';
import { Refusal } from '#platform/errors/refusal.js';
import { Asking, Implements, RouteBody } from '#platform/http/implements.decorator.js';
import type { Principal } from '#platform/http/principal.js';
import { InScope, MemberRefParam } from '#platform/http/tenant.js';
import type { Scope } from '#platform/mongo/scope.js';

/** What the program knows of its members (A2): declared with a schema, set by brands and staff, asked by conditions. */
@Controller()
export class MemberAttributesController {
  constructor(
    private readonly views: LedgerViews,
    private readonly acts: MemberActs,
    private readonly hands: HandsService,
  ) {}

  @Implements(getMemberAttributes)
  async read(@InScope() scope: Scope, @MemberRefParam() ref: string): Promise<MemberAttributes> {
    const { program, state } = await this.views.readState(scope, ref);
    return { declared: [...program.memberAttributes], values: { ...state.attributes } };
  }

  @Implements(changeMemberAttributes)
  async change(
    @InScope() scope: Scope,
    @MemberRefParam() ref: string,
    @RouteBody(changeMemberAttributes) { attributes }: BodyOf<typeof changeMemberAttributes>,
    @Asking() asking: Principal,
  ): Promise<MemberAttributes> {
    const { program, member } = await this.views.readState(scope, ref);
    await this.hands.refuseOwn(scope, personOf(asking), member);
    refuseUnfit(program, attributes);
    if (Object.keys(attributes).length > 0)
      await this.acts.record(scope, ref, 'member.changed', { attributes }, asking);
    return this.read(scope, ref);
  }
}

/**
 * Each value fits the schema that is declared for it, and is a day where a tier counts years from it; what is taken away only has
 * to be declared.
 */
function refuseUnfit({ memberAttributes, tiers }: CompiledProgram, attributes: MemberAttributeValues): void {
  const properties = Object.fromEntries(memberAttributes.map(({ id, schema }) => [id, schema]));
  const given = Object.entries(attributes).filter(([id, value]) => value !== null || properties[id] === undefined);
  const anchors = tiers.ladder.map(({ definition: { period } }) => period?.kind === 'anniversary' && period.of);
  const problems = [
    ...compileAttributes({ type: 'object', properties })(Object.fromEntries(given)),
    ...given.flatMap(([id, value]) =>
      anchors.includes(id) && typeof value === 'string' && !isDay(value) ? [{ path: [id], ...NO_SUCH_DAY }] : [],
    ),
  ];
  if (problems.length > 0)
    throw new Refusal(
      'input.invalid',
      {},
      problems.map((problem) => ({ ...problem, path: ['attributes', ...problem.path] })),
    );
}

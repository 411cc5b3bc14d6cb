import { Controller } from '@nestjs/common';
import {
  changeProgram,
  type DefinitionsInForce,
  createProgram,
  getApproval,
  getDefinitions,
  getImportShift,
  getOnlyProgram,
  getProgram,
  getShowcase,
  type Program,
  type ProgramChange,
  type ProgramDraft,
  putDefinitions,
  type PublishedDefinitions,
  type Showcase,
} from '@verbena/shared/programs/programs.routes.js';
import { emptySandbox } from '@verbena/shared/identity/api-keys.routes.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import { Asking, Implements, RouteBody, RouteParam, RouteQuery } from '#platform/http/implements.decorator.js';
import { actorOf, type Principal } from '#platform/http/principal.js';
import { InScope } from '#platform/http/tenant.js';
import { type Scope, scopeOf } from '#platform/mongo/scope.js';
import { showProgram } from './show-program.js';
import { ProgramsService, viewOfProgram } from './programs.service.js';
import { VersionsService } from './versions.service.js';
import { Refusal } from '#platform/errors/refusal.js';

@Controller()
export class ProgramsController {
  constructor(
    private readonly programs: ProgramsService,
    private readonly versions: VersionsService,
  ) {}

  @Implements(createProgram)
  async create(@RouteBody(createProgram) draft: ProgramDraft, @Asking() principal: Principal): Promise<Program> {
    return viewOfProgram(await this.programs.create(draft, actorOf(principal)));
  }

  @Implements(getOnlyProgram)
  async only(): Promise<{ slug: string | null }> {
    return { slug: await this.programs.onlySlug() };
  }

  @Implements(getProgram)
  async get(@RouteParam('program') ref: string): Promise<Program> {
    const program = await this.programs.find(ref);
    if (program === null) throw new Refusal('program.notFound');
    return viewOfProgram(program);
  }

  @Implements(changeProgram)
  async change(
    @InScope() scope: Scope,
    @RouteBody(changeProgram) change: ProgramChange,
    @Asking() principal: Principal,
  ): Promise<Program> {
    return viewOfProgram(await this.programs.change(scope, change, actorOf(principal)));
  }

  @Implements(getApproval)
  async approval(
    @InScope() scope: Scope,
    @Asking() principal: Principal,
  ): Promise<{ isNeeded: boolean; hasOthers: boolean }> {
    const { approval = false } = await this.programs.get(scope);
    const user = principal.kind === 'user' ? principal.id : null;
    return { isNeeded: approval, hasOthers: await this.programs.hasOtherApprover(scope, user) };
  }

  @Implements(getShowcase)
  async showcase(@RouteParam('program') ref: string): Promise<Showcase> {
    const program = await this.programs.find(ref);
    if (program === null) throw new Refusal('program.notFound');
    return showProgram((await this.programs.definitions(scopeOf(program._id))).definitions);
  }

  @Implements(getDefinitions)
  async definitions(
    @InScope() scope: Scope,
    @RouteQuery(getDefinitions) { asOf }: { readonly asOf?: string },
  ): Promise<DefinitionsInForce> {
    return this.programs.definitions(scope, asOf);
  }

  @Implements(putDefinitions)
  async publish(
    @InScope() scope: Scope,
    @RouteBody(putDefinitions) body: { readonly definitions: Definitions; readonly expectedVersion?: number },
    @Asking() principal: Principal,
  ): Promise<PublishedDefinitions> {
    const { approval } = await this.programs.get(scope);
    // The commands of this machine set a program up; anybody else goes by a draft where drafts are approved.
    if (approval === true && principal.kind !== 'local') throw new Refusal('draft.notApproved');
    const { definitions, expectedVersion } = body;
    const proposal = { definitions, basedOn: null, expected: expectedVersion ?? null };
    const { versions } = await this.versions.publish(scope, proposal, actorOf(principal));
    return this.versions.get(scope, versions.at(-1)?.version ?? 0);
  }

  @Implements(emptySandbox)
  async emptySandbox(@InScope() scope: Scope, @Asking() principal: Principal): Promise<{ generation: number }> {
    return { generation: await this.programs.emptySandbox(scope, actorOf(principal)) };
  }

  @Implements(getImportShift)
  async importShift(@InScope() scope: Scope): Promise<{ shiftWeeks: number | null }> {
    return { shiftWeeks: (await this.programs.get(scope)).shiftWeeks };
  }
}

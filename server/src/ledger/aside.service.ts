import { type INestApplicationContext, Injectable } from '@nestjs/common';
import type { AsideActivity } from '@verbena/shared/ledger/aside.routes.js';
import { AuditService } from '#audit/audit.service.js';
import { ProfileService } from '#members/profile.service.js';
import { entryIdOf } from '#platform/crypto/hash.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { Actor } from '#platform/http/principal.js';
import { Mongo } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import { SourceOutbox } from '#platform/outbox/source-outbox.js';
import { ProgramsService } from '#programs/programs.service.js';
import { keySpaceOf } from './key-space.js';
import { LedgerRepository } from './ledger.repository.js';
import { LedgerService } from './ledger.service.js';
import { eachScope } from './verify.service.js';

/** What decides nothing but says how a member stands. */
const STANDING = new Set(['member.joined', 'member.changed', 'member.left']);

/** What was set aside in all programs, or in one, with its program's short name. */
export async function listAllAside(
  app: INestApplicationContext,
  only: string | null,
): Promise<(AsideActivity & { readonly program: string })[]> {
  const found: (AsideActivity & { readonly program: string })[] = [];
  for await (const { scope, slug: program } of eachScope(app.get(ProgramsService)))
    if (only === null || only === program)
      found.push(...(await app.get(AsideService).list(scope)).map((one) => ({ ...one, program })));
  return found;
}

/** What could not be taken in, by the ledger or from the source outbox, is put right or given up here. */
@Injectable()
export class AsideService {
  constructor(
    private readonly repository: LedgerRepository,
    private readonly ledger: LedgerService,
    private readonly sources: SourceOutbox,
    private readonly profiles: ProfileService,
    private readonly audit: AuditService,
    private readonly mongo: Mongo,
  ) {}

  /** Whether anything of a program waits for a person. */
  async isAny(scope: Scope): Promise<boolean> {
    return (await this.repository.countQuarantined(scope)) > 0 || (await this.sources.hasAside(scope));
  }

  /** Oldest first. */
  async list(scope: Scope): Promise<AsideActivity[]> {
    const waiting = (await this.sources.listAside(scope)).map(({ _id: id, member, type, key, refused, createdAt }) => ({
      ...{ id, member, type, key },
      reason: refused?.code ?? '',
      at: (refused?.at ?? createdAt).toISOString(),
    }));
    const kept = (await this.repository.listQuarantined(scope)).map(({ _id: id, submission, reason, at }) => ({
      ...{ id, member: submission.member, type: submission.activity.type, key: submission.activity.key },
      reason: reason.split('\n')[0] ?? '',
      at: at.toISOString(),
    }));
    return [...waiting, ...kept].toSorted((one, other) => (one.at < other.at ? -1 : 1));
  }

  /**
   * Takes everything in again, the oldest first. What a member chose meanwhile came later than what was set aside, so its books
   * are told in the end how it stands. Refuses with `lane.moved` where this machine does not lead.
   */
  async retry(scope: Scope): Promise<{ taken: number; left: number }> {
    const before = await this.list(scope);
    for (const { _id, submission } of await this.repository.listQuarantined(scope)) {
      const { activity } = submission;
      // Entries of today are named by the space of their key.
      const entryId = entryIdOf(scope.program, keySpaceOf(activity), activity.key);
      const outcome = await this.ledger.submit({ ...submission, scope, entryId });
      if (outcome.kind !== 'refused') await this.repository.dropQuarantined(scope, _id);
      else if (outcome.refusal.code === 'lane.moved') throw outcome.refusal;
    }
    await this.sources.retryAside(scope);
    const concerned = new Set(before.flatMap(({ member, type }) => (STANDING.has(type) ? [member] : [])));
    for (const member of concerned) await this.tellStanding(scope, member);
    await this.ledger.recountQuarantined();
    const left = (await this.list(scope)).length;
    return { taken: Math.max(0, before.length - left), left };
  }

  /** Refuses with `aside.notFound`. */
  async drop(scope: Scope, id: string, actor: Actor): Promise<AsideActivity> {
    const found = (await this.list(scope)).find((one) => one.id === id);
    if (found === undefined) throw new Refusal('aside.notFound');
    const { member, type, key, reason } = found;
    await this.mongo.transact(async (session) => {
      await this.repository.dropQuarantined(scope, id, session);
      await this.sources.dropAside(scope, id, session);
      await this.audit.record(session, scope, {
        actor,
        action: 'activity.dropped',
        subject: { kind: 'member', id: member },
        before: { type, key, reason },
        after: null,
      });
    });
    await this.ledger.recountQuarantined();
    await this.sources.recountAside();
    return found;
  }

  private async tellStanding(scope: Scope, member: string): Promise<void> {
    const known = await this.ledger.stateOf(scope, member);
    const said = await this.repository.findLastChoice(scope, member, known?.seq ?? 0);
    await this.profiles.tellAgain(scope, member, {
      isLeft: known?.state.left === true,
      zone: known?.state.zone ?? null,
      boards: said ?? 'alias',
    });
  }
}

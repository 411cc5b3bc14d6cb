import {
  type ActivityDraft,
  type ActivityResult,
  type BatchResult,
  recordActivities,
  recordActivity,
} from '@verbena/shared/activities/activities.routes.js';
import { createApiKey, type ApiKeyDraft } from '@verbena/shared/identity/identity.routes.js';
import type { Entry } from '@verbena/shared/ledger/entry-recorded.js';
import { getStanding, listEntries, type Standing } from '@verbena/shared/ledger/ledger.routes.js';
import { listMissions, type MissionCard } from '@verbena/shared/missions/missions.routes.js';
import type { ProblemDetails } from '@verbena/shared/platform/problem.js';
import { createProgram, type Program, type ProgramDraft } from '@verbena/shared/programs/programs.routes.js';
import { anApiKey, aProgram } from './factories.js';
import { type Answer, ask, call, type Caller, refusal } from './http-call.js';
import type { TestServer } from './test-server.js';

/**
 * One program of its own on a server, and what a shop does with it; only over HTTP. `shop` is an API key that may send
 * purchases and coupons.
 */
export class Story {
  private constructor(
    readonly server: TestServer,
    readonly program: Program,
    readonly shop: Caller,
  ) {}

  static async begin(
    server: TestServer,
    given: { readonly program?: Partial<ProgramDraft>; readonly key?: Partial<ApiKeyDraft> } = {},
  ): Promise<Story> {
    const program = await call(server.local, createProgram, { body: aProgram(given.program) });
    const { secret } = await call(server.local, createApiKey, {
      params: { program: program.slug },
      body: anApiKey(given.key),
    });
    return new Story(server, program, { url: server.url, bearer: secret });
  }

  get slug(): string {
    return this.program.slug;
  }

  /** The shop records an activity, which is accepted. */
  record(draft: ActivityDraft): Promise<ActivityResult> {
    return call(this.shop, recordActivity, { params: { program: this.slug }, body: draft });
  }

  /** The same, with the answer as it came. */
  post(body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return ask(this.shop, recordActivity, { params: { program: this.slug }, body, headers });
  }

  /** The shop sends something that is refused. */
  refusal(
    body: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<ProblemDetails & { headers: Headers }> {
    return refusal(this.shop, recordActivity, { params: { program: this.slug }, body, headers });
  }

  async batch(activities: readonly unknown[]): Promise<BatchResult[]> {
    const answer = await call(this.shop, recordActivities, {
      params: { program: this.slug },
      body: { activities: [...activities] },
    });
    return answer.results;
  }

  standing(externalId: string): Promise<Standing> {
    return call(this.shop, getStanding, { params: this.member(externalId) });
  }

  /** The whole journal, oldest first. */
  async journal(externalId: string): Promise<Entry[]> {
    const entries: Entry[] = [];
    for (let before: number | undefined; ;) {
      const page = await call(this.shop, listEntries, {
        params: this.member(externalId),
        query: { limit: '100', ...(before === undefined ? {} : { before: String(before) }) },
      });
      entries.push(...page.items);
      if (page.next === undefined) return entries.reverse();
      before = page.next;
    }
  }

  async mission(externalId: string, id: string): Promise<MissionCard> {
    const { items } = await call(this.shop, listMissions, { params: this.member(externalId) });
    const found = items.find((mission) => mission.id === id);
    if (found === undefined) throw new Error(`There is no mission ${id}.`);
    return found;
  }

  member(externalId: string): { readonly program: string; readonly member: string } {
    return { program: this.slug, member: `ext:${externalId}` };
  }
}

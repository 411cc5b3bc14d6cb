import {
  type ActivityDraft,
  type ActivityResult,
  type BatchResult,
  recordActivities,
  recordActivity,
} from '@verbena/shared/activities/activities.routes.js';
import { type ApiKeyDraft, createApiKey } from '@verbena/shared/identity/api-keys.routes.js';
import { AccessGrant, login } from '@verbena/shared/identity/identity.routes.js';
import type { Entry } from '@verbena/shared/ledger/entry-recorded.js';
import { getStanding, listEntries, type Standing } from '@verbena/shared/ledger/ledger.routes.js';
import type { Role } from '@verbena/shared/identity/role.js';
import { createLogin } from '@verbena/shared/members/members.routes.js';
import {
  beginSecondFactor,
  confirmSecondFactor,
  showSecondFactor,
} from '@verbena/shared/identity/second-factor.routes.js';
import { listMissions, type MissionCard } from '@verbena/shared/missions/missions.routes.js';
import type { ProblemDetails } from '@verbena/shared/platform/problem.js';
import { createProgram, type Program, type ProgramDraft } from '@verbena/shared/programs/programs.routes.js';
import { TOTP } from 'otpauth';
import * as z from 'zod/mini';
import { aMember, anApiKey, aProgram, type MemberDraft } from './factories.js';
import { type Answer, ask, call, type Caller, refusal, succeeded, untilTaken } from './http-call.js';
import type { TestServer } from './test-server.js';

/** Somebody with a login in the program; `caller` speaks with its access token. */
export interface Person extends MemberDraft {
  readonly caller: Caller & { readonly bearer: string };
  readonly user: string;
  /** The member that this login is; null for staff who collect nothing. */
  readonly member: string | null;
  /** The `Cookie` header that keeps its session. */
  readonly cookie: string;
  /** What the authenticator app of somebody on the staff holds; null where there is none. */
  readonly totp: TOTP | null;
}

/** A session just begun. */
export type Device = Pick<Person, 'caller' | 'cookie'> & {
  /** What the server's clock said when it began, in milliseconds since 1970. */
  readonly serverMs: number;
};

/** What an access token is good for, in milliseconds. */
const TOKEN_MS = 600_000;
const TOTP_STEP_MS = 30_000;

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
  async record(draft: ActivityDraft): Promise<ActivityResult> {
    return succeeded(recordActivity, await untilTaken(() => this.post(draft)));
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

  /**
   * Somebody new logs in: as a member with the shop's own id, or as staff without one. Staff set up an authenticator app and
   * show it in this session, unless `secondFactor` is false.
   */
  async person(
    role: Role = 'member',
    { secondFactor = role !== 'member', ...given }: Partial<MemberDraft> & { readonly secondFactor?: boolean } = {},
  ): Promise<Person> {
    const draft = aMember(given);
    const place = await call(this.server.local, createLogin, {
      params: { program: this.slug },
      body: {
        email: draft.email,
        password: draft.password,
        name: draft.name,
        role,
        member: role === 'member' ? `ext:${draft.externalId}` : null,
      },
    });
    const { serverMs, ...device } = await this.logIn(draft);
    const totp = secondFactor ? await setUpSecondFactor(device.caller, draft.password, serverMs) : null;
    return { ...draft, user: place.user, member: place.member, ...device, totp };
  }

  /** Another session of somebody who has a login: another device. */
  async logIn({ email, password }: Pick<MemberDraft, 'email' | 'password'>): Promise<Device> {
    const { url } = this.server;
    const answer = await ask({ url }, login, { body: { email, password } });
    if (answer.status !== 200) throw new Error(`The login answered ${answer.status}: ${answer.text}`);
    return deviceOf(url, answer);
  }

  /** Another device of somebody on the staff, which has shown the authenticator app; not twice within half a minute. */
  async logInElevated(person: Person): Promise<Device> {
    const device = await this.logIn(person);
    const code = person.totp?.generate({ timestamp: device.serverMs + TOTP_STEP_MS }) ?? '';
    await call(device.caller, showSecondFactor, { body: { code } });
    return device;
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

/** The session that an answer begins. */
export function deviceOf(url: string, answer: Answer): Device {
  const { accessToken, expiresAt } = z.parse(AccessGrant, JSON.parse(answer.text));
  return {
    caller: { url, bearer: accessToken },
    cookie: cookieOf(answer),
    serverMs: Date.parse(expiresAt) - TOKEN_MS,
  };
}

/** Sets up an authenticator app, and shows it in this session; the codes are those of the server's own clock. */
export async function setUpSecondFactor(caller: Caller, password: string, serverMs: number): Promise<TOTP> {
  const { secret } = await call(caller, beginSecondFactor, { body: { password } });
  const totp = new TOTP({ secret });
  await call(caller, confirmSecondFactor, { body: { code: totp.generate({ timestamp: serverMs }) } });
  return totp;
}

/** The cookie that an answer sets, as a browser would send it back. */
export function cookieOf(answer: Answer): string {
  return (answer.headers.getSetCookie()[0] ?? '').split(';', 1)[0] ?? '';
}

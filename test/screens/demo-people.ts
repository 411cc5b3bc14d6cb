import { login } from '@verbena/shared/identity/identity.routes.js';
import {
  beginSecondFactor,
  confirmSecondFactor,
  showSecondFactor,
} from '@verbena/shared/identity/second-factor.routes.js';
import { LUCIA, MARCOS, OWNER, PLAZA } from '@verbena/seeds/demo/plaza.js';
import { TOTP, URI } from 'otpauth';
import type { BrowserContext } from 'playwright-core';
import { call } from '#support/http-call.js';
import type { TestServer } from '#support/test-server.js';

/** What the seed wrote about the demo. */
export interface Demo {
  readonly password: string;
}

export type Who = 'visitor' | 'lucia' | 'marcos' | 'owner';

const EMAILS: Readonly<Record<Exclude<Who, 'visitor'>, string>> = {
  lucia: LUCIA.email,
  marcos: MARCOS.email,
  owner: OWNER.email,
};

/** Logs the demo's people in. The owner shows a second factor, set up with the first device; each further one takes a recovery code. */
export class DemoPeople {
  private recoveryCodes: string[] | null = null;

  constructor(
    private readonly server: TestServer,
    private readonly demo: Demo,
  ) {}

  /** Gives a browser the session of somebody, by the request that the form sends. */
  async enter(context: BrowserContext, who: Who): Promise<void> {
    if (who === 'visitor') return;
    const page = await context.newPage();
    await page.goto(`${this.server.url}/${PLAZA.slug}/login`);
    // The page first asks whether there is a session; its "no" must not take away the one that begins now.
    await page.locator('h1').first().waitFor();
    const answer = await page.evaluate(
      async (credentials) => {
        const response = await fetch('/api/v1/auth/login', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(credentials),
        });
        return (await response.json()) as { accessToken?: string };
      },
      { email: EMAILS[who], password: this.demo.password },
    );
    if (answer.accessToken === undefined) throw new Error(`${who} could not log in: ${JSON.stringify(answer)}`);
    if (who === 'owner') await this.showSecondFactor(answer.accessToken);
    await page.close();
  }

  /** Somebody's access token, for what the list has to ask beforehand. */
  async tokenOf(who: Exclude<Who, 'visitor'>): Promise<string> {
    const { url } = this.server;
    const body = { email: EMAILS[who], password: this.demo.password };
    return (await call({ url }, login, { body })).accessToken;
  }

  private async showSecondFactor(bearer: string): Promise<void> {
    const caller = { url: this.server.url, bearer };
    if (this.recoveryCodes === null) {
      const { uri } = await call(caller, beginSecondFactor, { body: { password: this.demo.password } });
      const totp = URI.parse(uri);
      if (!(totp instanceof TOTP)) throw new Error('The app would not count by time.');
      const { recoveryCodes } = await call(caller, confirmSecondFactor, { body: { code: totp.generate() } });
      this.recoveryCodes = [...recoveryCodes];
      return;
    }
    const code = this.recoveryCodes.shift();
    if (code === undefined) throw new Error(`The owner of ${PLAZA.slug} has no recovery code left.`);
    await call(caller, showSecondFactor, { body: { code } });
  }
}

import { register } from '@verbena/shared/identity/accounts.routes.js';
import { getMe } from '@verbena/shared/identity/identity.routes.js';
import { joinProgram } from '@verbena/shared/members/members.routes.js';
import { getReferrals } from '@verbena/shared/referrals/referrals.routes.js';
import { getProgram } from '@verbena/shared/programs/programs.routes.js';
import { type DemoFriend, FRIENDS, LUCIA, PLAZA } from '@verbena/seeds/demo/plaza.js';
import type { ContractClient } from '#commands/contract-client.js';

const PROGRAM = { program: PLAZA.slug };
const AGREED = { language: 'es', accepts: true, ofAge: true } as const;

/** Lucía's friends come in as anybody does: each registers and joins by her code. Run again it only adds who is missing. */
export async function inviteFriends(client: ContractClient, password: string): Promise<void> {
  const { code } = await client.call(getReferrals, {
    params: { ...PROGRAM, member: `ext:${LUCIA.externalId}` },
  });
  for (const friend of FRIENDS) await joinByCode(client, friend, password, code);
}

async function joinByCode(
  client: ContractClient,
  { email, name, alias }: DemoFriend,
  password: string,
  invitation: string,
): Promise<void> {
  const { accessToken } = await client.call(register, {
    params: {},
    body: { email, password, name, language: 'es', program: PLAZA.slug },
  });
  const friend = client.speakingAs(accessToken);
  const { enrolments } = await friend.call(getMe, { params: {} });
  if (enrolments.some(({ program }) => program.slug === PLAZA.slug)) return;
  const { legal } = await client.call(getProgram, { params: PROGRAM });
  const consents = legal === null ? {} : { consents: { ...AGREED, version: legal.version } };
  await friend.call(joinProgram, { params: PROGRAM, body: { alias, invitation, ...consents } });
}

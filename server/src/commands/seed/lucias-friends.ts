import { type ActivityDraft, recordActivity } from '@verbena/shared/activities/activities.routes.js';
import { register } from '@verbena/shared/identity/accounts.routes.js';
import { getMe } from '@verbena/shared/identity/identity.routes.js';
import { joinProgram } from '@verbena/shared/members/members.routes.js';
import { getReferrals } from '@verbena/shared/referrals/referrals.routes.js';
import { type DemoFriend, FRIENDS, LUCIA, PLAZA } from '@verbena/seeds/demo/plaza.js';
import type { ContractClient } from '#commands/contract-client.js';
import { isRecorded } from './is-recorded.js';

const PROGRAM = { program: PLAZA.slug };
const ADVOCATE = { ...PROGRAM, member: `ext:${LUCIA.externalId}` };
const REWARD_MS_MAX = 30_000;

/**
 * Friends whom Lucía invited, come in as anybody does: each registers, joins by her code, and buys or has not bought yet. Run
 * again it only adds what is missing. Gives how many purchases it recorded.
 */
export async function inviteFriends(client: ContractClient, password: string): Promise<number> {
  const { code } = await client.call(getReferrals, { params: ADVOCATE });
  let bought = 0;
  for (const friend of FRIENDS) {
    const member = await joinByCode(client, friend, password, code);
    if (friend.buysMinor === null || (await isRecorded(client, friend.key))) continue;
    await buy(client, member, friend, friend.buysMinor);
    bought += 1;
  }
  await untilRewarded(client);
  return bought;
}

/** The friend's member id, whether it joins now or did before. */
async function joinByCode(
  client: ContractClient,
  { email, name, alias }: DemoFriend,
  password: string,
  invitation: string,
): Promise<string> {
  const { accessToken } = await client.call(register, {
    params: {},
    body: { email, password, name, language: 'es', program: PLAZA.slug },
  });
  const friend = client.speakingAs(accessToken);
  const { enrolments } = await friend.call(getMe, { params: {} });
  const known = enrolments.find(({ program }) => program.slug === PLAZA.slug)?.member;
  if (known != null) return known;
  return (await friend.call(joinProgram, { params: PROGRAM, body: { alias, invitation } })).id;
}

async function buy(client: ContractClient, id: string, { key }: DemoFriend, totalMinor: number): Promise<void> {
  const body: ActivityDraft = {
    key,
    type: 'purchase',
    member: { id },
    channel: 'shop',
    attributes: {
      totalMinor,
      privateLabelMinor: 0,
      store: 'Mercería Lola',
      departments: [{ name: 'Mercería', amountMinor: totalMinor }],
    },
  };
  await client.call(recordActivity, { params: PROGRAM, body });
}

/** What Lucía gets for her friend goes its own way to her; whoever looks at her points afterwards finds it there. */
async function untilRewarded(client: ContractClient): Promise<void> {
  const wanted = FRIENDS.filter(({ buysMinor }) => buysMinor !== null).length;
  const until = Date.now() + REWARD_MS_MAX;
  while (Date.now() < until) {
    if ((await client.call(getReferrals, { params: ADVOCATE })).counts.qualified >= wanted) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('The reward for an invitation did not arrive.');
}

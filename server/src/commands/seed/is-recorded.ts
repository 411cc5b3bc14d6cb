import { getActivity } from '@verbena/shared/activities/activities.routes.js';
import { PLAZA } from '@verbena/seeds/demo/plaza.js';
import { CallRefused, type ContractClient } from '#commands/contract-client.js';

/** Whether an earlier seed has recorded the activity of a key. */
export async function isRecorded(client: ContractClient, key: string): Promise<boolean> {
  try {
    await client.call(getActivity, { params: { program: PLAZA.slug, key } });
    return true;
  } catch (error) {
    if (error instanceof CallRefused && error.problem.code === 'activity.notFound') return false;
    throw error;
  }
}

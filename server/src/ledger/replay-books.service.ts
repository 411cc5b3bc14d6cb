import type { INestApplicationContext } from '@nestjs/common';
import { SHARDS } from '#platform/crypto/hash.js';
import { ProgramsService } from '#programs/programs.service.js';
import { ReplayService } from './replay.service.js';
import { eachScope } from './verify.service.js';

/** What deciding the books of one program again came to. */
export interface ReplayReport {
  readonly slug: string;
  readonly members: number;
  readonly entries: number;
  /** Members with entries of an older engine: their hashes are verified, their decisions cannot be had again. */
  readonly older: number;
  /** The first entry of each member that comes out differently. */
  readonly differ: readonly { readonly member: string; readonly seq: number }[];
}

/** Decides every member's journal again under the versions and salts that it records, and compares each hash. */
export async function replayBooks(app: INestApplicationContext, only: string | null): Promise<ReplayReport[]> {
  const replay = app.get(ReplayService);
  const shards = Array.from({ length: SHARDS }, (_, shard) => shard);
  const reports: ReplayReport[] = [];
  for await (const { scope, slug } of eachScope(app.get(ProgramsService))) {
    if (only !== null && only !== slug) continue;
    const differ: { member: string; seq: number }[] = [];
    let [members, entries, older] = [0, 0, 0];
    for await (const past of replay.readPasts(scope, shards)) {
      const seq = await replay.verify(scope, past);
      members += 1;
      if (seq === 'older') older += 1;
      else {
        entries += past.entries.length;
        if (seq !== null) differ.push({ member: past.member, seq });
      }
    }
    reports.push({ slug, members, entries, older, differ });
  }
  return reports;
}

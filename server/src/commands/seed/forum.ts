import { createCategory, listCategories } from '@verbena/shared/forums/categories.routes.js';
import { importThread } from '@verbena/shared/forums/import.routes.js';
import { type DemoAuthor, FORUM_SECTIONS, FORUM_THREADS } from '@verbena/seeds/demo/forum.js';
import { LUCIA, MARCOS, PLAZA } from '@verbena/seeds/demo/plaza.js';
import type { ContractClient } from '#commands/contract-client.js';

const PROGRAM = { program: PLAZA.slug };
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** The forum as its members wrote it, who earned by it. Run again it adds what is missing; what somebody set up otherwise since stays so. */
export async function talkInForum(client: ContractClient, households: readonly string[], nowMs: number): Promise<void> {
  const { items } = await client.call(listCategories, { params: PROGRAM });
  const sections = new Map(items.map(({ slug, id }) => [slug, id]));
  for (const [place, { below, ...section }] of FORUM_SECTIONS.entries()) {
    if (sections.has(section.slug)) continue;
    const parent = below === undefined ? null : (sections.get(below) ?? null);
    const made = await client.call(createCategory, { params: PROGRAM, body: { ...section, parent, place } });
    sections.set(made.slug, made.id);
  }
  const others = households.filter((household) => household !== LUCIA.externalId);
  const refOf = (author: DemoAuthor): string => {
    const named = author === 'lucia' ? LUCIA.externalId : author === 'marcos' ? MARCOS.externalId : undefined;
    return `ext:${named ?? others[Number(author) % others.length] ?? LUCIA.externalId}`;
  };
  for (const { key, section, title, hoursAgo, posts, answer, reactions = [], isLocked, isPinned } of FORUM_THREADS) {
    let atMs = nowMs - hoursAgo * HOUR_MS;
    const written = posts.map(({ author, after, body, replyTo }, place) => {
      atMs += after * MINUTE_MS;
      const at = new Date(atMs).toISOString();
      const moved = reactions
        .filter(([number]) => number === place + 1)
        .flatMap(([number, reaction, count]) =>
          // Neighbours by place, so that they are others each time and the same in every demo.
          Array.from({ length: count }, (_, n) => ({ member: refOf(number * 7 + n * 3 + 1), reaction, at })),
        );
      return { author: refOf(author), at, body, reactions: moved, ...(replyTo === undefined ? {} : { replyTo }) };
    });
    await client.call(importThread, {
      params: PROGRAM,
      body: {
        ...{ key: `demo:${key}`, category: section, title, posts: written },
        // Marcos shows a first day, when there is nothing yet.
        earns: posts.every(({ author }) => author !== 'marcos'),
        ...(answer === undefined ? {} : { answer }),
        ...(isLocked === undefined ? {} : { isLocked }),
        ...(isPinned === undefined ? {} : { pin: { in: 'category' as const, until: null } }),
      },
    });
  }
}

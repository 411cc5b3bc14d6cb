import type { Definitions } from '@verbena/shared/programs/definitions.js';
import { getDefinitions, putDefinitions } from '@verbena/shared/programs/programs.routes.js';
import { getUndoPlan, planUndo, type UndoPlan, type UndoPlanDraft } from '@verbena/shared/undo/undo-plans.routes.js';
import { eventually } from './eventually.js';
import { call, type Caller } from './http-call.js';
import type { Story } from './story.js';

/** What those concerned are told. */
export const MESSAGE = {
  es: 'El lunes dimos cien veces más puntos de la cuenta. Lo hemos corregido; lo que regalaste, regalado está.',
  en: 'On Monday we gave a hundred times too many points. We have put that right; what you gave away stays given.',
};

/** The program of a story, as routes name it. */
export const params = (story: Story) => ({ program: story.slug });

/** Publishes what stands with a change; answers the version. */
export async function publish(story: Story, change: (definitions: Definitions) => void): Promise<number> {
  const { definitions } = await call(story.server.local, getDefinitions, { params: params(story) });
  const next = structuredClone(definitions);
  change(next);
  const { version } = await call(story.server.local, putDefinitions, {
    params: params(story),
    body: { definitions: next },
  });
  return version;
}

/** One euro, a hundred points instead of one. */
export const typo = ({ rules }: Definitions) => {
  const [purchase] = rules;
  if (purchase?.earn[0] === undefined) throw new Error('The preset has no rule for purchases.');
  purchase.earn[0].amount.product[1] = { ratio: [100, 100] };
};

/** Points may be given to others. */
export const withGifts = ({ currencies }: Definitions) => {
  for (const currency of currencies)
    if (currency.id === 'puntos') currency.transfer = { perGift: 5_000, perDay: 5_000 };
};

/** Has an undo worked out. */
export function plan(
  story: Story,
  draft: Partial<UndoPlanDraft> & { version: number },
  by: Caller = story.server.local,
) {
  const body = { reason: 'Un cero de más en la regla de compra', message: MESSAGE, ...draft };
  return call(by, planUndo, { params: params(story), body });
}

/** Waits until a plan is so far. */
export function reaches(story: Story, { id }: UndoPlan, status: UndoPlan['status']): Promise<UndoPlan> {
  return eventually(
    async () => {
      const found = await call(story.server.local, getUndoPlan, { params: { ...params(story), plan: id } });
      if (found.status === 'failed') throw new Error('The plan failed.');
      return found.status === status ? found : null;
    },
    { withinMs: 90_000, until: `the plan is ${status}` },
  );
}

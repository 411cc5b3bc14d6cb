import { loadProgram } from '#programs/load-program.js';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ params, parent }) => {
  await parent();
  return { program: await loadProgram(params.program) };
};

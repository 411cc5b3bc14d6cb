import { createContext } from 'svelte';
import type { Program } from '@verbena/shared/programs/programs.routes.js';
import type { Names } from './names.js';

/** What the parts of a screen need to know of the program that they speak of, in the member area and in the console alike. */
export interface ProgramArea {
  readonly program: Program;
  readonly slug: string;
  readonly names: Names;
}

export const [useProgramArea, setProgramArea] = createContext<ProgramArea>();

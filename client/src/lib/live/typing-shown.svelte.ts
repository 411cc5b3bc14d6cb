import { KeptChoice } from '#lib/ui/kept-choice.svelte.js';

/** Whether others see that one is writing; each browser keeps its own choice. */
export const typingShown = new KeptChoice('verbena:typing');

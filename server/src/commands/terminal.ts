import type { Language } from '@verbena/shared/platform/localized-text.js';
import { Format } from '@verbena/shared/words/format.js';
import { en } from './commands.en.js';
import { es, type Words } from './commands.es.js';
import { CallRefused, Unreachable } from './contract-client.js';

/** Somebody wrote the command wrongly; the message says what to write. */
export class UsageError extends Error {}

/** It cannot go on; the message says what to do. */
export class CommandFailure extends Error {}

/** How a command speaks with the person before it. */
export interface Terminal {
  readonly language: Language;
  readonly words: Words;
  readonly format: Format;
}

/** Spanish when `LANG` (or `LC_ALL`, `LC_MESSAGES` before it) starts with `es`, else English. */
export function languageOf(env: NodeJS.ProcessEnv = process.env): Language {
  const asked = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return asked.toLowerCase().startsWith('es') ? 'es' : 'en';
}

export function openTerminal(language: Language = languageOf()): Terminal {
  return { language, words: language === 'es' ? es : en, format: new Format(language) };
}

/**
 * Runs a command. What a person can act on ends as one sentence: code 2 for a command written wrongly, 1 for what could
 * not be done; a defect shows its stack. The process ends even if something of a server that was booted stays open.
 */
export async function runCommand(main: (terminal: Terminal) => Promise<number>): Promise<void> {
  const terminal = openTerminal();
  const code = await main(terminal).catch((error: unknown) => {
    console.error(explain(error, terminal));
    return error instanceof UsageError ? 2 : 1;
  });
  process.exit(code);
}

function explain(error: unknown, { words, language }: Terminal): unknown {
  if (error instanceof UsageError || error instanceof CommandFailure) return error.message;
  if (error instanceof CallRefused) return error.explain(language);
  if (error instanceof Unreachable) return words.unreachable;
  return error;
}

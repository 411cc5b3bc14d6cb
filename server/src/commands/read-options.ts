import { Slug } from '@verbena/shared/platform/ids.js';
import * as z from 'zod/mini';
import { type Terminal, UsageError } from './terminal.js';

export interface OptionSpec {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** Options without a value; found, they read `yes`. */
  readonly flags?: readonly string[];
  /** The sentence that shows how the command is written. */
  readonly usage: string;
}

/**
 * The options of a command, `--name value` or `--name=value`, each at most once. Throws `UsageError` naming the option that
 * is unknown, missing, empty or given twice.
 */
export function readOptions(
  args: readonly string[],
  { required, optional, flags = [], usage }: OptionSpec,
  { words, format }: Terminal,
): ReadonlyMap<string, string> {
  const known = new Set([...required, ...optional]);
  const found = new Map<string, string>();
  for (let place = 0; place < args.length; place += 1) {
    const [name = '', ...rest] = (args[place] ?? '').split('=');
    const option = name.startsWith('--') ? name.slice(2) : '';
    if (flags.includes(option) && rest.length === 0) {
      found.set(option, 'yes');
      continue;
    }
    if (!known.has(option)) throw new UsageError(words.optionUnknown({ option: name, usage }, format));
    const value = rest.length > 0 ? rest.join('=') : args[(place += 1)];
    const isMissing = value === undefined || value === '' || (rest.length === 0 && value.startsWith('--'));
    if (isMissing) throw new UsageError(words.optionValue({ option: name, usage }, format));
    if (found.has(option)) throw new UsageError(words.optionTwice({ option: name, usage }, format));
    found.set(option, value);
  }
  const missing = required.find((option) => !found.has(option));
  if (missing !== undefined) throw new UsageError(words.optionMissing({ option: `--${missing}`, usage }, format));
  return found;
}

/** The short name of a program. */
export function readProgramOption(options: ReadonlyMap<string, string>, { words, format }: Terminal): string {
  const value = options.get('program') ?? '';
  if (!z.safeParse(Slug, value).success) throw new UsageError(words.programWrong({ value }, format));
  return value;
}

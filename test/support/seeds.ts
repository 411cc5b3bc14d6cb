/** The seeds of a law: fixed ones, so that a build means the same twice, and a new one, printed, so that it keeps looking. */
export function seedsOf(law: string): number[] {
  const given = process.env['SEED'];
  if (given !== undefined) return [Number(given)];
  const fresh = Math.floor(Math.random() * 2 ** 31);
  process.stdout.write(`${law}: fresh seed ${fresh} (again with --seed ${fresh})\n`);
  return [1, 20_171_231, fresh];
}

/**
 * For a law whose histories take long: a failure is made smaller for two of the minutes that a test has, and then told. One that takes
 * as long without a failure has failed too.
 */
export const twoMinutes = { interruptAfterTimeLimit: 120_000, markInterruptAsFailure: true };

/**
 * The first seed of a run of the stage: always the same, so that a build means the same twice; elsewhere with `--seed N`, or with
 * `SIM_OFFSET=N`, by which a nightly run looks where nobody looked.
 */
export const FIRST_SEED = Number(process.env['SEED'] ?? 20_261_125 + Number(process.env['SIM_OFFSET'] ?? 0));

/** Of the time that CI has for this stage. */
export const SECONDS = Number(process.env['SIM_SECONDS'] ?? 60);

export function tellSeeds(sentence: string): void {
  process.stdout.write(`sim: ${sentence}\n`);
}

import type { ErrorCode } from '@verbena/shared/errors/catalogue.js';
import { ERRORS } from '@verbena/shared/manifests.js';
import type { Problem, ProblemParams } from '@verbena/shared/platform/problem.js';

/** A refusal that the catalogue names. One filter makes problem details or a socket's ack of it. */
export class Refusal extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly params: ProblemParams = {},
    readonly fields: readonly Problem[] = [],
    /** What was recorded of it, where it was decided and refused. */
    readonly result?: Readonly<Record<string, unknown>>,
  ) {
    super(ERRORS[code].title.en);
    this.name = 'Refusal';
  }

  get status(): number {
    return ERRORS[this.code].status;
  }
}

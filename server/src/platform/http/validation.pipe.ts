import { StandardSchemaValidationPipe } from '@nestjs/common';
import { problemsOf } from '#platform/errors/problems-of-issues.js';
import { Refusal } from '#platform/errors/refusal.js';

/** Nest's own pipe over the contract's schemas; what it refuses names the fields, in no language yet. */
export function newValidationPipe(): StandardSchemaValidationPipe {
  return new StandardSchemaValidationPipe({
    exceptionFactory: (issues: readonly unknown[]) => new Refusal('input.invalid', {}, problemsOf(issues)),
    // Zod leaves the input out of its issues by default; with it a missing field reads differently from a wrong one.
    validateOptions: { reportInput: true },
  });
}

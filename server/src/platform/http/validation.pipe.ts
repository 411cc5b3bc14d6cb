import { StandardSchemaValidationPipe } from '@nestjs/common';
import * as z from 'zod/mini';
import { problemsOf } from '#platform/errors/problems-of-issues.js';
import { Refusal } from '#platform/errors/refusal.js';

type Path = readonly (string | number)[];

/** Nest's own pipe over the contract's schemas; what it refuses names the fields, in no language yet. */
class ContractPipe extends StandardSchemaValidationPipe {
  // Through zod itself: only so its issues hold what was given, and a missing field reads differently from a wrong one.
  protected override validate<T>(value: unknown, schema: unknown): { value: T } | { issues: z.core.$ZodIssue[] } {
    const { data, error } = z.safeParse(schema as z.ZodMiniType<T>, value, { reportInput: true });
    return error === undefined ? { value: data as T } : { issues: error.issues };
  }

  // Nothing that somebody sent goes without a word.
  protected override stripProtoKeys(value: unknown): void {
    const problems = protoPaths(value).map((path) => ({ path: [...path], code: 'unknown' }));
    if (problems.length > 0) throw new Refusal('input.invalid', {}, problems);
  }
}

export function newValidationPipe(): ContractPipe {
  return new ContractPipe({
    exceptionFactory: (issues: readonly unknown[]) => new Refusal('input.invalid', {}, problemsOf(issues)),
  });
}

/** Where a name stands that JSON may have and no object of ours. */
function protoPaths(value: unknown): Path[] {
  const found: Path[] = [];
  const waiting: { readonly value: unknown; readonly path: Path }[] = [{ value, path: [] }];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    if (typeof one.value !== 'object' || one.value === null) continue;
    for (const [name, part] of Object.entries(one.value)) {
      const path = [...one.path, Array.isArray(one.value) ? Number(name) : name];
      if (name === '__proto__') found.push(path);
      else if (typeof part === 'object' && part !== null) waiting.push({ value: part, path });
    }
  }
  return found;
}

import type { Problem, ProblemParams } from '@verbena/shared/platform/problem.js';

/** What zod says of one issue, as far as we read it; its messages never reach a person. */
interface Issue {
  readonly code?: string;
  readonly path?: readonly unknown[];
  readonly expected?: unknown;
  readonly origin?: unknown;
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly format?: unknown;
  readonly keys?: readonly string[];
  readonly values?: readonly unknown[];
  readonly input?: unknown;
  /** What a check of ours says: the code of a sentence, and its values. */
  readonly params?: { readonly code?: string } & ProblemParams;
  readonly errors?: readonly (readonly Issue[])[];
}

const FIELDS_MAX = 50;

/** Turns a validator's issues into problems that name the field and the rule, at most 50 of them. */
export function problemsOf(issues: readonly unknown[], prefix: readonly (string | number)[] = []): Problem[] {
  return issues.flatMap((issue) => problemsOfIssue(issue as Issue, prefix)).slice(0, FIELDS_MAX);
}

function problemsOfIssue(issue: Issue, prefix: readonly (string | number)[]): Problem[] {
  const path = [...prefix, ...(issue.path ?? []).map(pathStep)];
  switch (issue.code) {
    case 'unrecognized_keys':
      return (issue.keys ?? []).map((key) => ({ path: [...path, key], code: 'unknown' }));
    case 'invalid_type':
      return [{ path, code: issue.input === undefined ? 'required' : typeCode(String(issue.expected)) }];
    case 'invalid_value':
      return [{ path, code: 'choice', params: { choices: (issue.values ?? []).map(String).join(', ') } }];
    case 'too_small':
      return [{ path, code: sizeCode('min', issue.origin), params: { minimum: Number(issue.minimum) } }];
    case 'too_big':
      return [{ path, code: sizeCode('max', issue.origin), params: { maximum: Number(issue.maximum) } }];
    case 'invalid_format':
      return [{ path, code: issue.format === 'email' ? 'email' : 'format' }];
    case 'invalid_union':
      return nearestBranch(issue, path);
    case 'custom': {
      const { code = 'invalid', ...params } = issue.params ?? {};
      return [Object.keys(params).length > 0 ? { path, code, params } : { path, code }];
    }
    default:
      return [{ path, code: 'invalid' }];
  }
}

/**
 * Of a union's branches the one that fails deepest is the one that was meant, and of those that fail as deep the one of whose fields
 * none is missing and none too many.
 */
function nearestBranch(issue: Issue, path: readonly (string | number)[]): Problem[] {
  const branches = (issue.errors ?? []).map((errors) => errors.flatMap((one) => problemsOfIssue(one, path)));
  const depth = (problems: readonly Problem[]) => Math.max(0, ...problems.map((problem) => problem.path.length));
  const misfits = (problems: readonly Problem[]) =>
    problems.filter(({ code }) => code === 'unknown' || code === 'required').length;
  const nearest = branches
    .filter((branch) => branch.length > 0)
    .sort((a, b) => depth(b) - depth(a) || misfits(a) - misfits(b))[0];
  return nearest === undefined || depth(nearest) <= path.length ? [{ path: [...path], code: 'invalid' }] : nearest;
}

function typeCode(expected: string): string {
  if (expected === 'int' || expected === 'integer') return 'type.integer';
  if (['string', 'number', 'boolean', 'array'].includes(expected)) return `type.${expected}`;
  return expected === 'object' || expected === 'record' ? 'type.object' : 'invalid';
}

function sizeCode(side: 'min' | 'max', origin: unknown): string {
  if (origin === 'string') return `${side}Length`;
  if (origin === 'array' || origin === 'set') return `${side}Items`;
  return `${side}imum`;
}

function pathStep(step: unknown): string | number {
  if (typeof step === 'number') return step;
  if (typeof step === 'object' && step !== null && 'key' in step) return String(step.key);
  return String(step);
}

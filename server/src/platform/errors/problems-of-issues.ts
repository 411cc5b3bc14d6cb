import type { Problem, ProblemParams } from '@verbena/shared/platform/problem.js';
import { formOf } from '@verbena/shared/platform/expected-form.js';

/** What zod says of one issue, as far as we read it; of its messages only the name of a form (`expected-form.ts`). */
interface Issue {
  readonly code?: string;
  readonly path?: readonly unknown[];
  readonly message?: string;
  readonly expected?: unknown;
  readonly origin?: unknown;
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly format?: unknown;
  readonly keys?: readonly string[];
  readonly values?: readonly unknown[];
  readonly options?: readonly unknown[];
  readonly input?: unknown;
  /** What a check of ours says: the code of a sentence, and its values. */
  readonly params?: { readonly code?: string } & ProblemParams;
  readonly errors?: readonly (readonly Issue[])[];
  readonly issues?: readonly Issue[];
}

type Path = readonly (string | number)[];

const FIELDS_MAX = 50;

/**
 * Turns a validator's issues into problems that name the field and the rule, at most 50 of them. The issues have to hold their input
 * (`reportInput`): without it a value of the wrong type reads as one that is missing.
 */
export function problemsOf(issues: readonly unknown[], prefix: Path = []): Problem[] {
  return issues.flatMap((issue) => problemsOfIssue(issue as Issue, prefix)).slice(0, FIELDS_MAX);
}

function problemsOfIssue(issue: Issue, prefix: Path): Problem[] {
  const path = [...prefix, ...(issue.path ?? []).map(pathStep)];
  const form = formOf(issue.message);
  if (isMissing(issue)) return at(path, 'required', form);
  switch (issue.code) {
    case 'unrecognized_keys':
      return (issue.keys ?? []).flatMap((key) => at([...path, key], 'unknown'));
    case 'invalid_type':
      return at(path, typeCode(String(issue.expected)), { given: kindOf(issue.input) });
    case 'invalid_value':
      return at(path, 'choice', { choices: (issue.values ?? []).map(String).join(', ') });
    case 'too_small':
      return at(path, sizeCode('min', issue.origin), { minimum: Number(issue.minimum) });
    case 'too_big':
      return at(path, sizeCode('max', issue.origin), { maximum: Number(issue.maximum) });
    case 'invalid_format':
      return issue.format === 'email' ? at(path, 'email') : at(path, 'format', form);
    case 'invalid_union':
      return issue.options === undefined
        ? problemsOfUnion(issue, path, form)
        : at(path, 'choice', { choices: issue.options.map(String).join(', ') });
    case 'invalid_key':
      return (issue.issues ?? []).flatMap((one) => problemsOfIssue(one, path));
    case 'custom': {
      const { code = 'invalid', ...params } = issue.params ?? {};
      return at(path, code, params);
    }
    default:
      return at(path, 'invalid');
  }
}

/** Nothing was given, whatever was expected. What is told apart by a field that is not there lacks that field. */
function isMissing({ code, input, path, options }: Issue): boolean {
  if (options !== undefined) {
    const name = path?.at(-1);
    return typeof input === 'object' && input !== null && Reflect.get(input, pathStep(name)) === undefined;
  }
  return input === undefined && ['invalid_type', 'invalid_value', 'invalid_union'].includes(code ?? '');
}

/**
 * Of a union's members the one that was meant: of the right kind, lacking and having too little or too much of what tells them apart.
 * Where that does not choose one, what there is to choose from.
 */
function problemsOfUnion(issue: Issue, path: Path, form: ProblemParams): Problem[] {
  const branches = (issue.errors ?? [])
    .map((errors) => errors.flatMap((one) => problemsOfIssue(one, path)))
    .filter((branch) => branch.length > 0);
  const isOtherKind = (branch: readonly Problem[]) =>
    branch.some((problem) => problem.path.length === path.length && isOfKind(problem));
  const fitting = branches.filter((branch) => !isOtherKind(branch));
  if (fitting.length === 0) return kindsOf(branches, path, issue.input, form);
  const distance = (branch: readonly Problem[]) => shapeOf(branch, path).length + 2 * choicesOf(branch, path).length;
  const least = Math.min(...fitting.map(distance));
  const near = fitting
    .filter((branch) => distance(branch) === least)
    .sort((a, b) => depthOf(b) - depthOf(a))
    .map((branch) => branch.map((one) => withAllChoices(one, fitting)));
  const [nearest = []] = near;
  const shapes = near.map((branch) => shapeOf(branch, path));
  const names = (code: string) =>
    new Set(shapes.flatMap((shape) => shape.filter((one) => one.code === code).map((one) => String(one.path.at(-1)))));
  const [required, unknown] = [names('required'), names('unknown')];
  if (least === 0 || near.length === 1 || Math.max(required.size, unknown.size) < 2) {
    return nearest.every((one) => one.path.length === path.length && one.code === 'invalid')
      ? at(path, 'invalid', form)
      : nearest;
  }
  if (required.size === 0) return at(path, 'onlyOneField', { fields: [...unknown].join(', '), ...form });
  // What no member knows is said by itself; what only others know is what they differ by.
  const strange = [...unknown].filter((name) => near.every((branch) => knowsNot(branch, name)));
  return [
    ...strange.flatMap((name) => at([...path, name], 'unknown')),
    ...at(path, 'oneOfFields', { fields: [...required].join(', '), ...form }),
  ];
}

/** A word that is none of any member's: which ones there are in all of them. */
function withAllChoices(problem: Problem, branches: readonly (readonly Problem[])[]): Problem {
  if (problem.code !== 'choice') return problem;
  const same = branches
    .flat()
    .filter(({ code, path }) => code === 'choice' && path.join('.') === problem.path.join('.'));
  const choices = new Set(same.flatMap(({ params }) => String(params?.['choices']).split(', ')));
  return { ...problem, params: { choices: [...choices].join(', ') } };
}

/** No member takes a value of that kind: which kinds there are, or which values. */
function kindsOf(branches: readonly Problem[][], path: Path, input: unknown, form: ProblemParams): Problem[] {
  const problems = branches.flat();
  const codes = [...new Set(problems.map(({ code }) => code))];
  const [code] = codes;
  const given = { given: kindOf(input), ...form };
  if (code === 'choice' && codes.length === 1) {
    const choices = problems.map(({ params }) => String(params?.['choices'] ?? ''));
    return at(path, 'choice', { choices: choices.join(', ') });
  }
  if (code !== undefined && codes.length === 1) return at(path, code, given);
  const kinds = codes.filter((one) => one.startsWith('type.')).map((one) => one.slice('type.'.length));
  return kinds.length === 0 ? at(path, 'invalid', form) : at(path, 'type.any', { kinds: kinds.join(', '), ...given });
}

const isOfKind = ({ code }: Problem): boolean => code.startsWith('type.') || code === 'choice';
const isShape = (path: Path) => (problem: Problem) =>
  problem.path.length === path.length + 1 && ['unknown', 'required'].includes(problem.code);
const shapeOf = (branch: readonly Problem[], path: Path) => branch.filter(isShape(path));
/** A word that tells members apart (`op`, `kind`), and is another one's. */
const choicesOf = (branch: readonly Problem[], path: Path) =>
  branch.filter((problem) => problem.path.length === path.length + 1 && problem.code === 'choice');
const depthOf = (branch: readonly Problem[]) => Math.max(0, ...branch.map((problem) => problem.path.length));
const knowsNot = (branch: readonly Problem[], name: string) =>
  branch.some((problem) => problem.code === 'unknown' && problem.path.at(-1) === name);

function at(path: Path, code: string, params: ProblemParams = {}): Problem[] {
  return [Object.keys(params).length > 0 ? { path: [...path], code, params } : { path: [...path], code }];
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function typeCode(expected: string): string {
  if (expected === 'int' || expected === 'integer') return 'type.integer';
  if (['string', 'number', 'boolean', 'array'].includes(expected)) return `type.${expected}`;
  if (expected === 'tuple') return 'type.array';
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

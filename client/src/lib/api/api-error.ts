import type { Problem, ProblemDetails, ProblemParams } from '@verbena/shared/platform/problem.js';

/** The request never reached the server, or no answer came back. Ours alone: the server cannot say it. */
export const UNREACHABLE = 'client.unreachable';

/** A refusal, typed: its code chooses the words, `fields` stand beside their inputs. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: string;
  readonly status: number;
  readonly params: ProblemParams;
  readonly fields: readonly Problem[];
  /** For looking it up in the server's log; empty when the server was not reached. */
  readonly traceId: string;

  constructor(problem: Pick<ProblemDetails, 'code' | 'status'> & Partial<ProblemDetails>) {
    super(problem.title ?? problem.code);
    this.code = problem.code;
    this.status = problem.status;
    this.params = problem.params ?? {};
    this.fields = problem.fields ?? [];
    this.traceId = problem.traceId ?? '';
  }

  /** What is wrong with one field, by its dotted path. */
  field(path: string): Problem | undefined {
    return this.fields.find((problem) => problem.path.join('.') === path);
  }
}

/** Any failure as an `ApiError`, so that screens handle one kind. */
export function asApiError(failure: unknown): ApiError {
  if (failure instanceof ApiError) return failure;
  return new ApiError({ code: 'server.failed', status: 500, title: String(failure) });
}

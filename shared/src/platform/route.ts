import type * as z from 'zod/mini';
import type { Permission } from '#identity/permissions.js';
import type { ErrorCode } from '#errors/catalogue.js';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * Who may call a route:
 * `public` anyone · `signedIn` any login · `joining` any login, also in a program where it has no place yet · a permission, held by role or API key · `ownOr` the member that the path
 * names, or a holder of the permission · `local` only the commands of this machine (the launcher's token).
 */
export type Access = 'public' | 'signedIn' | 'joining' | 'local' | Permission | { readonly ownOr: Permission };

export interface RouteSpec {
  readonly method: Method;
  /** Below `/api/v1`; parameters as `:name`. */
  readonly path: string;
  /** One line for the reference page, in English. */
  readonly summary: string;
  readonly access: Access;
  readonly params?: z.ZodMiniType;
  readonly query?: z.ZodMiniType;
  readonly body?: z.ZodMiniType;
  readonly response: z.ZodMiniType;
  /** The status of success; 200 unless said. */
  readonly status?: number;
  /** What may be refused beyond the common ones (input, rights, rate, unavailable). */
  readonly errors?: readonly ErrorCode[];
}

/** Declares a route of the contract as a value that server, client, tests and OpenAPI all read. */
export function route<const R extends RouteSpec>(spec: R): R {
  return spec;
}

type Output<S> = S extends z.ZodMiniType ? z.output<S> : undefined;
type Input<S> = S extends z.ZodMiniType ? z.input<S> : undefined;

export type RouteResponse<R extends RouteSpec> = Output<R['response']>;
export type RouteBody<R extends RouteSpec> = Input<R['body']>;
export type RouteQuery<R extends RouteSpec> = Input<R['query']>;

type ParamNames<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamNames<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;
export type RouteParams<R extends RouteSpec> = { readonly [Name in ParamNames<R['path']>]: string };

/** The path of a call, parameters filled in and encoded, without the `/api/v1` in front. */
export function fillPath(path: string, params: Readonly<Record<string, string>> = {}): string {
  return path.replace(/:([A-Za-z]+)/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`The path ${path} needs the parameter ${name}.`);
    return encodeURIComponent(value);
  });
}

export const API_PREFIX = '/api/v1';

import type { Plugin } from 'vite';

/** What a browser needs of a route to call it. Schemas, errors and summaries are the server's and the tests'. */
const KEPT = new Set(['method', 'path', 'access']);
/** What may hold a call: itself one, or fields and items made by some. */
const BUILT = new Set(['CallExpression', 'ObjectExpression', 'ArrayExpression']);

interface Span {
  readonly start: number;
  readonly end: number;
}
interface Node extends Span {
  readonly type: string;
}
interface Call extends Node {
  readonly callee: Node & { readonly name?: string };
  readonly arguments: readonly (Node & { readonly properties?: readonly Property[] })[];
}
interface Property extends Node {
  readonly key?: Node & { readonly name?: string };
}
interface Statement extends Node {
  readonly declarations?: readonly { readonly init?: Node | null }[];
  readonly declaration?: Statement | null;
}

/**
 * Leaves out of the client what it never asks of the contract. A schema is built by calls, which a bundler must keep in case
 * they do something, and a route holds its schemas; so each page would carry the schemas of all routes beside its own. Here
 * every value that is built at the top of a file of the contract becomes one that goes when nobody uses its result, and routes keep the
 * three fields that `call` reads.
 */
export function slimContract(): Plugin {
  return {
    name: 'slim-contract',
    apply: 'build',
    transform: {
      // After the types are away: what is parsed is JavaScript.
      order: 'post',
      filter: { id: /\/shared\/src\/.*\.ts$/ },
      handler(code) {
        const program = this.parse(code) as unknown as { readonly body: readonly Statement[] };
        const edits = program.body.flatMap((statement) => editsOf(statement));
        return edits.length === 0 ? null : { code: apply(code, edits), map: null };
      },
    },
  };
}

interface Edit extends Span {
  readonly text: string;
}

function editsOf(statement: Statement): readonly Edit[] {
  const declarations = (statement.declaration ?? statement).declarations ?? [];
  return declarations.flatMap(({ init }) => {
    if (!init || !BUILT.has(init.type)) return [];
    const dropped = isCall(init) && init.callee.name === 'route' ? droppedOf(init) : [];
    return [
      { start: init.start, end: init.start, text: '/* @__PURE__ */ (() => (' },
      ...dropped,
      { start: init.end, end: init.end, text: '))()' },
    ];
  });
}

/** The fields of a route that nobody in a browser reads; what stood between them and the next goes with them. */
function droppedOf(route: Call): readonly Edit[] {
  const properties = route.arguments[0]?.properties ?? [];
  return properties.flatMap((property, place) => {
    if (KEPT.has(property.key?.name ?? '')) return [];
    return [{ start: property.start, end: properties[place + 1]?.start ?? property.end, text: '' }];
  });
}

function isCall(node: Node): node is Call {
  return node.type === 'CallExpression';
}

function apply(code: string, edits: readonly Edit[]): string {
  let text = '';
  let at = 0;
  for (const edit of edits) {
    text += code.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return text + code.slice(at);
}

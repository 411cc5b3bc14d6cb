import { type ErrorObject, Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

interface Described {
  readonly content?: Readonly<Record<string, { readonly schema?: object }>>;
}

/** An OpenAPI 3.1 document, as far as answers and bodies are held against it. */
export interface ApiDocument {
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<string, { readonly requestBody?: Described; readonly responses: Readonly<Record<string, Described>> }>
      >
    >
  >;
}

/** An answer as it came from a server. */
export interface GivenAnswer {
  readonly method: string;
  /** The path that was asked for, without its query. */
  readonly path: string;
  readonly status: number;
  /** The header `content-type`; null where there is none. */
  readonly type: string | null;
  readonly text: string;
}

/** The reference itself: what describes the API is no part of it. */
const REFERENCE = /^\/api\/(?:openapi\.json|docs(?:\/.*)?)$/;
const PROBLEM = { $ref: '#/components/schemas/ProblemDetails' };

/**
 * Answers against the document that the server prints, by a JSON Schema validator that is not the house's own. Each schema is compiled
 * when the first answer needs it. A document that 2020-12 does not know (tuples as `items`, `nullable`, a dead reference) throws.
 */
export class DescribedAnswers {
  private readonly ajv: Ajv2020;
  private readonly templates: readonly { readonly path: string; readonly form: RegExp }[];

  /** `isThorough` holds each schema against that of 2020-12 itself, which takes longer than compiling it. */
  constructor(
    private readonly document: ApiDocument,
    isThorough = false,
  ) {
    this.ajv = new Ajv2020({
      ...{ strict: true, strictTypes: false, strictRequired: false, strictTuples: false },
      ...{ validateSchema: isThorough, inlineRefs: false, code: { optimize: false } },
    });
    addFormats.default(this.ajv);
    this.ajv.addFormat('period', true);
    // ajv knows it from OpenAPI 3.0; in 3.1 it means nothing, so it is refused like any unknown word.
    this.ajv.removeKeyword('nullable');
    for (const [name, schema] of Object.entries(document.components.schemas)) this.ajv.addSchema(named(schema), name);
    // What is said by name goes before what is a parameter, place by place.
    this.templates = Object.keys(document.paths)
      .sort((a, b) => (a.replaceAll('{', '~') < b.replaceAll('{', '~') ? -1 : 1))
      .map((path) => ({
        path,
        form: new RegExp(`^${path.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`).replaceAll(/\{\w+\}/g, '[^/]+')}$`),
      }));
  }

  /** What an answer says that the document does not; null where it is as described. */
  faultOf(answer: GivenAnswer): string | null {
    const { method, path, status, type, text } = answer;
    if (REFERENCE.test(path)) return null;
    const found = this.templates.find(
      ({ path: template, form }) =>
        form.test(path) && this.document.paths[template]?.[method.toLowerCase()] !== undefined,
    );
    const place = `${method} ${found?.path ?? path} ${status}`;
    const described = this.describedOf(found?.path, method, status);
    if (described === undefined) return `${place}: the document has no such answer: ${text.slice(0, 200)}`;
    const content = Object.entries(described.content ?? {});
    if (content.length === 0) return text === '' ? null : `${place}: the document has no content here`;
    const [kind] = (type ?? '').split(';', 1);
    const schema = content.find(([name]) => name === kind)?.[1].schema;
    if (schema === undefined) return `${place}: the document has no content of type ${type}`;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return `${place}: no JSON: ${text.slice(0, 200)}`;
    }
    const validate = this.validatorOf(schema);
    return validate(value) ? null : `${place}: ${(validate.errors ?? []).map(sentenceOf).join(' · ')}`;
  }

  /** Compiles every schema of the document; throws at the first that is none of 2020-12. Answers how many there are. */
  compileAll(): number {
    const schemas = Object.entries(this.document.paths).flatMap(([path, item]) =>
      Object.entries(item).flatMap(([method, { requestBody = {}, responses }]) =>
        Object.entries({ body: requestBody, ...responses }).flatMap(([part, { content = {} }]) =>
          Object.values(content).flatMap(({ schema }) =>
            schema === undefined ? [] : [{ place: `${method} ${path} ${part}`, schema }],
          ),
        ),
      ),
    );
    for (const { place, schema } of schemas) {
      try {
        this.validatorOf(schema);
      } catch (error) {
        throw new Error(`${place}: ${String(error)}`, { cause: error });
      }
    }
    return schemas.length;
  }

  /** An address or method that is not there has one answer: the refusal that says so. */
  private describedOf(template: string | undefined, method: string, status: number): Described | undefined {
    if (template !== undefined) return this.document.paths[template]?.[method.toLowerCase()]?.responses[status];
    return status === 404 || status === 405
      ? { content: { 'application/problem+json': { schema: PROBLEM } } }
      : undefined;
  }

  private readonly validators = new Map<object, ValidateFunction>();

  private validatorOf(schema: object): ValidateFunction {
    let found = this.validators.get(schema);
    if (found === undefined) {
      found = this.ajv.compile(named(schema));
      this.validators.set(schema, found);
    }
    return found;
  }
}

/** With what the document names called by that name alone, as the validator knows it. */
function named(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/components/schemas/', '"$ref":"')) as object;
}

function sentenceOf({ instancePath, message, params }: ErrorObject): string {
  return `${instancePath === '' ? '/' : instancePath} ${message} ${JSON.stringify(params)}`;
}

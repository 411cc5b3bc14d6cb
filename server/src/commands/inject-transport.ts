import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Language } from '@verbena/shared/platform/localized-text.js';
import type { Transport, WireRequest, WireResponse } from './contract-client.js';

/** Requests into a server of our own that does not listen: the same routes, guards and schemas. */
export class InjectTransport implements Transport {
  constructor(
    private readonly app: NestFastifyApplication,
    private readonly token: string,
    private readonly language: Language,
  ) {}

  async send({ method, path, body, bearer = this.token }: WireRequest): Promise<WireResponse> {
    const response = await this.app.inject({
      method: verbOf(method),
      url: path,
      headers: {
        authorization: `Bearer ${bearer}`,
        'accept-language': this.language,
        ...(body === null ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === null ? {} : { payload: body }),
    });
    const retryAfter = response.headers['retry-after'];
    return {
      status: response.statusCode,
      retryAfter: retryAfter === undefined ? null : String(retryAfter),
      text: response.payload,
    };
  }

  async close(): Promise<void> {
    await this.app.close();
  }
}

const VERBS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

function verbOf(method: string): (typeof VERBS)[number] {
  const verb = VERBS.find((one) => one === method);
  if (verb === undefined) throw new Error(`The contract has no method ${method}.`);
  return verb;
}

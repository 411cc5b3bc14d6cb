import { readFileSync } from 'node:fs';
import { Agent, request as sendHttp } from 'node:http';
import { join } from 'node:path';
import type { Language } from '@verbena/shared/platform/localized-text.js';
import { type Transport, Unreachable, type WireRequest, type WireResponse } from './contract-client.js';

/** Longer than a group may be tried again, so that a slow commit is not taken for a dead server. */
const SILENCE_MS_MAX = 60_000;

export interface ServerAddress {
  readonly url: string;
  readonly token: string;
}

/** Requests to a running server over kept connections, with this machine's token. */
export class HttpTransport implements Transport {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 64 });

  constructor(
    private address: ServerAddress,
    private readonly language: Language,
    /** Where a server that was started again has written its new address and token; null asks nowhere. */
    private readonly dataDir: string | null = null,
  ) {}

  async send(request: WireRequest): Promise<WireResponse> {
    const used = this.address;
    let response: WireResponse;
    try {
      response = await this.exchange(used, request);
    } catch (error) {
      this.look();
      throw error;
    }
    // A person's own token that does not hold is not mended by a newer one of this machine.
    if (response.status !== 401 || request.bearer !== undefined) return response;
    this.look();
    return this.address.token === used.token ? response : this.exchange(this.address, request);
  }

  async close(): Promise<void> {
    this.agent.destroy();
  }

  /** Each start of the server makes a new token. */
  private look(): void {
    const found = this.dataDir === null ? null : readServerAddress(this.dataDir);
    if (found !== null) this.address = found;
  }

  private exchange(
    { url, token }: ServerAddress,
    { method, path, body, bearer = token }: WireRequest,
  ): Promise<WireResponse> {
    return new Promise((resolve, reject) => {
      const fail = (error: Error) => reject(new Unreachable(error.message));
      const request = sendHttp(new URL(path, url), {
        agent: this.agent,
        method,
        timeout: SILENCE_MS_MAX,
        headers: {
          authorization: `Bearer ${bearer}`,
          accept: 'application/json',
          'accept-language': this.language,
          ...(body === null ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
        },
      });
      request.once('error', fail);
      request.once('timeout', () => request.destroy(new Error('no answer')));
      request.once('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', fail);
        response.once('close', () => {
          if (!response.complete) return fail(new Error('the answer was cut off'));
          const retryAfter = response.headers['retry-after'] ?? null;
          resolve({ status: response.statusCode ?? 0, retryAfter, text: Buffer.concat(chunks).toString('utf8') });
        });
      });
      request.end(body ?? undefined);
    });
  }
}

/** What `npm start` has written about its server, or null. */
export function readServerAddress(dataDir: string): ServerAddress | null {
  try {
    const found: unknown = JSON.parse(readFileSync(join(dataDir, 'server.json'), 'utf8'));
    if (typeof found !== 'object' || found === null || !('url' in found) || !('token' in found)) return null;
    const { url, token } = found;
    return typeof url === 'string' && typeof token === 'string' ? { url, token } : null;
  } catch {
    return null;
  }
}

import type { IncomingMessage } from 'node:http';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Config } from '#platform/config/config.js';
import { addressOf, addressSubject } from '#platform/http/network-address.js';
import { isFromOwnOrigin } from '#platform/http/own-origin.js';
import { TokenBucket, TokenBuckets } from './token-bucket.js';

/** What Nest's adapter takes; it carries a Socket.IO of its own. */
type Options = NonNullable<Parameters<IoAdapter['createIOServer']>[1]>;

/** After an outage all clients return at once; so many a second come in, the rest tries again by itself. */
const HANDSHAKES = { burst: 200, perSecond: 200 };
/** And of one network address, so that nobody takes all of them: a shop's own Wi-Fi fits in. */
const HANDSHAKES_OF_ADDRESS = { burst: 60, perSecond: 20 };
const ADDRESSES_MAX = 10_000;

/** Socket.IO as Verbena runs it: WebSocket only, small messages, no recovery of its own (cursors do that, exactly). */
export class SocketAdapter extends IoAdapter {
  private readonly handshakes = new TokenBucket(HANDSHAKES, performance.now());
  private readonly addresses = new TokenBuckets(HANDSHAKES_OF_ADDRESS);

  constructor(
    app: NestFastifyApplication,
    private readonly config: Config,
  ) {
    super(app);
  }

  override createIOServer(port: number, options?: Options): ReturnType<IoAdapter['createIOServer']> {
    return super.createIOServer(port, {
      ...options,
      path: '/socket.io',
      transports: ['websocket'],
      serveClient: false,
      perMessageDeflate: false,
      httpCompression: false,
      maxHttpBufferSize: 64 * 1_024,
      pingInterval: 15_000,
      pingTimeout: 10_000,
      connectTimeout: 10_000,
      allowRequest: (request: IncomingMessage, decide: (error: string | null, isAllowed: boolean) => void) => {
        const refusal = this.refusalOf(request);
        decide(refusal, refusal === null);
      },
    } as Options);
  }

  private refusalOf(request: IncomingMessage): string | null {
    // A socket carries no cookie that counts, but another site has no business with one all the same.
    if (!isFromOwnOrigin(request.headers, this.config.publicUrl)) return 'auth.originForbidden';
    // By address first: what is refused there takes nothing from the others.
    if (!this.takesOf(request)) return 'rate.exceeded';
    return this.handshakes.take(performance.now()) === 0 ? null : 'rate.exceeded';
  }

  private takesOf(request: IncomingMessage): boolean {
    if (!this.config.rates.isOn) return true;
    if (this.addresses.count >= ADDRESSES_MAX) this.addresses.forgetFull(performance.now());
    return this.addresses.take(addressSubject(addressOf(request, this.config.proxies)), performance.now()) === 0;
  }
}

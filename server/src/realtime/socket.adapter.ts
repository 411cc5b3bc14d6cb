import type { IncomingMessage } from 'node:http';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Config } from '#platform/config/config.js';
import { isFromOwnOrigin } from '#platform/http/own-origin.js';
import { TokenBucket } from './token-bucket.js';

/** What Nest's adapter takes; it carries a Socket.IO of its own. */
type Options = NonNullable<Parameters<IoAdapter['createIOServer']>[1]>;

/** After an outage all clients return at once; so many a second come in, the rest tries again by itself. */
const HANDSHAKES = { burst: 200, perSecond: 200 };

/** Socket.IO as Verbena runs it: WebSocket only, small messages, no recovery of its own (cursors do that, exactly). */
export class SocketAdapter extends IoAdapter {
  private readonly handshakes = new TokenBucket(HANDSHAKES, performance.now());

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
    return this.handshakes.take(performance.now()) === 0 ? null : 'rate.exceeded';
  }
}

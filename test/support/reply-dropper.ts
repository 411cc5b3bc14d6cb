import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A proxy that lets every request through, waits until the server has answered, and then breaks the line instead of passing some
 * of the answers on: the cruellest moment, because the work is done and nobody was told.
 */
export class ReplyDropper {
  /** What was answered and never arrived, in order. */
  readonly dropped: { readonly status: number; readonly text: string }[] = [];

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async begin(target: string, drops: () => boolean): Promise<ReplyDropper> {
    const { hostname, port } = new URL(target);
    const server = createServer((from, to) => {
      const { method, url: path, headers } = from;
      const forward = request({ hostname, port, method, path, headers }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => {
          const body = Buffer.concat(parts);
          const status = answer.statusCode ?? 0;
          if (drops()) {
            proxy.dropped.push({ status, text: body.toString('utf8') });
            to.socket?.destroy();
          } else to.writeHead(status, answer.headers).end(body);
        });
      });
      forward.on('error', () => to.socket?.destroy());
      from.pipe(forward);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const proxy = new ReplyDropper(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    return proxy;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}

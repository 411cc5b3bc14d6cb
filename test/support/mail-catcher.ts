import { createServer, type Server, type Socket } from 'node:net';

/** A message as it came over SMTP. */
export interface CaughtMail {
  readonly to: string;
  /** Headers and parts, with quoted-printable undone. */
  readonly raw: string;
}

/**
 * An SMTP server of a few words. `answer` decides what it says once a message is whole: `take`, `refuse` (try again later),
 * or `hang`: nothing at all, as a server that dies at that moment.
 */
export class MailCatcher {
  readonly mails: CaughtMail[] = [];
  /** Messages that were handed over whole, taken or not. */
  handedOver = 0;
  answer: 'take' | 'refuse' | 'hang' = 'take';
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<MailCatcher> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The mail catcher has no port.');
    const catcher = new MailCatcher(server, `smtp://127.0.0.1:${address.port}`);
    server.on('connection', (socket) => catcher.serve(socket));
    return catcher;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('error', () => undefined);
    socket.setEncoding('utf8');
    socket.write('220 catcher\r\n');
    let pending = '';
    let to = '';
    let isData = false;
    socket.on('data', (chunk: string) => {
      pending += chunk;
      for (;;) {
        const end = isData ? '\r\n.\r\n' : '\r\n';
        const at = pending.indexOf(end);
        if (at === -1) return;
        const said = pending.slice(0, at);
        pending = pending.slice(at + end.length);
        if (isData) {
          isData = false;
          this.take(socket, to, said);
        } else if (/^DATA/i.test(said)) {
          isData = true;
          socket.write('354 go on\r\n');
        } else if (/^QUIT/i.test(said)) socket.end('221 bye\r\n');
        else {
          to = /^RCPT TO:<([^>]*)>/i.exec(said)?.[1] ?? to;
          socket.write('250 fine\r\n');
        }
      }
    });
  }

  private take(socket: Socket, to: string, raw: string): void {
    this.handedOver += 1;
    if (this.answer === 'hang') return;
    if (this.answer === 'refuse') {
      socket.write('451 4.3.0 later\r\n');
      return;
    }
    this.mails.push({ to, raw: fromQuotedPrintable(raw) });
    socket.write('250 taken\r\n');
  }
}

function fromQuotedPrintable(text: string): string {
  const joined = text.replace(/=\r\n/g, '');
  const bytes = joined.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

import { createTransport, type Transporter } from 'nodemailer';
import type { MailDocument } from './mail.schema.js';
import { htmlOf } from './html-of-text.js';
import type { MailSettings } from '#platform/config/config.js';

const CONNECT_MS = 10_000;
const SOCKET_MS = 20_000;
const ERROR_CHARACTERS_MAX = 200;

/** The SMTP server of an installation. */
export class Smtp {
  private readonly transport: Transporter;

  constructor(
    url: string,
    private readonly from: MailSettings['from'],
  ) {
    const { protocol, hostname, port, username, password, searchParams } = new URL(url);
    const isSecure = protocol === 'smtps:';
    this.transport = createTransport({
      host: hostname,
      port: port === '' ? (isSecure ? 465 : 587) : Number(port),
      secure: isSecure,
      requireTLS: searchParams.get('requireTLS') === 'true',
      ...(username === '' ? {} : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
      connectionTimeout: CONNECT_MS,
      greetingTimeout: CONNECT_MS,
      socketTimeout: SOCKET_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  /**
   * Hands a message over; rejects when the server does not take it. The message keeps its id over all tries, so that a
   * reader who receives it twice (we died between its last word and our note) may show it once.
   */
  async send(mail: MailDocument & { readonly text: string }): Promise<void> {
    await this.transport.sendMail({
      messageId: `<${mail._id}@${this.from.address.split('@')[1] ?? 'localhost'}>`,
      from: { name: mail.fromName, address: this.from.address },
      to: { name: '', address: mail.to },
      subject: mail.subject,
      text: mail.text,
      html: htmlOf(mail.text, mail.language),
      date: mail.createdAt,
      headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': mail.language },
    });
  }

  close(): void {
    this.transport.close();
  }
}

/** What the staff page says of a failure: the server's own answer, else its code; never our server's address. */
export function failureOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'failed';
  const response = 'response' in error && typeof error.response === 'string' ? error.response : null;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  return (response ?? code ?? 'failed').slice(0, ERROR_CHARACTERS_MAX);
}

import { listMails, type MailView, readMail } from '@verbena/shared/platform/mails.routes.js';
import { eventually } from './eventually.js';
import { call } from './http-call.js';
import type { TestServer } from './test-server.js';

/** What this machine's own voice reads of an address's mails in a program, newest first. */
export async function mailsTo(server: TestServer, program: string, email: string): Promise<MailView[]> {
  const { items } = await call(server.local, listMails, { params: { program }, query: { limit: '100' } });
  return items.filter(({ to }) => to === email.toLowerCase());
}

/** The newest mail to an address whose link has this page: `verify`, `reset`. */
export async function linkTo(
  server: TestServer,
  program: string,
  email: string,
  page: 'verify' | 'reset',
): Promise<{ readonly mail: MailView; readonly text: string; readonly link: string; readonly code: string }> {
  return eventually(
    async () => {
      for (const mail of await mailsTo(server, program, email)) {
        if (mail.isHidden) continue;
        const { text } = await call(server.local, readMail, { params: { program, mail: mail.id } });
        const [link, code] = new RegExp(`https?://\\S+/${page}#code=([\\w-]{43})`).exec(text) ?? [];
        if (link !== undefined && code !== undefined) return { mail, text, link, code };
      }
      return null;
    },
    { until: `a mail to ${email} leads to ${page}` },
  );
}

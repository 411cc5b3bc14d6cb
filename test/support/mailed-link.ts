import type { MailView } from '@verbena/shared/platform/mails.routes.js';
import { listMails } from '@verbena/shared/platform/mails.routes.js';
import { eventually } from './eventually.js';
import { call, type Caller } from './http-call.js';

/** The address of the newest mail's link to one page (`reset`, `verify`), as the owner of a program finds it. */
export async function mailedLink(owner: Caller, program: string, to: string, page: string): Promise<string> {
  const link = await eventually(
    async () => {
      const { items } = await call(owner, listMails, { params: { program } });
      return linkOf(
        items.find((mail) => mail.to === to && linkOf(mail, page) !== null),
        page,
      );
    },
    { until: `a mail to ${to} leads to ${page}` },
  );
  return link;
}

function linkOf(mail: MailView | undefined, page: string): string | null {
  const links = mail?.text?.match(/https?:\/\/\S+/g) ?? [];
  return links.find((link) => new URL(link).pathname.endsWith(`/${page}`)) ?? null;
}

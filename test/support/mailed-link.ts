import { listMails, readMail } from '@verbena/shared/platform/mails.routes.js';
import { eventually } from './eventually.js';
import { call, type Caller } from './http-call.js';

/** The address of the newest mail's link to one page (`reset`, `verify`), as the owner of a program finds it. */
export async function mailedLink(owner: Caller, program: string, to: string, page: string): Promise<string> {
  return eventually(
    async () => {
      const { items } = await call(owner, listMails, { params: { program } });
      for (const mail of items.filter((one) => one.to === to && !one.isHidden)) {
        const { text } = await call(owner, readMail, { params: { program, mail: mail.id } });
        const links = text.match(/https?:\/\/\S+/g) ?? [];
        const found = links.find((link) => new URL(link).pathname.endsWith(`/${page}`));
        if (found !== undefined) return found;
      }
      return null;
    },
    { until: `a mail to ${to} leads to ${page}` },
  );
}

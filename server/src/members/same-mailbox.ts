const GMAIL = new Set(['gmail.com', 'googlemail.com']);

/**
 * Whether two addresses very likely reach one person: the same but for case, what stands behind a plus, and, at Google's
 * mail, dots and the two names of the house.
 */
export function isSameMailbox(one: string, other: string): boolean {
  return mailboxOf(one) === mailboxOf(other);
}

function mailboxOf(email: string): string {
  const address = email.trim().normalize('NFKC').toLowerCase();
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  const local = address.slice(0, at).replace(/\+.*$/su, '');
  return GMAIL.has(domain) ? `${local.replaceAll('.', '')}@gmail.com` : `${local}@${domain}`;
}

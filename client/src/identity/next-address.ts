/** Where to go after the log-in: an address within the same program, never another site. */
export function nextAddress(wanted: string | null, program: string): string {
  const home = `/${program}`;
  if (wanted === null || /[\\\p{C}]/u.test(wanted)) return home;
  const isWithin = wanted === home || wanted.startsWith(`${home}/`) || wanted.startsWith(`${home}?`);
  return isWithin && !wanted.startsWith(`${home}/login`) ? wanted : home;
}

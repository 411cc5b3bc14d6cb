import type { Me } from '@verbena/shared/identity/identity.routes.js';

/** Where somebody's own pages in a program are: the member area, or the console for staff that collect nothing there. */
export function homeOf(me: Pick<Me, 'enrolments'> | undefined, program: string): string {
  const place = me?.enrolments.find((enrolment) => enrolment.program.slug === program);
  const isOnlyStaff = place !== undefined && place.member === null && place.role !== 'member';
  return isOnlyStaff ? `/console/${program}` : `/${program}`;
}

/** Where to go after the log-in: an address within the same program or its console, never another site; else `home`. */
export function nextAddress(wanted: string | null, program: string, home = `/${program}`): string {
  if (wanted === null || /[\\\p{C}]/u.test(wanted)) return home;
  const isWithin = [`/${program}`, `/console/${program}`].some(
    (place) => wanted === place || wanted.startsWith(`${place}/`) || wanted.startsWith(`${place}?`),
  );
  return isWithin && !wanted.startsWith(`/${program}/login`) ? wanted : home;
}

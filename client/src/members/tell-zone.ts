/**
 * A time zone as people say it, with the place that names it: "hora de Europa central · Madrid" of `Europe/Madrid`. By itself where the
 * browser does not know it.
 */
export function tellZone(zone: string, language: string): string {
  const place = (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
  try {
    const parts = new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: 'longGeneric' }).formatToParts();
    const name = parts.find(({ type }) => type === 'timeZoneName')?.value;
    return name === undefined ? zone : `${name} · ${place}`;
  } catch {
    return zone;
  }
}

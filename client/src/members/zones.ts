/** A time zone as somebody may choose it. `name` is the place first: "España · Europa". */
export interface ZoneChoice {
  readonly id: string;
  readonly name: string;
}

/** The zones that this browser knows, in the reader's order. `selected` is always among them. */
export function listZones(selected: string, regions: Readonly<Record<string, string>>, language: string): ZoneChoice[] {
  const ids = new Set([...Intl.supportedValuesOf('timeZone'), selected]);
  const collator = new Intl.Collator(language);
  return [...ids]
    .map((id) => ({ id, name: nameZone(id, regions, language) }))
    .sort((one, other) => collator.compare(one.name, other.name));
}

/** Those whose name or id holds every word that is searched; accents and capitals do not matter. */
export function findZones(zones: readonly ZoneChoice[], search: string): ZoneChoice[] {
  const words = fold(search)
    .split(/\s+/)
    .filter((word) => word !== '');
  return zones.filter(({ id, name }) => {
    const text = `${fold(name)} ${fold(id.replaceAll('_', ' '))}`;
    return words.every((word) => text.includes(word));
  });
}

/**
 * Locales of these languages that name a zone by its country or city, where the plain ones have only letters such as "CET".
 */
const SPEAKING: Readonly<Record<string, { locale: string; frame: RegExp }>> = {
  es: { locale: 'es-419', frame: /^hora (?:de |del )?/ },
  en: { locale: 'en-001', frame: / Time$/ },
};

/** "España · Europa" of `Europe/Madrid`: the place, and the part of the world. */
function nameZone(id: string, regions: Readonly<Record<string, string>>, language: string): string {
  const [region = ''] = id.split('/');
  const place = placeOfZone(id, language);
  return place === region ? region : `${place} · ${regions[region] ?? region}`;
}

/**
 * "España" of `Europe/Madrid`: the name of the place in the reader's language, which no old or English name of the id shows through.
 * By itself where the browser does not know it.
 */
export function placeOfZone(id: string, language: string): string {
  const [region = id, ...places] = id.split('/');
  const { locale, frame } = SPEAKING[language] ?? { locale: language, frame: /^$/ };
  const said = sayZone(id, locale).replace(frame, '');
  if (said !== '' && !/^(?:GMT|[A-Z]{2,5}$)/.test(said)) return said;
  return places.join(', ').replaceAll('_', ' ') || region;
}

function sayZone(id: string, locale: string): string {
  try {
    const parts = new Intl.DateTimeFormat(locale, { timeZone: id, timeZoneName: 'shortGeneric' }).formatToParts(0);
    return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  } catch {
    return '';
  }
}

function fold(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

/** A time zone as somebody may choose it. `name` is the place first: "Madrid · Europa". */
export interface ZoneChoice {
  readonly id: string;
  readonly name: string;
}

/** The zones that this browser knows, in the reader's order. `selected` is always among them. */
export function listZones(selected: string, regions: Readonly<Record<string, string>>, language: string): ZoneChoice[] {
  const ids = new Set([...Intl.supportedValuesOf('timeZone'), selected]);
  const collator = new Intl.Collator(language);
  return [...ids]
    .map((id) => ({ id, name: nameZone(id, regions) }))
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

function nameZone(id: string, regions: Readonly<Record<string, string>>): string {
  const [region = '', ...places] = id.split('/');
  const place = places.join(', ').replaceAll('_', ' ');
  return place === '' ? region : `${place} · ${regions[region] ?? region}`;
}

function fold(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

const LENGTH_MAX = 60;

/** A title as a part of an address: `¿Cuándo abre la terraza?` is `cuando-abre-la-terraza`. Only for people; the id before it leads there. */
export function slugOfTitle(title: string): string {
  const words = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  const slug = (words ?? []).join('-');
  return slug.length <= LENGTH_MAX ? slug || 'hilo' : slug.slice(0, LENGTH_MAX).replace(/-[^-]*$/, '');
}

const LENGTH_MAX = 48;

/** The address that a name suggests: `Ideas y peticiones` is `ideas-y-peticiones`. Empty where nothing of it can stand in one. */
export function slugOf(name: string): string {
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  const slug = (plain.match(/[a-z0-9]+/g) ?? []).join('-');
  return slug.length <= LENGTH_MAX ? slug : slug.slice(0, LENGTH_MAX).replace(/-[^-]*$/, '');
}

/** The number of the post that the last part of an address names: `#p12`. */
export function numberIn(hash: string): number | undefined {
  const [, digits] = /^#p(\d{1,7})$/.exec(hash) ?? [];
  return digits === undefined || Number(digits) === 0 ? undefined : Number(digits);
}

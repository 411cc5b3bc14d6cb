/** An idempotency key that nothing else has: made once for a form, so that sending it twice counts once. */
export function makeKey(what: string): string {
  // Not randomUUID: browsers keep it from pages of plain http.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `${what}-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

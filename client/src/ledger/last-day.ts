/** The last day on which points can be used, of the first on which they are gone. */
export function lastDayBefore(expires: string): string {
  return new Date(Date.parse(`${expires}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

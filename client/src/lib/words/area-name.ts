/** The area that a file of words holds: `leaderboards/mission-page.es.ts` is `missionPage`. */
export function areaNameOf(file: string): string {
  const stem = file.slice(file.lastIndexOf('/') + 1).replace(/\.(?:es|en)\.ts$/, '');
  return stem.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

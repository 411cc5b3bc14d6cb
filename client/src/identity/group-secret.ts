/** A secret in groups of four, as people copy it by hand: `JBSW Y3DP`. */
export function groupSecret(secret: string): string {
  return secret.replaceAll(/(.{4})(?=.)/g, '$1 ');
}

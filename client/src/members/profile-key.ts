/** The key under which the profile of whoever is logged in is kept; by itself, for whoever needs no more of it. */
export const profileKey = (program: string) => ['profile', program] as const;
